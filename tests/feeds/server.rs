//! A web server of the tests' own: plain threads on 127.0.0.1, answers made by a function, faults included.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// What was asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    pub headers: Vec<(String, String)>,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// How it is answered.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Status, headers, body; the length is added.
    Whole(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// Bytes as they are, then the end of the connection.
    Raw(Vec<u8>),
    /// Bytes as they are, and then nothing more.
    Hang(Vec<u8>),
    /// A good head, and a byte of the body now and then.
    Trickle(Vec<u8>),
    /// A good head, and a body that does not end.
    Endless(Vec<u8>),
}

/// An answer with a feed in it.
pub fn feed(body: impl Into<Vec<u8>>) -> Answer {
    with(&[], body)
}

/// An answer with headers.
pub fn with(headers: &[(&'static str, &str)], body: impl Into<Vec<u8>>) -> Answer {
    let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Answer::Whole(200, headers, body.into())
}

/// An answer without a body.
pub fn status(status: u16, headers: &[(&'static str, &str)]) -> Answer {
    let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Answer::Whole(status, headers, Vec::new())
}

pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    asked: Mutex<Vec<Asked>>,
    /// Whether the server is to end, for threads that wait on purpose.
    ended: Mutex<bool>,
    ending: Condvar,
}

impl Shared {
    /// Waits for a while; whether the server has ended meanwhile.
    fn rest(&self, time: Duration) -> bool {
        let ended = self.ended.lock().unwrap();
        *self.ending.wait_timeout_while(ended, time, |ended| !*ended).unwrap().0
    }
}

impl Server {
    pub fn start(answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared =
            Arc::new(Shared { asked: Mutex::default(), ended: Mutex::new(false), ending: Condvar::new() });
        let own = Arc::clone(&shared);
        let answer = Arc::new(answer);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if *own.ended.lock().unwrap() {
                    return;
                }
                let (shared, answer) = (Arc::clone(&own), Arc::clone(&answer));
                std::thread::spawn(move || {
                    // A client that goes away is no fault of the server.
                    let _ = serve(stream.unwrap(), &shared, &*answer);
                });
            }
        });
        Self { address, shared }
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// How often a path was asked for.
    pub fn times(&self, path: &str) -> usize {
        self.shared.asked.lock().unwrap().iter().filter(|asked| asked.path == path).count()
    }

    /// The last request of a path.
    pub fn last(&self, path: &str) -> Asked {
        let asked = self.shared.asked.lock().unwrap();
        asked.iter().rev().find(|asked| asked.path == path).unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        *self.shared.ended.lock().unwrap() = true;
        self.shared.ending.notify_all();
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(stream: TcpStream, shared: &Shared, answer: &dyn Fn(&Asked) -> Answer) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let path = line.split(' ').nth(1).unwrap_or("").to_owned();
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let Some((name, value)) = line.trim().split_once(':') else { break };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let asked = Asked { path, headers };
        shared.asked.lock().unwrap().push(asked.clone());
        match answer(&asked) {
            Answer::Whole(status, headers, body) => {
                let mut head = format!("HTTP/1.1 {status} Of The Test\r\n");
                for (name, value) in headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
                stream.write_all(head.as_bytes())?;
                stream.write_all(&body)?;
            }
            Answer::Raw(bytes) => return stream.write_all(&bytes),
            Answer::Hang(bytes) => {
                stream.write_all(&bytes)?;
                while !shared.rest(Duration::from_secs(60)) {}
                return Ok(());
            }
            Answer::Trickle(body) => {
                write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len())?;
                for byte in body {
                    if shared.rest(Duration::from_millis(100)) {
                        return Ok(());
                    }
                    stream.write_all(&[byte])?;
                }
            }
            Answer::Endless(part) => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
                while !*shared.ended.lock().unwrap() {
                    stream.write_all(&part)?;
                }
                return Ok(());
            }
        }
    }
}
