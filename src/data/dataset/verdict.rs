//! What the reading of a record file says about the join, in sentences for the report.

use std::ops::Range;
use std::path::Path;

use super::names;
use crate::data::ndjson::{RecordsSummary, Taken};
use crate::data::report::LoadReport;
use crate::words::{nfc, shown_text};

/// Records and drawings that differ in number. Nothing is shifted: line i stays row i. Whether they agree, as far as was read.
pub(super) fn on_counts(
    rows: u32,
    wanted: &Range<u32>,
    summary: &RecordsSummary,
    path: &Path,
    report: &mut LoadReport,
) -> bool {
    let records = summary.lines;
    let both = format!("{} for {}", counted(records, "record"), counted(rows, "drawing"));
    if records < wanted.end {
        let last = last(wanted.end - records.max(wanted.start));
        let why = if records == 1 {
            "if it holds the records of all, write each on a line of its own (jq -c '.KEY[]' FILE > FILE.ndjson; in pandas \
             to_json(FILE, orient=\"records\", lines=True))"
        } else {
            "where one is missing further in front, rows behind it are shifted: check that the last records fit their drawings"
        };
        let text = format!("{both}: nothing is known of {last}; {why}");
        report.warn(text, Some(path));
        return false;
    }
    if wanted.end == rows && records > rows {
        let spare = records - rows;
        let text = format!(
            "{both}: {} {} ignored; where one too many stands further in front, rows behind it are shifted: check that the \
             last drawings fit their records",
            last(spare),
            if spare == 1 { "is" } else { "are" }
        );
        report.warn(text, Some(path));
        return false;
    }
    true
}

/// Lines that could not be read, or not as a whole.
pub(super) fn on_lines(summary: &RecordsSummary, path: &Path, report: &mut LoadReport) {
    let mut odd = Vec::new();
    for (count, what) in [
        (u64::from(summary.bad), "could not be read"),
        (u64::from(summary.blank), "blank"),
        (u64::from(summary.clipped), "cut (a very long text)"),
        (summary.dropped, "left out (too many keys, or too long ones)"),
        (u64::from(summary.taken.replaced), "with something shown as U+FFFD"),
        (u64::from(summary.taken.not_numbers), "with NaN or infinity (read as missing)"),
        (u64::from(summary.taken.controls), "with a raw control character"),
        (u64::from(summary.taken.repeated), "with a key twice"),
    ] {
        if count > 0 {
            odd.push(format!("{count} {what}"));
        }
    }
    let Taken { beside, beside_lines, .. } = summary.taken;
    if !beside.is_empty() {
        let lines = counted(beside_lines, "line");
        report.info(format!("left out beside the records in {lines}: {}", beside.in_words()), Some(path));
    }
    if odd.is_empty() {
        return;
    }
    let shown: Vec<String> = summary.first_bad.iter().map(|odd| format!("line {} {}", odd.line, odd.what)).collect();
    report.warn(format!("odd records, {}: {}", odd.join(", "), shown.join("; ")), Some(path));
}

/// Words that are not what the file's name says: a mere difference where the records are as many as the drawings (`agree`) and no
/// other file seems to be meant; `partner` gives that for a word.
pub(super) fn on_words(
    category: &str,
    summary: &RecordsSummary,
    agree: bool,
    partner: &mut dyn FnMut(&str) -> Option<String>,
    path: &Path,
    report: &mut LoadReport,
) {
    let Some((word, _)) = summary.words.first() else {
        return;
    };
    if summary.words.len() > 1 {
        let more = if summary.more_words { "more than " } else { "" };
        report.info(format!("the records hold {more}{} different words", summary.words.len()), Some(path));
    } else if nfc(word) != nfc(category) {
        let text = format!("the records say \"{}\", the file's name says \"{category}\"", shown_text(word, 40));
        if names::means(category, word) {
            report.info(text, Some(path));
        } else if let Some(partner) = partner(word) {
            report.warn(format!("{text}; {partner}"), Some(path));
        } else if agree {
            report.info(text, Some(path));
        } else {
            report.warn(text, Some(path));
        }
    }
}

/// "the last one", "the last 7".
fn last(number: u32) -> String {
    if number == 1 { "the last one".to_owned() } else { format!("the last {number}") }
}

fn counted(number: u32, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
