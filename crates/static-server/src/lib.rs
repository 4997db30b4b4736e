//! Serves a folder over http/1.1 to a browser on this machine or in the same room: what
//! `cargo xtask serve` shows and what the browser tests open.
//! Leaves out everything a public server needs: TLS, caching, ranges, compression, kept-alive connections.

mod media;
mod request;
mod site;

use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use request::Request;
pub use site::Site;

/// A listening socket that answers nobody yet: connections made now wait until it serves.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

/// A server at work on a thread of its own; dropping it frees the port (answers on their way are still sent).
pub struct Running {
    address: SocketAddr,
    requests: Requests,
    stopping: Arc<AtomicBool>,
    thread: Option<thread::JoinHandle<()>>,
}

/// The targets of the requests, in order of arrival.
type Requests = Arc<Mutex<Vec<String>>>;

/// How long a client may be silent or refuse to read before its thread gives up on it.
const PATIENCE: Duration = Duration::from_secs(20);

impl Server {
    /// Takes the port; port 0 takes any free one.
    ///
    /// # Errors
    ///
    /// `AddrInUse` if another program has the port; others as the system gives them.
    pub fn bind(host: &str, port: u16) -> io::Result<Self> {
        let addresses: Vec<_> = (host, port).to_socket_addrs()?.collect();
        let listener = TcpListener::bind(&addresses[..])?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// Where it listens, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves on the calling thread and never returns.
    pub fn run(self, site: Site) {
        self.answer_all(&Arc::new(site), &AtomicBool::new(false), &Arc::default());
    }

    /// Serves on a new thread until the returned value is dropped.
    pub fn spawn(self, site: Site) -> Running {
        let requests = Requests::default();
        let stopping = Arc::default();
        let address = self.address;
        let thread = thread::spawn({
            let (requests, stopping) = (Arc::clone(&requests), Arc::clone(&stopping));
            move || self.answer_all(&Arc::new(site), &stopping, &requests)
        });
        Running { address, requests, stopping, thread: Some(thread) }
    }

    /// One thread a connection. Nobody waits for them: a browser opens connections ahead and leaves them silent.
    fn answer_all(&self, site: &Arc<Site>, stopping: &AtomicBool, requests: &Requests) {
        for stream in self.listener.incoming() {
            if stopping.load(Ordering::SeqCst) {
                break;
            }
            if let Ok(stream) = stream {
                let (site, requests) = (Arc::clone(site), Arc::clone(requests));
                // A client that hangs up in the middle is its own business.
                thread::spawn(move || answer(stream, &site, &requests).ok());
            }
        }
    }
}

impl Running {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of a path, which begins with `/`.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The paths asked for until now, with their queries, in order of arrival.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().map(|list| list.clone()).unwrap_or_default()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // `accept` waits for a connection, so it gets one.
        if TcpStream::connect(self.address).is_ok()
            && let Some(thread) = self.thread.take()
        {
            thread.join().ok();
        }
    }
}

fn answer(mut stream: TcpStream, site: &Site, requests: &Requests) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let Some(request) = Request::read(&mut stream)? else { return Ok(()) };
    if let Ok(mut list) = requests.lock() {
        list.push(request.target.clone());
    }
    let response = site.response(&request);
    let mut head = format!("HTTP/1.1 {}\r\n", response.status);
    for (name, value) in &response.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\nConnection: close\r\n\r\n", response.body.len()));
    stream.write_all(head.as_bytes())?;
    if request.method != "HEAD" {
        stream.write_all(&response.body)?;
    }
    stream.flush()
}
