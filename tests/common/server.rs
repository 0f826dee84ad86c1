//! A small HTTP server on 127.0.0.1 that answers as a test tells it to, faults included.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// A request as it came; header names in lower case.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub headers: BTreeMap<String, String>,
}

/// What is sent back.
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    stall: bool,
}

impl Reply {
    /// A status without a body.
    pub fn status(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), stall: false }.header("Content-Length", 0)
    }

    /// Status 200 with a body and its length.
    pub fn whole(body: &[u8]) -> Self {
        let reply = Self { status: 200, headers: Vec::new(), body: body.to_vec(), stall: false };
        reply.header("Content-Length", body.len())
    }

    /// A redirect.
    pub fn redirect(location: &str) -> Self {
        Self::status(302).header("Location", location)
    }

    /// Sets a header.
    #[expect(clippy::needless_pass_by_value, reason = "numbers and texts alike, without a `&` before each")]
    pub fn header(mut self, name: &str, value: impl ToString) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_string()));
        self
    }

    /// Leaves a header out.
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    /// Sends only the first `bytes` of the body and closes the connection; the headers stay as they are.
    pub fn cut_after(mut self, bytes: usize) -> Self {
        self.body.truncate(bytes);
        self
    }

    /// Says nothing more once the body is sent, and keeps the connection open until the client leaves.
    pub fn stall(mut self) -> Self {
        self.stall = true;
        self
    }

    /// Turns the status into 206.
    pub fn partial(mut self) -> Self {
        self.status = 206;
        self
    }

    /// Never sends anything at all.
    pub fn silence() -> Self {
        Self { status: 0, ..Self::status(200).stall() }
    }
}

/// The server; it ends when dropped.
pub struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server that asks `answer` for each reply.
    pub fn start(answer: impl Fn(&Request) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let thread = std::thread::spawn({
            let (seen, stop) = (seen.clone(), stop.clone());
            move || {
                for stream in listener.incoming() {
                    if stop.load(Ordering::SeqCst) {
                        break;
                    }
                    // A client that gives up early is part of some tests.
                    let _ = stream.and_then(|stream| serve(&stream, &seen, &answer));
                }
            }
        });
        Self { address, seen, stop, thread: Some(thread) }
    }

    /// A server of published files, with entity tags and ranges.
    pub fn of(site: Site) -> Self {
        Self::start(move |request| site.reply(request))
    }

    /// `http://127.0.0.1:PORT`
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }

    /// The requests with method GET.
    pub fn gets(&self) -> Vec<Request> {
        self.requests().into_iter().filter(|request| request.method == "GET").collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for a connection.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(
    mut stream: &TcpStream,
    seen: &Mutex<Vec<Request>>,
    answer: &impl Fn(&Request) -> Reply,
) -> std::io::Result<()> {
    // Bounds a test whose client never leaves.
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    let mut words = first.split(' ').map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut headers = BTreeMap::new();
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    if method.is_empty() {
        return Ok(());
    }
    let request = Request { method, path, headers };
    seen.lock().unwrap().push(request.clone());
    let reply = answer(&request);
    if reply.status > 0 {
        let mut head = format!("HTTP/1.1 {} Said\r\nConnection: close\r\n", reply.status);
        for (name, value) in &reply.headers {
            write!(head, "{name}: {value}\r\n").unwrap();
        }
        stream.write_all(format!("{head}\r\n").as_bytes())?;
        if request.method != "HEAD" {
            stream.write_all(&reply.body)?;
        }
    }
    if reply.stall {
        while stream.read(&mut [0; 64])? > 0 {}
    }
    Ok(())
}

/// Files by path, as a well-behaved server publishes them.
#[derive(Clone, Debug, Default)]
pub struct Site {
    files: BTreeMap<String, Vec<u8>>,
    /// The entity tag of every file, with its quotes.
    pub etag: String,
}

impl Site {
    /// An empty site whose files have this entity tag.
    pub fn new(etag: &str) -> Self {
        Self { files: BTreeMap::new(), etag: format!("\"{etag}\"") }
    }

    /// Adds a file.
    pub fn with(mut self, path: &str, body: &[u8]) -> Self {
        self.files.insert(path.to_owned(), body.to_vec());
        self
    }

    /// Answers with the file, the range asked for, or 404.
    pub fn reply(&self, request: &Request) -> Reply {
        let Some(body) = self.files.get(&request.path) else {
            return Reply::status(404);
        };
        let whole = || Reply::whole(body).header("ETag", &self.etag);
        let range = request.headers.get("range").and_then(|range| range.strip_prefix("bytes="));
        let Some(first) = range.and_then(|range| range.strip_suffix('-')) else {
            return whole();
        };
        if request.headers.get("if-range").is_some_and(|tag| *tag != self.etag) {
            return whole();
        }
        let first: usize = first.parse().unwrap();
        match body.get(first..).filter(|rest| !rest.is_empty()) {
            Some(rest) => {
                let range = format!("bytes {first}-{}/{}", body.len() - 1, body.len());
                Reply::whole(rest).partial().header("ETag", &self.etag).header("Content-Range", range)
            }
            None => Reply::status(416).header("Content-Range", format!("bytes */{}", body.len())),
        }
    }
}
