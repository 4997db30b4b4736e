//! What is tested in a browser; a file for each subject.

mod harness;
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
    smoke::the_module_finds_the_wasm_beside_itself,
    smoke::the_one_script_fetches_nothing,
];
