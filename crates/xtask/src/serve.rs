//! `cargo xtask serve`: dist/ for a browser on this machine. Never reloads a page or rebuilds by itself.

use std::io::ErrorKind;

use static_server::{Server, Site};

use crate::{Failure, Outcome, dist, say};

/// Where `serve` listens unless told otherwise.
const HOST: &str = "127.0.0.1";
const PORT: u16 = 8080;

pub(crate) fn serve(options: &[&str]) -> Outcome {
    let (host, port) = parse(options)?;
    // Before the build, so that a taken port is told at once.
    let server = Server::bind(host, port).map_err(|error| {
        Failure(match error.kind() {
            ErrorKind::AddrInUse => {
                let other = if port < u16::MAX { port + 1 } else { PORT };
                format!("port {port} of {host} is taken by another program; choose one: cargo xtask serve --port {other}")
            }
            ErrorKind::PermissionDenied => {
                format!("port {port} of {host} is not allowed to you; choose one above 1023: cargo xtask serve --port {PORT}")
            }
            _ => format!("{host}:{port} cannot be listened on ({error})."),
        })
    })?;
    let dist = dist::build()?;
    say(&format!("serving dist/ on http://{}/ (Ctrl+C ends it)", server.address()));
    server.run(Site::new(dist));
    Ok(())
}

fn parse<'a>(options: &[&'a str]) -> Outcome<(&'a str, u16)> {
    let (mut host, mut port) = (HOST, PORT);
    let mut rest = options.iter();
    while let Some(option) = rest.next() {
        let (name, value) = match option.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (*option, rest.next().copied()),
        };
        match (name, value) {
            ("--host", Some(value)) => host = value,
            ("--port", Some(value)) => {
                port = value.parse().map_err(|_| format!("a port is a number from 0 to 65535, not `{value}`."))?;
            }
            ("--host" | "--port", None) => return Err(format!("{name} needs a value.").into()),
            _ => return Err(format!("`serve` takes --port N and --host H, not `{name}`.").into()),
        }
    }
    Ok((host, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(options: &[&str]) -> Result<(String, u16), String> {
        parse(options).map(|(host, port)| (host.to_owned(), port)).map_err(|Failure(sentence)| sentence)
    }

    #[test]
    fn options_may_come_in_both_forms_and_any_order() {
        assert_eq!(parsed(&[]), Ok(("127.0.0.1".into(), 8080)));
        assert_eq!(parsed(&["--port=0", "--host", "0.0.0.0"]), Ok(("0.0.0.0".into(), 0)));
        assert_eq!(parsed(&["--port", "70000"]), Err("a port is a number from 0 to 65535, not `70000`.".into()));
        assert_eq!(parsed(&["--port"]), Err("--port needs a value.".into()));
        assert_eq!(parsed(&["--open"]), Err("`serve` takes --port N and --host H, not `--open`.".into()));
    }
}
