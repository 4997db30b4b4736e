//! What is tested in a browser; a file for each subject.

mod access;
mod api;
mod axe;
mod builds;
mod durable;
mod formats;
mod harness;
mod journey;
mod keyboard;
mod life;
mod loader;
mod looks;
mod paint;
mod policy;
mod readme;
mod refusals;
mod sentences;
mod smoke;
mod stop;
mod storage;
mod suggestions;
mod support;
mod together;

use browser_tests::engine::Engine;
use browser_tests::{Scenario, scenarios};

/// What an engine runs unless words choose: Chromium and Firefox everything that they can be made to do, WebKit what
/// an engine may do in its own way: selection, keys, clicks, storage of a session, drawing.
pub(crate) fn covers(engine: Engine, name: &str) -> bool {
    let subject = name.split("::").next().unwrap_or_default();
    engine != Engine::WebKit || ["smoke", "journey", "sentences", "keyboard", "together", "life"].contains(&subject)
}

/// In the order of their running: first what all others rely on.
pub(crate) const ALL: &[Scenario] = scenarios![
    harness::mouse_and_keys_are_real,
    harness::text_is_selected_by_dragging,
    harness::files_go_in_and_out,
    harness::scripts_give_values_and_errors,
    harness::console_and_policy_violations_are_seen,
    harness::the_profile_outlives_the_browser,
    harness::media_and_the_host_can_be_others,
    harness::the_screen_can_be_small,
    loader::all_callers_get_one_program_until_a_fresh_one_is_asked_for,
    loader::a_program_that_cannot_be_had_is_an_error_and_can_be_asked_for_again,
    loader::both_scripts_start_under_a_strict_policy_and_on_an_insecure_host,
    loader::a_server_that_does_not_know_wasm_is_enough,
    smoke::the_module_finds_the_wasm_beside_itself,
    smoke::the_one_script_fetches_nothing,
    smoke::the_one_script_works_from_a_file,
    smoke::the_program_names_no_folder_of_this_machine,
    journey::a_click_and_a_label_button_label_a_sentence_and_again_take_it_away,
    journey::a_digit_labels_a_sentence_and_again_takes_it_away,
    journey::a_sentence_bears_several_labels,
    journey::a_card_of_the_list_leads_to_its_text,
    journey::a_stretch_chosen_with_the_mouse_is_labelled_as_such,
    journey::a_reload_restores_everything,
    journey::shift_and_click_extends_to_several_sentences,
    journey::a_closed_tab_loses_nothing,
    journey::a_browser_that_is_closed_or_killed_after_a_while_loses_nothing,
    journey::undo_and_redo_work_by_button_and_by_key,
    journey::undone_work_stays_undone_after_a_reload,
    journey::the_button_and_ctrl_s_save_the_file_of_the_contract,
    journey::a_file_goes_into_a_clean_profile_with_its_ids,
    journey::a_file_that_is_none_is_refused_and_nothing_is_lost,
    sentences::the_sample_has_a_title_nine_sentences_and_a_source,
    sentences::sentences_of_a_quotation_are_units_and_its_end_stays_with_the_last,
    sentences::every_sentence_is_drawn_with_exactly_its_words,
    sentences::joined_and_split_sentences_take_their_annotations_along,
    sentences::corrected_sentences_outlive_a_reload_and_travel_in_the_file,
    sentences::corrected_sentences_of_a_reload_can_be_corrected_back,
    policy::the_demonstration_page_runs_under_a_strict_policy,
    policy::the_one_script_runs_under_a_strict_policy,
    policy::a_plain_host_of_the_intranet_is_enough,
    refusals::html_in_the_text_and_in_names_is_text,
    refusals::a_label_that_does_not_exist_is_refused,
    refusals::a_span_that_is_none_is_refused,
    refusals::indices_that_are_no_indices_are_refused,
    refusals::an_annotation_that_does_not_exist_is_refused,
    refusals::files_and_formats_that_are_none_are_refused,
    refusals::what_an_import_cannot_place_is_said_and_kept,
    refusals::a_release_that_is_not_there_is_told_and_the_next_one_shown,
    refusals::a_host_that_does_not_answer_is_a_network_error,
    refusals::a_method_without_a_release_is_refused,
    refusals::readonly_lets_look_and_not_touch,
    refusals::a_value_that_is_none_is_refused_without_losing_the_one_before,
    builds::the_module_does_the_whole_work,
    builds::the_module_works_from_another_origin_that_allows_it,
    builds::the_one_script_works_from_another_origin_that_allows_nothing,
    builds::the_one_script_bears_an_integrity_attribute,
    builds::the_one_script_bears_an_integrity_attribute_from_another_origin,
    builds::the_one_script_does_the_whole_work_from_a_file,
    builds::both_scripts_on_one_page_define_the_element_once,
    builds::content_that_is_still_arriving_is_waited_for,
    together::two_elements_on_a_page_are_independent,
    together::labels_and_colours_are_the_elements_own,
    together::a_change_in_one_tab_appears_in_the_other,
    together::changes_of_two_tabs_at_once_both_survive,
    together::what_the_other_tab_removed_does_not_come_back,
    together::another_release_in_another_tab_is_left_alone,
    life::a_move_in_the_page_keeps_everything,
    life::a_removed_element_leaves_no_listener_and_no_timer,
    life::a_removed_element_can_be_collected_and_the_programs_memory_stays,
    life::coming_again_is_a_clean_start,
    life::what_was_set_by_script_outlives_coming_again,
    life::an_element_that_goes_before_the_program_is_there_is_no_error,
    life::a_copy_is_an_element_of_its_own,
    storage::a_browser_that_refuses_the_store_is_told_and_worked_with,
    storage::a_browser_without_a_store_is_worked_with,
    storage::a_sandboxed_frame_is_worked_in,
    storage::whichever_write_fails_it_is_said_and_made_good_by_the_next_change,
    storage::a_store_that_stays_full_keeps_what_it_has_and_the_work_goes_on,
    storage::a_really_full_store_is_told,
    storage::records_that_cannot_be_read_are_set_aside_and_never_overwritten,
    storage::a_text_that_changed_takes_its_annotations_along,
    storage::corrected_sentences_of_a_text_that_changed_do_not_come_back,
    durable::saved_is_said_when_the_journal_has_it,
    durable::without_a_journal_the_status_says_what_is_not_safe,
    durable::what_local_storage_lost_comes_from_the_journal_and_nothing_else_does,
    durable::the_journal_holds_one_value_a_key_and_forgets_what_both_have_had_for_a_day,
    durable::undoing_goes_on_after_a_reload,
    durable::steps_that_have_no_room_or_no_store_are_no_failure,
    durable::a_killed_tab_loses_nothing,
    durable::a_killed_browser_has_what_was_shown_as_saved,
    formats::the_menu_lists_every_format_and_saves_it,
    formats::every_format_that_is_read_comes_back,
    formats::a_file_for_another_release_is_refused_with_both_titles,
    formats::without_the_tools_the_annotation_file_can_be_had,
    suggestions::suggestions_are_offered_on_demand_and_are_no_annotations,
    suggestions::accepting_and_dismissing_go_by_key_and_by_button_and_are_undone,
    suggestions::what_is_dismissed_stays_dismissed_after_a_reload,
    suggestions::a_suggestion_can_be_changed_before_it_is_accepted,
    api::properties_set_before_the_element_is_known_are_kept,
    api::properties_set_before_the_program_is_there_are_kept,
    api::properties_read_before_the_program_is_there_are_what_was_set,
    api::methods_called_before_the_program_is_there_wait_for_it,
    api::attributes_say_the_same_as_properties,
    api::the_languages_come_from_the_page_where_the_element_does_not_say,
    api::annotate_gives_the_annotation_it_made,
    api::update_changes_what_it_is_given_and_nothing_else,
    api::remove_without_an_id_is_that_of_every_element,
    api::setting_annotations_replaces_all_without_a_change_event_and_getting_gives_a_copy,
    api::importing_merges_or_replaces,
    api::load_shows_another_release_and_coming_back_finds_the_first_as_it_was,
    api::another_src_is_another_release,
    api::texts_in_other_encodings_are_read,
    api::line_ends_and_odd_characters_are_kept,
    api::events_tell_what_the_contract_says,
    api::events_bubble_through_shadow_roots_and_come_from_the_element,
    api::a_cancelled_change_does_not_happen,
    api::a_listener_may_call_the_element,
    api::dirty_is_since_the_last_download,
    api::the_version_is_that_of_the_package,
    paint::paragraphs_are_painted_before_the_program_is_there_and_stay_where_they_are,
    paint::plain_text_is_painted_before_the_program_is_there_and_stays_where_it_is,
    paint::a_release_that_is_fetched_lets_nothing_jump,
    paint::without_a_script_the_content_is_shown,
    paint::labelling_moves_no_line,
    keyboard::everything_goes_without_a_mouse,
    keyboard::digits_go_by_the_place_of_the_key,
    keyboard::one_stop_of_tab_is_the_text_and_leads_out_again,
    keyboard::sentences_are_joined_and_split_by_key,
    keyboard::words_are_chosen_by_key_and_labelled,
    keyboard::shift_and_arrows_choose_several_sentences,
    keyboard::enter_opens_the_card_and_delete_removes_from_there,
    keyboard::help_opens_closes_and_gives_the_focus_back,
    keyboard::escape_cancels_closes_and_then_leaves,
    keyboard::keys_do_nothing_outside_the_element,
    keyboard::shortcuts_can_be_off_or_want_a_modifier,
    keyboard::what_the_browser_and_the_layout_need_is_left_to_them,
    stop::a_program_that_stops_says_so_and_what_is_stored_is_whole,
    stop::a_fresh_program_takes_over_without_a_reload,
    stop::every_element_of_the_page_can_be_started_again,
    stop::what_is_stored_can_be_saved_without_the_program,
    stop::a_program_that_cannot_be_had_is_said_and_can_be_asked_for_again,
    readme::the_snippet_of_the_readme_runs_as_it_is,
    looks::nothing_is_wider_than_a_phone,
    looks::the_help_fits_a_phone,
    looks::buttons_are_large_enough,
    looks::words_stand_out_in_light_and_dark,
    looks::the_focus_is_seen,
    access::nothing_is_cut_at_twice_the_size,
    access::nothing_is_cut_with_wider_spacing,
    access::forced_colours_leave_everything_told_apart,
    access::nothing_moves_for_who_wants_less_motion,
    access::more_contrast_is_given_where_it_is_wanted,
    access::the_focus_is_never_hidden_by_the_toolbar,
    access::after_a_delete_the_focus_goes_to_the_next_card,
    access::a_screen_reader_is_given_a_text_with_marks_and_a_list,
    access::one_status_and_one_alert_are_there_from_the_start,
    axe::rules_are_really_run_and_find_what_is_broken,
    axe::no_rule_is_broken_in_the_light_theme,
    axe::no_rule_is_broken_in_the_dark_theme,
];
