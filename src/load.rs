//! Bytes from a URL or a file to the text of a release. Leaves out opening it (`controller`).

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

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
    Decode(String),
    TooLarge(u64),
}

/// The largest text or file that is read: 20 MB.
pub const LARGEST: u64 = 20_000_000;

/// Fetches a release.
///
/// # Errors
///
/// [`LoadError`], each kind of failure its own.
pub async fn fetch(url: &str) -> Result<Loaded, LoadError> {
    let network = |_: JsValue| LoadError::Network(url.to_owned());
    let window = web_sys::window().ok_or_else(|| LoadError::Network(url.to_owned()))?;
    let response: Response = JsFuture::from(window.fetch_with_str(url)).await.map_err(network)?.unchecked_into();
    match response.status() {
        _ if response.ok() => {}
        404 | 410 => return Err(LoadError::NotFound(url.to_owned())),
        status => return Err(LoadError::Status(status, url.to_owned())),
    }
    let length = response.headers().get("content-length").ok().flatten();
    if let Some(length) = length.and_then(|length| length.parse().ok()).filter(|length| *length > LARGEST) {
        return Err(LoadError::TooLarge(length));
    }
    let buffer = JsFuture::from(response.array_buffer().map_err(network)?).await.map_err(network)?;
    let bytes = Uint8Array::new(&buffer).to_vec();
    if bytes.len() as u64 > LARGEST {
        return Err(LoadError::TooLarge(bytes.len() as u64));
    }
    decode(&bytes)
}

/// Reads a file that a person chose.
///
/// # Errors
///
/// [`LoadError::TooLarge`] before anything is read, [`LoadError::Decode`].
pub async fn read_file(file: &web_sys::File) -> Result<Loaded, LoadError> {
    if file.size() > LARGEST as f64 {
        return Err(LoadError::TooLarge(file.size() as u64));
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| LoadError::Decode(file.name()))?;
    decode(&Uint8Array::new(&buffer).to_vec())
}

fn decode(bytes: &[u8]) -> Result<Loaded, LoadError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Loaded { text: text.to_owned(), guessed: false }),
        Err(_) => Ok(Loaded { text: bytes.iter().map(|byte| char::from(*byte)).collect(), guessed: true }),
    }
}

impl LoadError {
    /// The code of the contract, section 6.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "not-found",
            Self::Status(..) | Self::Network(_) => "network",
            Self::Decode(_) => "decode",
            Self::TooLarge(_) => "too-large",
        }
    }

    /// What happened, and where.
    pub fn message(&self, texts: &Texts) -> String {
        match self {
            Self::NotFound(url) => fill(texts.not_found, &[url]),
            Self::Status(status, url) => fill(texts.http_status, &[&status.to_string(), url]),
            Self::Network(url) | Self::Decode(url) => fill(texts.network, &[url]),
            Self::TooLarge(bytes) => {
                let megabytes = |bytes: u64| bytes.div_ceil(1_000_000).to_string();
                fill(texts.too_large, &[&megabytes(LARGEST), &megabytes(*bytes)])
            }
        }
    }
}
