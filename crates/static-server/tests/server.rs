//! The server as a client sees it, over a real socket.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;

use static_server::{Running, Server, Site};

/// A folder of this test alone, with `index.html`, `a/index.html` and a secret file beside it.
fn folder(name: &str) -> PathBuf {
    let base = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let root = base.join("root");
    fs::create_dir_all(root.join("é a")).expect("a folder of this test");
    fs::write(root.join("index.html"), "<p>home").expect("a folder of this test");
    fs::write(root.join("é a/index.html"), "<p>inner").expect("a folder of this test");
    fs::write(base.join("secret.txt"), "secret").expect("a file of this test");
    root
}

fn start(site: Site) -> Running {
    Server::bind("127.0.0.1", 0).expect("a free port").spawn(site)
}

fn send(server: &Running, request: &str) -> (String, String) {
    let mut stream = TcpStream::connect(server.address()).expect("the server answers");
    stream.write_all(request.as_bytes()).expect("the server answers");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the server answers");
    let (head, body) = answer.split_once("\r\n\r\n").expect("the server answers");
    (head.into(), body.into())
}

fn get(server: &Running, path: &str) -> (String, String) {
    send(server, &format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n"))
}

#[test]
fn files_come_whole_with_their_type_and_are_not_cached() {
    let server = start(Site::new(folder("files")));
    let (head, body) = get(&server, "/?x=1");
    assert_eq!(body, "<p>home");
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    for line in ["Content-Type: text/html; charset=utf-8", "Content-Length: 7", "Cache-Control: no-store"] {
        assert!(head.lines().any(|it| it == line), "{line} in {head}");
    }
    assert_eq!(server.requests(), ["/?x=1"]);
}

#[test]
fn head_gives_the_length_without_the_body_and_other_methods_are_refused() {
    let server = start(Site::new(folder("methods")));
    let (head, body) = send(&server, "HEAD / HTTP/1.1\r\n\r\n");
    assert!(head.contains("Content-Length: 7") && body.is_empty(), "{head} {body}");
    assert!(send(&server, "POST / HTTP/1.1\r\n\r\n").0.starts_with("HTTP/1.1 405 "));
}

#[test]
fn a_folder_redirects_to_itself_with_a_slash() {
    let server = start(Site::new(folder("slash")));
    let (head, _) = get(&server, "/%C3%A9%20a");
    assert!(head.starts_with("HTTP/1.1 301 ") && head.contains("Location: /%C3%A9%20a/"), "{head}");
    assert_eq!(get(&server, "/%C3%A9%20a/").1, "<p>inner");
}

#[test]
fn nothing_outside_the_folder_is_served() {
    let root = folder("outside");
    let server = start(Site::new(&root));
    for path in ["/../secret.txt", "/%2e%2e/secret.txt", "//../secret.txt", "/..%2fsecret.txt", "/nothing"] {
        let (head, body) = get(&server, path);
        assert!(head.starts_with("HTTP/1.1 40") && !body.contains("secret\n"), "{path}: {head}");
        assert_ne!(body, "secret", "{path}");
    }
    #[cfg(unix)]
    {
        let link = root.join("link.txt");
        fs::remove_file(&link).ok();
        std::os::unix::fs::symlink(root.join("../secret.txt"), &link).unwrap();
        assert!(get(&server, "/link.txt").0.starts_with("HTTP/1.1 404 "));
    }
}

#[test]
fn what_is_laid_over_the_folder_wins() {
    let site = Site::new(folder("over"))
        .page("/index.html", "over")
        .page("/csp/page.html", "made up")
        .header("/csp/", "content-security-policy", "default-src 'self'")
        .header("/csp/", "cache-control", "max-age=1")
        .missing("/gone");
    let server = start(site);
    assert_eq!(get(&server, "/index.html").1, "over");
    assert_eq!(get(&server, "/").1, "over");
    let (head, body) = get(&server, "/csp/page.html");
    assert_eq!(body, "made up");
    assert!(head.contains("content-security-policy: default-src 'self'") && head.contains("max-age=1"), "{head}");
    assert!(!head.contains("no-store"), "{head}");
    assert!(!get(&server, "/index.html").0.contains("content-security-policy"));
    assert!(get(&server, "/gone.html").0.starts_with("HTTP/1.1 404 "));
}

#[test]
fn a_dropped_server_frees_its_port_and_a_taken_port_is_told() {
    let server = start(Site::new(folder("port")));
    let port = server.address().port();
    let taken = Server::bind("127.0.0.1", port).err().map(|error| error.kind());
    assert_eq!(taken, Some(std::io::ErrorKind::AddrInUse));
    drop(server);
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err(), "nobody answers any more");
}
