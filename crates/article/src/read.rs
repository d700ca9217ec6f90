//! Files, bytes and lines to articles, each within its bound.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use crate::article::{Article, ArticleKey};
use crate::assemble::{Given, from_html, from_text};
use crate::error::{Complaint, Error, ErrorKind, Result};
use crate::format::Format;
use crate::html;
use crate::json::JsonFile;
use crate::limits::Limits;

/// Reads the bytes of a file of any format; `sink` gets each article, or why there is none. `name` becomes the key's file.
///
/// Every failure goes to the sink with its place, and what follows it is read all the same.
pub fn read_bytes(
    bytes: &[u8],
    format: Format,
    name: &str,
    limits: &Limits,
    sink: &mut dyn FnMut(Result<Article>),
) {
    if format == Format::JsonLines {
        return read_lines(bytes, name, limits, sink);
    }
    if let Err(kind) = admit(bytes, format, limits) {
        return sink(Err(Error::new(name, kind)));
    }
    let declared = (format == Format::Html).then(|| html::declared(bytes)).flatten();
    let decoded = xinglin_text::decode(bytes, declared.as_deref());
    if format == Format::Json {
        return JsonFile::new(name, limits).document(&decoded.text, decoded.encoding, decoded.replaced, sink);
    }
    let given = Given { key: ArticleKey { file: name.to_owned(), id: None }, ..Given::default() };
    let mut article = match format {
        Format::Html => from_html(&decoded.text, given, limits),
        _ => from_text(&decoded.text, given, limits),
    };
    article.encoding = decoded.encoding;
    if decoded.replaced > 0 {
        article.complaints.push(Complaint::InvalidBytes { count: decoded.replaced });
    }
    let empty = article.text.is_empty() && article.noise.is_empty();
    sink(if empty { Err(Error::new(name, ErrorKind::NoText)) } else { Ok(article) });
}

/// Reads a line file from any reader, one article a line, in the memory of one line. `name` becomes the keys' file.
///
/// Blank lines are passed over. A line that is broken or over the limit goes to the sink as an error with its number, from 1.
pub fn read_lines(reader: impl BufRead, name: &str, limits: &Limits, sink: &mut dyn FnMut(Result<Article>)) {
    read_lines_from(reader, 1, name, limits, sink);
}

/// As [`read_lines`], for a part of a line file that begins with line `first`: parts may be read by several threads.
pub fn read_lines_from(
    reader: impl BufRead,
    first: u64,
    name: &str,
    limits: &Limits,
    sink: &mut dyn FnMut(Result<Article>),
) {
    let mut lines = LineReader { reader, limit: limits.line_bytes, number: first.saturating_sub(1) };
    let mut file = JsonFile::new(name, limits);
    let mut buffer = Vec::new();
    let mut empty = true;
    loop {
        match lines.next(&mut buffer) {
            Ok(Found::End) => break,
            Ok(Found::Line) => {}
            Ok(Found::TooLong(bytes)) => {
                empty = false;
                let kind = ErrorKind::TooLarge { bytes, limit: limits.line_bytes as u64, name: "line_bytes" };
                sink(Err(Error::at_line(name, lines.number, kind)));
                continue;
            }
            Err(error) => return sink(Err(Error::io(name, error))),
        }
        if lines.number == 1 && (buffer.starts_with(b"\xff\xfe") || buffer.starts_with(b"\xfe\xff")) {
            return wide_lines(buffer, lines.reader, name, limits, sink);
        }
        if buffer.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        empty = false;
        if lines.number == 1 && xinglin_text::looks_binary(&buffer) {
            return sink(Err(Error::new(name, ErrorKind::Binary)));
        }
        let line = xinglin_text::decode(&buffer, None);
        sink(file.line(&line.text, lines.number, line.encoding, line.replaced));
    }
    if empty && first <= 1 {
        sink(Err(Error::new(name, ErrorKind::Empty)));
    }
}

