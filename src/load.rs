//! Bytes from a URL to the text of a release, and what can go wrong on the way. The class of the element fetches;
//! leaves out opening (`controller`).

use crate::i18n::{Texts, fill};

/// A text that came from outside.
pub struct Loaded {
    pub text: String,
    /// Whether the encoding was guessed.
    pub guessed: bool,
}

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

/// Reads the bytes of a release.
///
/// # Errors
///
/// [`LoadError::TooLarge`].
pub fn decode(bytes: &[u8]) -> Result<Loaded, LoadError> {
    if bytes.len() as u64 > LARGEST {
        return Err(LoadError::TooLarge(bytes.len() as u64));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Loaded { text: text.to_owned(), guessed: false }),
        Err(_) => Ok(Loaded { text: bytes.iter().map(|byte| char::from(*byte)).collect(), guessed: true }),
    }
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
