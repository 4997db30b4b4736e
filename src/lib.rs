//! `<release-annotator>`: the shell around [`annotator_core`], and the only code that knows the browser.
//!
//! Translation, no decisions: DOM events become commands, transactions become storage writes, DOM events and a
//! new drawing. What a command does is decided in the core.

mod api;
mod controller;
mod element;
mod i18n;
mod keymap;
mod load;
mod selection;
mod storage;
mod ui;
mod view;

/// Half the code of the standard one.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

pub use element::Widget;
