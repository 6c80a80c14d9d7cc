//! Running the program with all its files in a folder of its own, and without the environment's proxies.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// Runs the program.
pub fn khabar(home: &Path, arguments: &[&str]) -> Output {
    khabar_with(home, arguments, &[])
}

/// Runs the program with these in its environment.
pub fn khabar_with(home: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_khabar"));
    for proxy in ["http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(proxy);
    }
    command.envs(environment.iter().copied());
    command.args(arguments).env("KHABAR_HOME", home).env_remove("TERM").output().unwrap()
}

/// Writes the configuration.
pub fn configure(home: &Path, text: &str) {
    fs::create_dir_all(home.join("config")).unwrap();
    fs::write(home.join("config/config.toml"), text).unwrap();
}

/// Standard output as JSON, an object a line.
pub fn lines(output: &Output) -> Vec<Value> {
    out(output).lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect()
}

pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn error(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// An RSS document with these items.
pub fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\
         <channel><title>أخبار</title><link>https://news.example/</link>{items}</channel></rss>\n"
    )
}

/// Items with titles and texts, each of its own.
pub fn items(name: &str, many: usize) -> String {
    (0..many)
        .map(|n| {
            format!(
                "<item><title>خبر {name} {n}</title><link>https://news.example/{name}/{n}</link>\
                 <guid isPermaLink=\"false\">{name}-{n}</guid><pubDate>Fri, {:02} Nov 2026 10:00:00 GMT</pubDate>\
                 <content:encoded><![CDATA[<p>نص الخبر {n} من {name}.</p>]]></content:encoded></item>",
                n % 20 + 1
            )
        })
        .collect()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A brotli stream (RFC 7932) of uncompressed parts.
pub fn brotli(bytes: &[u8]) -> Vec<u8> {
    // A window of 16 bits (one zero bit); then for each part: not the last, four nibbles of length, uncompressed.
    let mut stream = Vec::new();
    let mut bits = 0u64;
    let mut held = 1;
    let mut put = |stream: &mut Vec<u8>, value: u64, count: u32, align: bool| {
        bits |= value << held;
        held += count;
        while held >= 8 || (align && held > 0) {
            stream.push(bits as u8);
            bits >>= 8;
            held = held.saturating_sub(8);
        }
    };
    for part in bytes.chunks(1 << 16) {
        // ISLAST 0, MNIBBLES 0 (four), MLEN - 1, ISUNCOMPRESSED 1.
        let header = ((part.len() as u64 - 1) << 3) | (1 << 19);
        put(&mut stream, header, 20, true);
        stream.extend_from_slice(part);
    }
    put(&mut stream, 0b11, 2, true);
    stream
}
