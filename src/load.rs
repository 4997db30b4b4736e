//! Why the bytes of a release did not come. The class of the element fetches and counts; leaves out opening
//! (`controller`), and what is not plainly UTF-8 (the tools).

use crate::controller::Failure;
use crate::i18n::{Texts, fill};

/// Why nothing came from an address: the HTTP status, or what the class of the element knows where there is none.
/// A browser does not tell an access that another site refuses from a network that is down.
pub fn miss(status: u16, url: &str, texts: &Texts) -> Failure {
    let (code, message) = match status {
        0 => ("network", texts.network()),
        1 => ("network", texts.network_or_refused()),
        2 => ("network", texts.too_slow()),
        3 => ("network", texts.redirected()),
        4 => ("too-large", texts.too_large()),
        404 | 410 => ("not-found", texts.not_found()),
        _ => ("network", texts.http_status()),
    };
    Failure { code, message: fill(message, &[url, &status.to_string()]) }
}
