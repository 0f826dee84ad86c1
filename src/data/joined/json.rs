//! JSON tables: one object a line, an array of objects over any number of lines, or one object of columns.

use super::JoinError;
use super::by_column::{self, Only};
use super::lines::{Lines, MOST_LINE_BYTES};
use crate::data::file::PlainFile;

/// Bytes read at a time.
const BLOCK_BYTES: usize = 1 << 20;
/// The longest object that is a table of its own: a million lines of six columns.
const MOST_TABLE_BYTES: usize = 128 << 20;
const NESTED: &str = "it is one object of objects or lists: a table is a list of objects; pandas writes one by to_json(FILE, orient=\"records\")";
const TOO_LONG: &str =
    "one of its objects is longer than 16 MiB (all columns in one may take 128 MiB): write an object a line";

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

/// Reads all objects: where one begins and ends follows from the braces outside of texts, whatever line ends there are. What is one object
/// of others that is no table is said to be `nested`, where more is known of it.
pub(super) fn read(file: &PlainFile, form: Form, nested: Option<&str>) -> Result<Lines, JoinError> {
    let refuse = |what: &str| JoinError::no_table(file.path(), what);
    let push = |lines: &mut Lines, object: &[u8]| {
        if object.len() > MOST_LINE_BYTES {
            return Err(refuse(TOO_LONG));
        }
        lines.push(object);
        Ok(())
    };
    let (mut lines, mut first): (Lines, Option<Vec<u8>>) = (Lines::default(), None);
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
            let most = if lines.is_empty() { MOST_TABLE_BYTES } else { MOST_LINE_BYTES };
            if object.len() > most {
                return Err(refuse(TOO_LONG));
            }
            if depth == 0 {
                // The only object may be a table of its own.
                match (form, &first) {
                    (Form::Objects, None) if lines.is_empty() => first = Some(std::mem::take(&mut object)),
                    _ => {
                        first.take().map_or(Ok(()), |first| push(&mut lines, &first))?;
                        push(&mut lines, &object)?;
                        object.clear();
                    }
                }
            }
        }
    }
    if depth > 0 || !closed {
        return Err(refuse("it ends inside an object or list: it was cut short"));
    }
    match first.as_deref().map(by_column::read) {
        None => {}
        Some(Only::Lines(by_column)) => by_column.iter().try_for_each(|line| push(&mut lines, line))?,
        Some(Only::Nested) => {
            return Err(refuse(nested.unwrap_or(NESTED)));
        }
        Some(Only::Line) => push(&mut lines, first.as_deref().unwrap_or_default())?,
    }
    Ok(lines.finish())
}
