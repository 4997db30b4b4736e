//! The head of an http request, as far as a server of files needs it.

use std::io::{self, Read};

/// What a client asks for.
pub(crate) struct Request {
    /// As sent: `GET`, `HEAD`, …
    pub method: String,
    /// As sent: percent-encoded, with the query.
    pub target: String,
}

/// A head longer than this is not from a browser that opens our pages.
const LONGEST_HEAD: usize = 64 * 1024;

impl Request {
    /// Reads up to the empty line. `None` if the client closes before, or sends no http.
    pub(crate) fn read(stream: &mut impl Read) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        let mut chunk = [0; 4096];
        while !head.windows(4).any(|four| four == b"\r\n\r\n") {
            let read = stream.read(&mut chunk)?;
            if read == 0 || head.len() + read > LONGEST_HEAD {
                return Ok(None);
            }
            head.extend_from_slice(&chunk[..read]);
        }
        Ok(Self::parse(&String::from_utf8_lossy(&head)))
    }

    fn parse(head: &str) -> Option<Self> {
        let mut words = head.lines().next()?.split(' ');
        let (method, target) = (words.next()?, words.next()?);
        words.next()?.starts_with("HTTP/1.").then(|| Self { method: method.into(), target: target.into() })
    }

    /// The path without query, percent-decoded. `None` if it is not UTF-8 or names something outside the
    /// site: a segment `..`, a backslash, a drive or a NUL.
    pub(crate) fn path(&self) -> Option<String> {
        let encoded = self.target.split(['?', '#']).next()?.as_bytes();
        let mut bytes = Vec::with_capacity(encoded.len());
        let mut at = 0;
        while at < encoded.len() {
            if encoded[at] == b'%' {
                let digit = |at: usize| char::from(*encoded.get(at)?).to_digit(16);
                bytes.push(u8::try_from(digit(at + 1)? * 16 + digit(at + 2)?).ok()?);
                at += 3;
            } else {
                bytes.push(encoded[at]);
                at += 1;
            }
        }
        let path = String::from_utf8(bytes).ok()?;
        let inside =
            path.starts_with('/') && !path.contains(['\\', ':', '\0']) && path.split('/').all(|part| part != "..");
        inside.then_some(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(target: &str) -> Option<String> {
        Request { method: "GET".into(), target: target.into() }.path()
    }

    #[test]
    fn a_path_is_decoded_and_loses_its_query() {
        assert_eq!(path("/caf%C3%A9%20noir.txt?v=1#x").as_deref(), Some("/café noir.txt"));
        assert_eq!(path("/a..b/...").as_deref(), Some("/a..b/..."), "only a whole segment leads upward");
    }

    #[test]
    fn a_path_never_leads_outside() {
        for target in [
            "/../secret",
            "/a/../../b",
            "/%2e%2e/b",
            "/..%2fb",
            "/a%5c..%5cb",
            "/c:/x",
            "/%00",
            "//..",
            "x",
            "/%ff",
            "/%2",
            "/%+1",
        ] {
            assert_eq!(path(target), None, "{target}");
        }
    }

    #[test]
    fn a_head_is_read_in_pieces() {
        struct Pieces(Vec<&'static [u8]>);
        impl Read for Pieces {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let Some(piece) = self.0.pop() else { return Ok(0) };
                buffer[..piece.len()].copy_from_slice(piece);
                Ok(piece.len())
            }
        }
        let request =
            Request::read(&mut Pieces(vec![b"\n\r\n", b"ET /x HTTP/1.1\r\nHost: a\r", b"G"])).unwrap().unwrap();
        assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/x"));
        assert!(Request::read(&mut Pieces(vec![b"GET /x HT"])).unwrap().is_none(), "closed too early");
        assert!(Request::read(&mut Pieces(vec![b"hello\r\n\r\n"])).unwrap().is_none(), "not http");
    }
}
