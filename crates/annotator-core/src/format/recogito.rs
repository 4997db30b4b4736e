//! Web Annotations as Recogito's `W3CTextFormat` reads them: an array, positions in UTF-16 code units. A file of its
//! own because with one character above U+FFFF no single file suits both it and the Recommendation.
//!
//! # Loses
//! What `w3c` loses; and annotations without a place, since the reader needs both selectors (each is named in a
//! warning).
//!
//! # Offsets
//! UTF-16 code units; every position selector says so in `conformsTo`. On import a file that counts code points is
//! recognised by its quotations.
//!
//! # Reference
//! `@recogito/text-annotator` 4.1, `W3CTextFormat`: TextQuoteSelector and TextPositionSelector, both required.

use super::web::{self, Positions};
use super::{FormatError, Sheet, Warning};
use crate::annotation::Stamp;
use crate::document::Document;
use crate::session::Import;

/// What says in the file that its positions are UTF-16 code units.
pub const UNIT: &str = web::UTF16_UNIT;

pub(super) fn export(sheet: &mut Sheet<'_>) -> Vec<u8> {
    sheet.leave_out_orphans();
    web::write(sheet, Positions::Utf16)
}

pub(super) fn import(
    content: &[u8],
    document: &Document,
    stamp: &Stamp,
    replace: bool,
) -> Result<(Import, Vec<Warning>), FormatError> {
    web::read(content, document, stamp, replace, "recogito", Positions::Utf16)
}
