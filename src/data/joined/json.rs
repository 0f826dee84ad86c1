//! JSON tables: one object a line, an array of objects over any number of lines, or one object of columns.

use super::JoinError;
use super::by_column;
use super::lines::{Lines, MOST_LINE_BYTES};
use crate::data::file::PlainFile;

/// Bytes read at a time.
const BLOCK_BYTES: usize = 1 << 20;

/// How objects follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One after the other.
    Objects,
    /// Within the brackets of an array.
    Array,
}

/// The form of a text that begins so; `None` where it is no JSON.
pub(super) fn form_of(head: &[u8]) -> Option<Form> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    match head.iter().find(|byte| !byte.is_ascii_whitespace())? {
        b'{' => Some(Form::Objects),
        b'[' => Some(Form::Array),
        _ => None,
    }
}

/// Reads all objects: where one begins and ends follows from the braces outside of texts, whatever line ends there are.
pub(super) fn read(file: &PlainFile, form: Form) -> Result<Lines, JoinError> {
    let refuse = |what: &str| JoinError::no_table(file.path(), what);
    let (mut lines, mut only) = (Lines::default(), None);
    let (mut object, mut depth, mut in_text, mut escaped) = (Vec::new(), 0_u32, false, false);
    let mut offset = 0;
    let mut block = vec![0; BLOCK_BYTES];
    let mut closed = form == Form::Objects;
    while offset < file.len() {
        let got = file.read_up_to_at(&mut block, offset)?;
        if got == 0 {
            break;
        }
        offset += got as u64;
        for &byte in block.get(..got).unwrap_or_default() {
            if depth == 0 {
                match byte {
                    b'{' => depth = 1,
                    b']' if form == Form::Array => closed = true,
                    b'[' => closed = false,
                    b',' | b'\xef' | b'\xbb' | b'\xbf' => {}
                    _ if byte.is_ascii_whitespace() => {}
                    _ => {
                        return Err(refuse(
                            "between its objects there is something else: a table is a list of objects",
                        ));
                    }
                }
                if depth == 0 {
                    continue;
                }
            } else if in_text {
                in_text = escaped || byte != b'"';
                escaped = !escaped && byte == b'\\';
            } else {
                match byte {
                    b'"' => in_text = true,
                    b'{' | b'[' => depth = depth.saturating_add(1),
                    b'}' | b']' => depth -= 1,
                    _ => {}
                }
            }
            object.push(byte);
            if object.len() > MOST_LINE_BYTES {
                return Err(refuse("one of its objects is longer than 16 MiB"));
            }
            if depth == 0 {
                // The only object may be a table of its own.
                match (form, lines.is_empty()) {
                    (Form::Objects, true) => only = Some(object.clone()),
                    _ => only = None,
                }
                lines.push(&object);
                object.clear();
            }
        }
    }
    if depth > 0 || !closed {
        return Err(refuse("it ends inside an object or list: it was cut short"));
    }
    let by_column = only.and_then(|only| by_column::lines_of(&only));
    if let Some(by_column) = by_column {
        lines = Lines::default();
        for line in by_column {
            lines.push(&line);
        }
    }
    Ok(lines.finish())
}
