//! The model behind `release-annotator`: what an annotated press release is and how it changes.
//!
//! Pure on purpose: no browser, clock, randomness or IO. Identifiers and times come in with the
//! command that needs them, so that every behaviour can be tested natively and replayed.

pub mod anchor;
pub mod annotation;
pub mod carry;
pub mod decode;
pub mod document;
pub mod extent;
pub mod format;
pub mod history;
pub mod html;
pub mod label;
#[doc(hidden)]
pub mod marked;
pub mod record;
pub mod restore;
pub mod review;
pub mod runs;
pub mod segment;
pub mod session;
pub mod sha256;
pub mod sorted;
pub mod suggest;
pub mod text;
pub mod texts;
pub mod transaction;

pub use annotation::{Annotation, AnnotationId, Attributes, Provenance, Quote, Stamp, Target, Timestamp, Unit};
pub use document::{Document, Release};
pub use extent::{Edge, Snap};
pub use label::{Label, LabelSet, UiLanguage};
pub use review::Review;
pub use session::{Command, CommandError, Draft, Import, Patch, Session};
pub use text::{CharOffset, Language, Span, Text, Utf16Offset};
pub use transaction::{Change, Correction, Summary, Transaction};
