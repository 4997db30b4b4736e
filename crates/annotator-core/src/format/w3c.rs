//! W3C Web Annotations in JSON-LD: one AnnotationPage whose items are each a complete annotation.
//!
//! # Loses
//! Names, colours, keys and order of the labels (their ids stay), corrected sentence boundaries, the text itself,
//! and whether an annotation follows its sentences (worked out anew from where it lies). On import tags behind the
//! first become the attribute `tags`.
//!
//! # Offsets
//! Unicode code points. A file from elsewhere that counts UTF-16 code units is recognised by its quotations and
//! read as such, with a warning.
//!
//! # Reference
//! Web Annotation Data Model (W3C Recommendation, 23 February 2017), 3.1 annotations, 3.2.4 textual bodies, 3.3.5
//! purposes, 3.3.7 `via`, 4.2.4 TextQuoteSelector, 4.2.5 TextPositionSelector, 5.2 AnnotationPage.

use super::web::{self, Positions};
use super::{FormatError, Sheet, Warning};
use crate::annotation::Stamp;
use crate::document::Document;
use crate::session::Import;

/// The media type that the Recommendation registers (Web Annotation Protocol, 3).
pub const MEDIA_TYPE: &str = "application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"";

pub(super) fn export(sheet: &mut Sheet<'_>) -> Vec<u8> {
    web::write(sheet, Positions::CodePoints)
}

pub(super) fn import(
    content: &[u8],
    document: &Document,
    stamp: &Stamp,
    replace: bool,
) -> Result<(Import, Vec<Warning>), FormatError> {
    web::read(content, document, stamp, replace, "w3c", Positions::CodePoints)
}
