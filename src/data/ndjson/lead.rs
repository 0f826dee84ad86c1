//! What stands in front of the records though it is none of them: a heading, a comment, an object that describes the file, the
//! actions of an Elasticsearch bulk file. It is left out where the number of drawings confirms it: else every record
//! would belong to the drawing before its own.

use super::beside;
use super::error::RecordError;
use super::file::RecordFile;
use super::sniff::SNIFFED;
use super::value::{Cursor, Tolerated};
use crate::data::Cancel;
use crate::words::shown_text;
use memchr::memchr_iter;
use std::collections::HashSet;

/// Characters of a line that are shown.
const SHOWN: usize = 60;
/// Lines that are looked at.
const LOOKED_AT: usize = 50;
/// The most lines that stand before records.
const MOST: u32 = 20;
/// What an action of a bulk file that is followed by a document begins with.
const ACTIONS: [&str; 2] = ["index", "create"];

/// A line at the beginning of a file.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a [u8],
    /// Where the next one begins, from the first line on.
    end: usize,
}

/// What the first lines look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    /// Some lines that are no records, and then records.
    Lines,
    /// Every second line is a record.
    Bulk,
}

impl RecordFile {
    /// Leaves out what stands before the records, or between them, if there are `rows` records without it; what that was, in
    /// words. A file that begins with a record as others is not read further than that.
    pub fn leave_out_lead(&mut self, rows: u32, cancel: &Cancel) -> Result<Option<String>, RecordError> {
        let mut head = vec![0; SNIFFED];
        let read = self.read_at(&mut head, self.form.start)?;
        head.truncate(read);
        let lines = self.first_lines(&head);
        let Some(lead) = lead(&lines) else { return Ok(None) };
        let counted = self.count(cancel)?;
        let spare = counted.saturating_sub(rows);
        match lead {
            Lead::Bulk if u64::from(counted) == 2 * u64::from(rows) => {
                self.form.every_second = true;
                Ok(Some(format!(
                    "every second line is an action of an Elasticsearch bulk file and left out, as there are {counted} lines for \
                     {rows} drawings; the first is line 1: {}",
                    lines.first().map(Line::shown).unwrap_or_default()
                )))
            }
            Lead::Lines if (1..=MOST).contains(&spare) && stand_apart(&lines, spare as usize) => {
                let count = spare as usize;
                let (first, last) = (self.form.lines_before + 1, self.form.lines_before + count as u32);
                let left_out = lines.get(..count).unwrap_or_default();
                self.form.start += left_out.last().map_or(0, |line| line.end as u64);
                self.form.lines_before = last;
                let which = if first == last {
                    format!("line {first} is no record and is")
                } else {
                    format!("lines {first} to {last} are no records and are")
                };
                let text = left_out.first().map(Line::shown).unwrap_or_default();
                Ok(Some(format!(
                    "{which} left out: without, there is one record a drawing, and line {} belongs to row 0: {text}",
                    last + 1
                )))
            }
            _ => Ok(None),
        }
    }

    /// The whole lines at the beginning, up to the last that is not blank.
    fn first_lines<'a>(&self, head: &'a [u8]) -> Vec<Line<'a>> {
        let is_all = self.form.start + head.len() as u64 == self.bytes();
        let ends = memchr_iter(self.form.line_end, head).chain((is_all && !head.is_empty()).then_some(head.len()));
        let mut start = 0;
        let mut lines = Vec::new();
        for end in ends.take(LOOKED_AT) {
            let line = head.get(start..end).unwrap_or_default();
            let (text, ..) = beside::trim(line, start == 0, self.form);
            if start < head.len() {
                lines.push(Line { text, end: end + 1 });
            }
            start = end + 1;
        }
        let filled = lines.iter().rposition(|line| !line.text.is_empty()).map_or(0, |last| last + 1);
        lines.truncate(filled);
        lines
    }
}

impl Line<'_> {
    /// As it may be shown.
    fn shown(&self) -> String {
        let text = String::from_utf8_lossy(self.text);
        if self.text.is_empty() { "(blank)".to_owned() } else { format!("`{}`", shown_text(&text, SHOWN)) }
    }

    /// The keys of its object, without a look at their values; `None` where it is none.
    fn keys(&self) -> Option<HashSet<String>> {
        let (mut cursor, mut tolerated) = (Cursor::new(self.text, 0), Tolerated::default());
        let mut keys = HashSet::new();
        cursor.pass(b'{').then_some(())?;
        cursor.pass_blanks();
        let mut more = !cursor.pass(b'}');
        while more {
            cursor.open_key().ok()?;
            keys.insert(cursor.text(&mut tolerated).ok()?.into_owned());
            cursor.pass_colon().ok()?;
            cursor.pass_value().ok()?;
            more = cursor.more(b'}').ok()?;
        }
        cursor.pass_blanks().is_none().then_some(keys)
    }

    fn is_action(&self) -> bool {
        self.keys().is_some_and(|keys| keys.len() == 1 && ACTIONS.iter().any(|action| keys.contains(*action)))
    }
}

/// What the first lines may be besides records. Few files have any: of most only the first line and the last are parsed.
fn lead(lines: &[Line<'_>]) -> Option<Lead> {
    let (first, others) = lines.split_first()?;
    let alternate = || {
        lines.chunks(2).all(|pair| match pair {
            [action, document] => action.is_action() && document.text.starts_with(b"{") && !document.is_action(),
            others => others.iter().all(Line::is_action),
        })
    };
    // A heading of this form before a single record looks the same: there are two lines for one drawing in both.
    if !others.is_empty() && first.is_action() && alternate() {
        return Some(Lead::Bulk);
    }
    // Where several lines stand apart from the rest, the first does so from the last record.
    let last = others.iter().rfind(|line| line.keys().is_some_and(|keys| !keys.is_empty()))?;
    stand_apart(&[*first, *last], 1).then_some(Lead::Lines)
}

/// Whether the first `count` lines are no records, or objects that share no key with the others. What begins like an object and
/// is none is a damaged record, and an object without keys says nothing.
fn stand_apart(lines: &[Line<'_>], count: usize) -> bool {
    let Some((before, others)) = lines.split_at_checked(count) else { return false };
    let known: HashSet<String> = others.iter().filter_map(Line::keys).flatten().collect();
    let apart = |line: &Line<'_>| match line.keys() {
        Some(keys) => !keys.is_empty() && keys.is_disjoint(&known),
        None => !line.text.starts_with(b"{"),
    };
    before.iter().all(apart) && !known.is_empty()
}