/// A line file in UTF-16: its line ends are found only in its text.
fn wide_lines(
    start: Vec<u8>,
    reader: impl Read,
    name: &str,
    limits: &Limits,
    sink: &mut dyn FnMut(Result<Article>),
) {
    let mut bytes = start;
    let room = limits.line_file_bytes.saturating_sub(bytes.len() as u64);
    if let Err(error) = reader.take(room + 1).read_to_end(&mut bytes) {
        return sink(Err(Error::io(name, error)));
    }
    if bytes.len() as u64 > limits.line_file_bytes {
        let (bytes, limit) = (bytes.len() as u64, limits.line_file_bytes);
        return sink(Err(Error::new(name, ErrorKind::TooLarge { bytes, limit, name: "line_file_bytes" })));
    }
    let decoded = xinglin_text::decode(&bytes, None);
    let mut file = JsonFile::new(name, limits);
    for (at, line) in decoded.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        sink(file.line(line, at as u64 + 1, decoded.encoding, 0));
    }
}

/// Reads a file of the disk; see [`read_bytes`]. `name` is what the keys and messages call it.
pub fn read_file(
    path: &Path,
    format: Format,
    name: &str,
    limits: &Limits,
    sink: &mut dyn FnMut(Result<Article>),
) {
    let mut fail = |kind| sink(Err(Error::new(name, kind)));
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return sink(Err(Error::io(name, error))),
    };
    let bytes = match file.metadata() {
        Ok(data) if !data.is_file() => return fail(ErrorKind::NotAFile),
        Ok(data) => data.len(),
        Err(error) => return sink(Err(Error::io(name, error))),
    };
    if format == Format::JsonLines {
        return read_lines(BufReader::with_capacity(1 << 16, file), name, limits, sink);
    }
    if let Err(kind) = fits(bytes, format, limits) {
        return fail(kind);
    }
    let mut content = Vec::with_capacity(usize::try_from(bytes).unwrap_or(0));
    let (limit, _) = bound(format, limits);
    match file.take(limit + 1).read_to_end(&mut content) {
        Ok(_) => read_bytes(&content, format, name, limits, sink),
        Err(error) => sink(Err(Error::io(name, error))),
    }
}

fn bound(format: Format, limits: &Limits) -> (u64, &'static str) {
    match format {
        Format::Text | Format::Html => (limits.page_bytes, "page_bytes"),
        Format::JsonLines | Format::Json => (limits.line_file_bytes, "line_file_bytes"),
    }
}

fn fits(bytes: u64, format: Format, limits: &Limits) -> Result<(), ErrorKind> {
    let (limit, name) = bound(format, limits);
    if bytes > limit { Err(ErrorKind::TooLarge { bytes, limit, name }) } else { Ok(()) }
}

/// Whether these bytes may be read as this format.
fn admit(bytes: &[u8], format: Format, limits: &Limits) -> Result<(), ErrorKind> {
    fits(bytes.len() as u64, format, limits)?;
    if bytes.is_empty() || bytes == b"\xef\xbb\xbf" {
        return Err(ErrorKind::Empty);
    }
    if xinglin_text::looks_binary(bytes) {
        return Err(ErrorKind::Binary);
    }
    Ok(())
}

/// Lines up to a bound.
struct LineReader<R> {
    reader: R,
    limit: usize,
    /// The number of the line last read, from 1.
    number: u64,
}

enum Found {
    Line,
    /// A line over the bound, of this many bytes; it has been passed over.
    TooLong(u64),
    End,
}

impl<R: BufRead> LineReader<R> {
    fn next(&mut self, line: &mut Vec<u8>) -> std::io::Result<Found> {
        line.clear();
        self.number += 1;
        let mut length = 0_u64;
        loop {
            let available = match self.reader.fill_buf() {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if available.is_empty() {
                return Ok(if length == 0 { Found::End } else { self.found(length) });
            }
            let end = memchr::memchr(b'\n', available);
            let taken = end.map_or(available.len(), |at| at + 1);
            let room = self.limit.saturating_sub(line.len());
            line.extend_from_slice(available.get(..taken.min(room)).unwrap_or(&[]));
            length += taken as u64;
            self.reader.consume(taken);
            if end.is_some() {
                return Ok(self.found(length));
            }
        }
    }

    fn found(&self, length: u64) -> Found {
        if length > self.limit as u64 { Found::TooLong(length) } else { Found::Line }
    }
}
