//! How a file of records is laid out in lines, from its first bytes.

use super::lines::is_blank;
use memchr::memchr_iter;

/// How lines end, and what stands around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// The byte that ends a line.
    pub(super) line_end: u8,
    /// Whether the lines are the items of one array.
    pub(super) array: bool,
    /// Where the first record's line begins: behind the bracket of an array that has a line of its own.
    pub(super) start: u64,
    /// Lines before it.
    pub(super) lines_before: u32,
    /// Whether a record stands in every second line only, the first of two being no part of the data.
    pub(super) every_second: bool,
}

impl Default for Form {
    fn default() -> Self {
        Self { line_end: b'\n', array: false, start: 0, lines_before: 0, every_second: false }
    }
}

impl Form {
    /// How many lines a record takes, itself in the last of them.
    pub(super) fn lines_a_record(self) -> u32 {
        if self.every_second { 2 } else { 1 }
    }

    /// How many records begin in the first `lines` lines.
    pub(super) fn records(self, lines: u32) -> u32 {
        lines / self.lines_a_record()
    }

    /// The first line of record `record`, and of what belongs to it.
    pub(super) fn line(self, record: u32) -> u32 {
        record.saturating_mul(self.lines_a_record())
    }

    /// Whether this line, counted from 1, is passed over.
    pub(super) fn passes(self, number: u64) -> bool {
        !number.is_multiple_of(self.lines_a_record().into())
    }

    /// The form of a file that begins with `head` and was found to be one of records.
    pub(super) fn of(head: &[u8]) -> Self {
        let line_end = if ends_in_returns(head) { b'\r' } else { b'\n' };
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let opening = text.iter().take_while(|byte| is_blank(**byte)).count();
        let Some([b'[', inside @ ..]) = text.get(opening..) else {
            return Self { line_end, ..Self::default() };
        };
        let blanks = inside.iter().take_while(|byte| is_blank(**byte)).count();
        if inside.get(blanks) != Some(&b'{') {
            return Self { line_end, ..Self::default() };
        }
        let before = head.len() - inside.len() + blanks;
        let before = head.get(..before).unwrap_or_default();
        let start = before.iter().rposition(|&byte| byte == line_end).map_or(0, |end| end + 1);
        let lines_before = memchr_iter(line_end, before).count() as u32;
        Self { line_end, array: true, start: start as u64, lines_before, every_second: false }
    }
}

/// Whether carriage returns alone end the lines: before the first line feed one stands between two records.
fn ends_in_returns(head: &[u8]) -> bool {
    let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    memchr_iter(b'\r', line).any(|at| {
        let (before, behind) = line.split_at(at);
        let last = before.iter().rfind(|byte| !is_blank(**byte));
        let next = behind.iter().find(|byte| !is_blank(**byte) && **byte != 0x1e);
        matches!(last, Some(b'}' | b',' | b'[')) && next == Some(&b'{')
    })
}
