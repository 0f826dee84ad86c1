//! Where a typed text leads: to a row by its number, or to rows whose id, name or other text it is. What is more than one thing is
//! offered as a list.

use super::dialog::Dialog;
use super::state::App;
use crate::data::Row;
use crate::data::columns::{Columns, Hits, Likeness};
use crate::words::{counted, shown_text, thousands};

/// Lines of the list at most.
const MOST_CHOICES: usize = 6;
/// Columns that are named where nothing was found.
const MOST_COLUMNS: usize = 4;
/// Letters of a text that are shown.
const SHOWN: usize = 40;

/// What the card for going somewhere holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Goto {
    /// The text that the rest answers.
    pub asked: String,
    /// Why it leads nowhere.
    pub error: Option<String>,
    /// Where it has led, and what Enter does next.
    pub note: Option<String>,
    /// What it may mean, where that is more than one thing.
    pub choices: Vec<Choice>,
    /// The rows that are gone through, and the place of the one on screen.
    through: Option<(Choice, usize)>,
}

/// One meaning of a typed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it is: a row, or a column with its value and row.
    pub label: String,
    /// Its rows, one at least.
    rows: Vec<u32>,
    /// How many rows it has; of very many not all are kept.
    count: u32,
}

impl Goto {
    /// What a text means in a set of `rows` drawings with these records; `reading` says that more of them will come. Answers with the
    /// row to go to, and whether that is all.
    pub fn ask(text: &str, rows: u32, columns: &Columns, reading: bool) -> (Self, Option<u32>) {
        let choices = choices(text, rows, columns);
        let mut goto = Self { asked: text.to_owned(), ..Self::default() };
        match choices.as_slice() {
            [] => {
                goto.error = Some(nothing(text, rows, columns, reading));
                (goto, None)
            }
            [_] => {
                goto.choices = choices;
                let row = goto.choose(0);
                (goto, row)
            }
            _ => {
                goto.choices = choices;
                (goto, None)
            }
        }
    }

    /// Takes one of the choices; its first row.
    pub fn choose(&mut self, at: usize) -> Option<u32> {
        let choice = self.choices.get(at)?.clone();
        self.choices.clear();
        let row = choice.rows.first().copied();
        self.through = Some((choice, 0));
        self.say();
        row
    }

    /// The next row of several, the first one behind the last.
    pub fn next(&mut self) -> Option<u32> {
        let (choice, at) = self.through.as_mut()?;
        *at = (*at + 1) % choice.rows.len().max(1);
        let row = choice.rows.get(*at).copied();
        self.say();
        row
    }

    /// Whether there are more rows to go through.
    pub fn has_more(&self) -> bool {
        self.through.as_ref().is_some_and(|(choice, _)| choice.rows.len() > 1)
    }

    fn say(&mut self) {
        self.note = self.through.as_ref().filter(|(choice, _)| choice.rows.len() > 1).map(|(choice, at)| {
            let row = choice.rows.get(*at).copied().unwrap_or_default();
            let (place, count) = (thousands(*at as u64 + 1), thousands(choice.count.into()));
            format!("{place} of {count}: row {}. Enter shows the next one, Esc closes.", thousands(row.into()))
        });
    }
}

impl App {
    /// Asks where a typed text leads, or goes on to the next of several rows.
    pub(super) fn submit_goto(&mut self, text: &str) {
        let Some(session) = &self.session else { return };
        if let Dialog::Goto(goto) = &self.dialog
            && goto.asked == text
            && goto.has_more()
        {
            self.with_goto(Goto::next);
            return;
        }
        let reading = session.is_reading_records();
        let (goto, row) = Goto::ask(text, session.scene.rows(), &session.columns, reading);
        self.dialog = Dialog::Goto(goto);
        if row.is_some() && reading {
            let known = thousands(session.columns.rows_loaded().into());
            self.tell(format!(
                "records are read up to row {known} so far: “{}” may be an id further on",
                shown_text(text, 40)
            ));
        }
        self.with_goto(|_| row);
    }

