//! Media types by file name.

/// The media type of a path by its extension. Unknown ones are bytes, so nothing is ever guessed into a page.
pub(crate) fn of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).as_deref() {
        Some("html" | "htm") => "text/html; charset=utf-8",
        // TypeScript declarations are read by people here, and `video/mp2t` would be downloaded.
        Some("txt" | "md" | "ts" | "conll") => "text/plain; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("jsonl") => "application/x-ndjson",
        Some("xml") => "application/xml",
        // `WebAssembly.compileStreaming` refuses any other.
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("pdf") => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_extension_decides() {
        assert_eq!(super::of("/a/release.fr.TXT"), "text/plain; charset=utf-8");
        assert_eq!(super::of("/release-annotator_bg.wasm"), "application/wasm");
        assert_eq!(super::of("/html/LICENSE"), "application/octet-stream");
    }
}
