//! Bytes from a URL to the text of a release, and what can go wrong on the way. The class of the element fetches;
//! leaves out opening (`controller`).

use annotator_core::decode::{self, Encoding, Evidence};

use crate::i18n::{Texts, fill};

/// Why a release or a file could not be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadError {
    NotFound(String),
    Status(u16, String),
    Network(String),
    TooLarge(u64),
}

/// The largest text or file that is read: 20 MB.
pub const LARGEST: u64 = 20_000_000;

/// Reads the bytes of a release that came with this Content-Type. Whether the encoding was guessed.
///
/// # Errors
///
/// [`LoadError::TooLarge`].
pub fn read(bytes: &[u8], content_type: &str) -> Result<(String, bool), LoadError> {
    if bytes.len() as u64 > LARGEST {
        return Err(LoadError::TooLarge(bytes.len() as u64));
    }
    // A server that labels everything UTF-8 is common: the label counts only where the bytes agree.
    let label = decode::charset_of(content_type).filter(|label| Encoding::from_label(label) != Some(Encoding::Utf8));
    let decoded = decode::decode(bytes, label);
    Ok((decoded.text, decoded.evidence == Evidence::Guess))
}

impl LoadError {
    /// The failure of an answer with this status; 0 where there was no answer.
    pub fn of_status(status: u16, url: String) -> Self {
        match status {
            0 => Self::Network(url),
            404 | 410 => Self::NotFound(url),
            status => Self::Status(status, url),
        }
    }

    /// The code of the contract, section 6.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "not-found",
            Self::Status(..) | Self::Network(_) => "network",
            Self::TooLarge(_) => "too-large",
        }
    }

    /// What happened, and where.
    pub fn message(&self, texts: &Texts) -> String {
        match self {
            Self::NotFound(url) => fill(texts.not_found, &[url]),
            Self::Status(status, url) => fill(texts.http_status, &[&status.to_string(), url]),
            Self::Network(url) => fill(texts.network, &[url]),
            Self::TooLarge(bytes) => {
                let megabytes = |bytes: u64| bytes.div_ceil(1_000_000).to_string();
                fill(texts.too_large, &[&megabytes(LARGEST), &megabytes(*bytes)])
            }
        }
    }
}