    /// Flies to the row that the card answers with, and closes the card unless it has more to show.
    pub(super) fn with_goto(&mut self, answer: impl FnOnce(&mut Goto) -> Option<u32>) {
        let Dialog::Goto(goto) = &mut self.dialog else { return };
        let rows = self.session.as_ref().map_or(0, |session| session.scene.rows());
        // The rows may be those of a set that was open before.
        let Some(row) = answer(goto).filter(|&row| row < rows) else { return };
        if !goto.has_more() {
            self.dialog = Dialog::None;
        }
        self.go_to(Row(row));
    }
}

/// The meanings of a text: the row of this number, then columns in their order.
fn choices(text: &str, rows: u32, columns: &Columns) -> Vec<Choice> {
    let row = typed_row(text, rows);
    let mut hits = columns.find(text, row.is_none());
    if hits.is_empty() && row.is_none() {
        // Digits in groups, as they are shown.
        hits = columns.find(&plain_digits(text), false);
    }
    let as_written = hits.iter().any(|hits| hits.likeness <= Likeness::Case);
    // 00042 is no way to write a row's number, where it is an id.
    let row = row.filter(|_| !(as_written && begins_with_zero(text)));
    let mut choices: Vec<Choice> = Vec::new();
    if let Some(row) = row {
        choices.push(Choice { label: format!("row {}", thousands(row.into())), rows: vec![row], count: 1 });
    }
    for hits in hits {
        // Whatever leads to the same drawings is the same thing.
        if choices.len() < MOST_CHOICES && choices.iter().all(|known| known.rows != hits.rows) {
            choices.push(choice(hits, text, columns));
        }
    }
    choices
}

fn choice(hits: Hits<'_>, text: &str, columns: &Columns) -> Choice {
    let first = hits.rows.first().copied().unwrap_or_default();
    let value = columns.get(hits.column).map(|column| column.text(Row(first))).unwrap_or_default();
    let column = shown_text(hits.column, SHOWN);
    let row = thousands(first.into());
    let label = match (hits.count, hits.likeness) {
        (1, _) => format!("{column} {} (row {row})", shown_text(&value, SHOWN)),
        (count, Likeness::Beginning) => format!(
            "{column} that begins with {} ({}, the first is {row})",
            shown_text(text, SHOWN),
            counted(count.into(), "row", "rows")
        ),
        (count, _) => format!(
            "{column} {} ({}, the first is {row})",
            shown_text(&value, SHOWN),
            counted(count.into(), "row", "rows")
        ),
    };
    Choice { label, rows: hits.rows, count: hits.count }
}

/// What is said where nothing was found: what was looked through.
fn nothing(text: &str, rows: u32, columns: &Columns, reading: bool) -> String {
    let names: Vec<String> = columns.naming().map(|column| shown_text(column.name(), SHOWN)).collect();
    let last = thousands(u64::from(rows.saturating_sub(1)));
    let (known, more) = (names.iter().take(MOST_COLUMNS), names.len().saturating_sub(MOST_COLUMNS));
    let mut searched = known.cloned().collect::<Vec<_>>().join(", ");
    if more > 0 {
        searched += &format!(" and {}", counted(more as u64, "more column", "more columns"));
    }
    let mut said = if searched.is_empty() {
        format!(
            "There is no row \"{}\": rows go from 0 to {last}, and no record holds ids or names.",
            shown_text(text, SHOWN)
        )
    } else {
        format!(
            "There is no row, id or name \"{}\": rows go from 0 to {last}, ids and names were looked for in {searched}.",
            shown_text(text, SHOWN)
        )
    };
    if reading {
        said += &format!(" Records are read up to row {} so far.", thousands(columns.rows_loaded().into()));
    }
    said
}

/// The row of a typed number, which may be negative (from the end) and grouped.
fn typed_row(text: &str, rows: u32) -> Option<u32> {
    let number: i128 = plain_digits(text).parse().ok()?;
    let from_start = if number < 0 { number + i128::from(rows) } else { number };
    u32::try_from(from_start).ok().filter(|&row| row < rows)
}

/// A number without what groups its digits; other texts as they are.
fn plain_digits(text: &str) -> String {
    let text = text.trim().replace('−', "-");
    let grouped =
        text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | ',' | '_' | ' ' | '\u{a0}' | '\u{202f}'));
    if grouped { text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '-' | '+')).collect() } else { text }
}

fn begins_with_zero(text: &str) -> bool {
    text.trim().len() > 1 && text.trim().starts_with('0')
}

#[cfg(test)]
#[path = "goto/tests.rs"]
mod tests;
