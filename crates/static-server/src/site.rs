//! What a server answers: the files of a folder, pages made up for a test, headers by path.

use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use crate::media;
use crate::request::Request;

/// A folder and what is laid over it. Paths begin with `/`; a prefix is any beginning of a path, so `/` is everything.
#[derive(Debug, Clone)]
pub struct Site {
    root: PathBuf,
    pages: Vec<(String, Vec<u8>)>,
    headers: Vec<(String, String, String)>,
    missing: Vec<String>,
    delays: Vec<(String, Duration)>,
    first: bool,
}

/// Where [`Site::first`] lies.
const FIRST: &str = "/first-of-all.js";

pub(crate) struct Response {
    pub status: &'static str,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Site {
    /// The files under a folder; `index.html` stands for its folder.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), pages: vec![], headers: vec![], missing: vec![], delays: vec![], first: false }
    }

    /// A page that is in no file, or stands before the file of that path; its media type follows from the path.
    #[must_use]
    pub fn page(mut self, path: &str, body: impl Into<Vec<u8>>) -> Self {
        self.pages.push((path.into(), body.into()));
        self
    }

    /// A header for every answer under a prefix. Replaces the server's own of that name, and an earlier one.
    #[must_use]
    pub fn header(mut self, prefix: &str, name: &str, value: &str) -> Self {
        self.headers.push((prefix.into(), name.into(), value.into()));
        self
    }

    /// Answers 404 under a prefix, whatever is there.
    #[must_use]
    pub fn missing(mut self, prefix: &str) -> Self {
        self.missing.push(prefix.into());
        self
    }

    /// Waits before each answer under a prefix, as a slow line does.
    #[must_use]
    pub fn delay(mut self, prefix: &str, time: Duration) -> Self {
        self.delays.push((prefix.into(), time));
        self
    }

    /// A script of the site that every page with a `<head>` runs before its own.
    #[must_use]
    pub fn first(self, js: &str) -> Self {
        Self { first: true, ..self.page(FIRST, js) }
    }

    pub(crate) fn response(&self, request: &Request) -> Response {
        let path = request.path();
        let path_text = path.as_deref().unwrap_or("/");
        for (_, time) in self.delays.iter().filter(|(prefix, _)| path_text.starts_with(prefix.as_str())) {
            thread::sleep(*time);
        }
        let mut response = match (request.method.as_str(), &path) {
            ("GET" | "HEAD", Some(path)) => self.find(path),
            ("GET" | "HEAD", None) => Response::plain("400 Bad Request", "This path names nothing inside the site."),
            _ => Response::plain("405 Method Not Allowed", "GET and HEAD only.").with("Allow", "GET, HEAD"),
        };
        if self.first && response.is_html() {
            let html = String::from_utf8_lossy(&response.body);
            response.body =
                html.replacen("<head>", &format!("<head><script src=\"{FIRST}\"></script>"), 1).into_bytes();
        }
        response = response.with("Cache-Control", "no-store").with("X-Content-Type-Options", "nosniff");
        for (_, name, value) in self.headers.iter().filter(|(prefix, ..)| path_text.starts_with(prefix.as_str())) {
            response = response.with(name, value);
        }
        response
    }

    fn find(&self, path: &str) -> Response {
        if self.missing.iter().any(|prefix| path.starts_with(prefix.as_str())) {
            return Response::not_found(path);
        }
        let index = if path.ends_with('/') { "index.html" } else { "" };
        if let Some((page, body)) = self.pages.iter().rev().find(|(page, _)| page.strip_prefix(path) == Some(index)) {
            return Response::ok(page, body.clone());
        }
        let file = self.root.join(path.trim_start_matches('/'));
        // A link inside the folder must not lead out of it either.
        let inside = |file: &PathBuf| Some(file.canonicalize().ok()?.starts_with(self.root.canonicalize().ok()?));
        if inside(&file) != Some(true) {
            return Response::not_found(path);
        }
        if file.is_dir() {
            return match path.strip_suffix('/') {
                Some(folder) => self.find(&format!("{folder}/index.html")),
                // Relative addresses in the page are against the folder.
                None => Response::plain("301 Moved Permanently", "").with("Location", &encode(&format!("{path}/"))),
            };
        }
        fs::read(&file).map_or_else(|_| Response::not_found(path), |body| Response::ok(path, body))
    }
}

impl Response {
    fn ok(path: &str, body: Vec<u8>) -> Self {
        Self { status: "200 OK", headers: vec![("Content-Type".into(), media::of(path).into())], body }
    }

    fn is_html(&self) -> bool {
        self.headers.iter().any(|(_, value)| value.starts_with("text/html"))
    }

    fn plain(status: &'static str, sentence: &str) -> Self {
        Self { status, ..Self::ok(".txt", sentence.into()) }
    }

    fn not_found(path: &str) -> Self {
        Self::plain("404 Not Found", &format!("Nothing at {path}."))
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.into(), value.into()));
        self
    }
}

/// A path as it may stand in a header: everything but unreserved ASCII (RFC 3986 2.3) and `/` percent-encoded.
fn encode(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
