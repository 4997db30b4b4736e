//! What is tested in a browser; a file for each subject.

mod harness;
mod loader;
mod smoke;

use browser_tests::{Scenario, scenarios};

/// In the order of their running: first what all others rely on.
pub(crate) const ALL: &[Scenario] = scenarios![
    harness::mouse_and_keys_are_real,
    harness::text_is_selected_by_dragging,
    harness::files_go_in_and_out,
    harness::scripts_give_values_and_errors,
    harness::console_and_policy_violations_are_seen,
    harness::the_profile_outlives_the_browser,
    harness::the_screen_and_the_host_can_be_others,
    loader::all_callers_get_one_program_until_a_fresh_one_is_asked_for,
    loader::a_program_that_cannot_be_had_is_an_error_and_can_be_asked_for_again,
    loader::both_scripts_start_under_a_strict_policy_and_on_an_insecure_host,
    loader::a_server_that_does_not_know_wasm_is_enough,
    smoke::the_module_finds_the_wasm_beside_itself,
    smoke::the_one_script_fetches_nothing,
    smoke::the_one_script_works_from_a_file,
    smoke::the_program_names_no_folder_of_this_machine,
];
