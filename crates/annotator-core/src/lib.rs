//! The model behind `release-annotator`: what an annotated press release is and how it changes.
//!
//! Pure on purpose: no browser, clock, randomness or IO. Identifiers and times come in with the
//! command that needs them, so that every behaviour can be tested natively and replayed.

#[doc(hidden)]
pub mod marked;
pub mod segment;
pub mod suggest;
pub mod text;

pub use text::{CharOffset, Language, Span, Text, Utf16Offset};
