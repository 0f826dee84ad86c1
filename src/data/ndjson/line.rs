//! One line → the scalars of its top-level object, without keeping what is nested.

use super::flaw::Flaw;
use super::inner;
use super::plain;
use super::value::{Cursor, Tolerated};
use crate::data::columns::{BatchBuilder, Scalar};

/// The values of one record, by column of the batch; kept between lines so that lines cost no allocation.
#[derive(Debug, Default)]
pub(super) struct Record<'b> {
    pub(super) values: Vec<(usize, Scalar<'b>)>,
    /// For each column the number of the line that set it last, and where in `values`.
    set_by: Vec<(u64, usize)>,
    line: u64,
    /// Columns of objects in this line with a column each of what they hold.
    inner: Vec<(usize, usize)>,
    /// What of this line is no JSON, and was taken all the same.
    pub(super) tolerated: Tolerated,
}

/// Reads one line into `record`; what is wrong with it otherwise.
pub(super) fn parse<'b>(line: &'b [u8], builder: &mut BatchBuilder, record: &mut Record<'b>) -> Result<(), Flaw> {
    record.begin();
    let mark = builder.mark();
    if plain::parse(line, builder, record).is_some() {
        return Ok(());
    }
    builder.undo(mark);
    record.begin();
    let read = read(line, builder, record);
    if read.is_err() {
        builder.undo(mark);
        record.begin();
    }
    read
}

fn read<'b>(line: &'b [u8], builder: &mut BatchBuilder, record: &mut Record<'b>) -> Result<(), Flaw> {
    let mut cursor = Cursor::new(line, 0);
    match cursor.pass_blanks() {
        Some(b'{') => _ = cursor.pass(b'{'),
        Some(b'[') => return Err(Flaw::Array),
        _ => return Err(Flaw::NoObject),
    }
    cursor.pass_blanks();
    let mut more = !cursor.pass(b'}');
    while more {
        cursor.open_key()?;
        let slot = builder.slot(&cursor.text(&mut record.tolerated)?);
        cursor.pass_colon()?;
        match slot {
            Some(slot) => inner::value(&mut cursor, slot, builder, record)?,
            None => cursor.pass_value()?,
        }
        more = cursor.more(b'}')?;
    }
    if cursor.pass_blanks().is_none() { Ok(()) } else { Err(behind(cursor)) }
}

/// What is wrong with something behind a record.
fn behind(mut cursor: Cursor<'_>) -> Flaw {
    let place = cursor.at();
    let (mut objects, mut commas) = (1, false);
    while let Some(byte) = cursor.pass_blanks() {
        match byte {
            b',' => {
                commas = true;
                cursor.pass(b',');
            }
            // The record separator of RFC 7464.
            0x1e => _ = cursor.pass(0x1e),
            0xef if cursor.rest().starts_with(b"\xef\xbb\xbf") => cursor.at += 3,
            b'{' if cursor.pass_value().is_ok() => objects += 1,
            _ => return Flaw::at(place, "something follows the record"),
        }
    }
    if objects > 1 { Flaw::Several(objects, commas) } else { Flaw::at(place, "something follows the record") }
}

/// How many items the array of this key has; `None` where the line has no such array.
pub fn count_items(line: &[u8], key: &str) -> Option<usize> {
    let (mut cursor, mut tolerated) = (Cursor::new(line, 0), Tolerated::default());
    cursor.pass_blanks();
    let mut more = cursor.pass(b'{');
    while more {
        cursor.open_key().ok()?;
        let found = cursor.text(&mut tolerated).ok()? == key;
        cursor.pass_colon().ok()?;
        cursor.pass_blanks();
        if !found || !cursor.pass(b'[') {
            cursor.pass_value().ok()?;
            more = cursor.more(b'}').ok()?;
            continue;
        }
        cursor.pass_blanks();
        if cursor.pass(b']') {
            return Some(0);
        }
        let mut items = 1;
        cursor.pass_value().ok()?;
        while cursor.more(b']').ok()? {
            cursor.pass_value().ok()?;
            items += 1;
        }
        return Some(items);
    }
    None
}

impl<'b> Record<'b> {
    fn begin(&mut self) {
        self.values.clear();
        self.inner.clear();
        self.tolerated = Tolerated::default();
        self.line += 1;
    }

    /// Sets a column's value; of a key that occurs twice the last value counts, and nothing is left of an object there.
    pub(super) fn set(&mut self, slot: usize, value: Scalar<'b>) {
        if self.put(slot, value) && self.inner.iter().any(|(outer, _)| *outer == slot) {
            let mut inner = std::mem::take(&mut self.inner);
            for (_, slot) in inner.extract_if(.., |(outer, _)| *outer == slot) {
                self.put(slot, Scalar::Spread);
            }
            self.inner = inner;
        }
    }

    /// Sets the value of a key of the object in column `outer`.
    pub(super) fn set_inner(&mut self, outer: usize, slot: usize, value: Scalar<'b>) {
        self.put(slot, value);
        self.inner.push((outer, slot));
    }

    /// Sets a column's value; whether it had one in this line.
    fn put(&mut self, slot: usize, value: Scalar<'b>) -> bool {
        if self.set_by.len() <= slot {
            self.set_by.resize(slot + 1, (0, 0));
        }
        let Some(set_by) = self.set_by.get_mut(slot) else {
            return false;
        };
        let known = set_by.0 == self.line;
        if known {
            self.tolerated.repeated.get_or_insert(slot);
            if let Some(entry) = self.values.get_mut(set_by.1) {
                entry.1 = value;
            }
        } else {
            *set_by = (self.line, self.values.len());
            self.values.push((slot, value));
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::count_items;

    #[test]
    fn strokes_are_counted_without_reading_them() {
        assert_eq!(count_items(br#"{"word":"octopus","drawing":[[[1,2],[3,4]],[[5],[6]]]}"#, "drawing"), Some(2));
        assert_eq!(count_items(br#"{ "word": "\ud83d", "drawing": [ ] }"#, "drawing"), Some(0));
        for none in [&br#"{"word":"octopus"}"#[..], br#"{"drawing":{"a":[1]}}"#, b"{}", b"no json", b"{\"drawing\":[1,"]
        {
            assert_eq!(count_items(none, "drawing"), None);
        }
    }
}
