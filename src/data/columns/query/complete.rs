//! What fits where one types in a condition: columns, values, words.

use super::ast::Term;
use super::bind::Binder;
use super::error::ConditionError;
use super::expect::{Expect, Trace};
use super::pair::Source;
use super::texts::holds;
use super::token::{Kind, Token, tokens, word};
use super::{in_backticks, name, parse, value};
use crate::data::columns::set::ROW;
use crate::data::columns::{Column, ColumnType, Columns};
use std::ops::Range;

/// Numbers of which more differ are not offered.
const FEW: usize = 1000;

/// What a candidate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CandidateKind {
    /// A column, or the row number.
    Column,
    /// A value of the column that is compared.
    Value,
    /// An operator or a word of the language.
    Keyword,
}

/// Something that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What it is.
    pub kind: CandidateKind,
    /// The text to insert, in marks where it needs them.
    pub text: String,
    /// Of a column its type, of a value how many rows have it; else empty.
    pub detail: String,
}

/// What fits at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that a candidate replaces: what is typed of it already.
    pub replaces: Range<usize>,
    /// The best ones first: columns in their order, values by how often they occur.
    pub candidates: Vec<Candidate>,
}

/// What is typed already of what comes next.
struct Begun<'t> {
    text: &'t str,
    /// The mark that it begins with.
    mark: Option<char>,
    bytes: Range<usize>,
}

/// What fits at a byte of a condition that is being typed: at most `most` columns, and as many values. None does where what stands before
/// makes no sense.
pub fn complete(condition: &str, cursor: usize, columns: &Columns, most: usize) -> Completion {
    let cursor = (0..=cursor.min(condition.len())).rev().find(|&at| condition.is_char_boundary(at)).unwrap_or(0);
    let (before, behind) = condition.split_at(cursor);
    let Some((tokens, begun)) = begun(before, behind) else { return Completion::default() };
    let trace = Trace::default();
    parse::run(&tokens, &trace);
    if !trace.is_at_end() && !tokens.is_empty() {
        return Completion::default();
    }
    let subject = trace.subject().and_then(|token| Term::new(&token, true)).and_then(|term| {
        let binder = Binder { columns, condition, notes: Vec::new() };
        binder.find(&term)
    });
    let mut candidates = Vec::new();
    for expect in trace.missed() {
        let (mut names, mut values) = (false, false);
        match expect {
            Expect::Column => names = true,
            Expect::Value => (names, values) = (begun.mark.is_none_or(|mark| mark == '`'), begun.mark != Some('`')),
            Expect::Literal => values = true,
            _ => {}
        }
        if values && let Some(Source::Column(column)) = subject {
            candidates.extend(values_of(column, begun.text, most));
        }
        if names {
            let alike = subject.filter(|_| expect == Expect::Value);
            candidates.extend(names_of(columns, &begun, alike, most));
        }
        let fits = |word: &&&str| begun.mark.is_none() && begins(word, begun.text);
        let keyword =
            |word: &&str| Candidate { kind: CandidateKind::Keyword, text: (*word).to_owned(), detail: String::new() };
        candidates.extend(expect.keywords().iter().filter(fits).map(keyword));
    }
    Completion { replaces: begun.bytes, candidates }
}

/// The tokens before the one that is being typed, and that one.
fn begun<'t>(before: &'t str, behind: &str) -> Option<(Vec<Token<'t>>, Begun<'t>)> {
    let end = before.len();
    match tokens(before) {
        Ok(mut tokens) => {
            let last = tokens.pop_if(|token| token.end == end && matches!(token.kind, Kind::Word(_)));
            let bytes = last.map_or(end..end, |token| token.start..end + word(behind).len());
            let text = last.map_or("", |token| before.get(token.start..).unwrap_or_default());
            Some((tokens, Begun { text, mark: None, bytes }))
        }
        Err(ConditionError::Unclosed(at)) => {
            let start = at.bytes.start;
            let mark = before.get(start..)?.chars().next()?;
            let text = before.get(start + mark.len_utf8()..)?;
            Some((tokens(before.get(..start)?).ok()?, Begun { text, mark: Some(mark), bytes: start..end }))
        }
        Err(_) => None,
    }
}

/// Whether a text begins so, in any case.
fn begins(text: &str, typed: &str) -> bool {
    text.to_lowercase().starts_with(&typed.to_lowercase())
}

/// Names that begin so, then those that have it inside; of columns that hold what `alike` does.
fn names_of(columns: &Columns, begun: &Begun<'_>, alike: Option<Source<'_>>, most: usize) -> Vec<Candidate> {
    let typed = begun.text.to_lowercase();
    let mut found: Vec<(bool, Candidate)> = Vec::new();
    let mut add = |column: &str, kind: &'static str| {
        let lower = column.to_lowercase();
        if lower.contains(&typed) {
            let is_value = matches!(alike, Some(Source::Column(other)) if holds(other, &|text| *text == *column));
            // Where quotation marks were typed first, they stay.
            let text = match begun.mark {
                Some('`') | None if is_value => in_backticks(column),
                Some('`') | None => name(column),
                Some(mark) => format!("{mark}{}{mark}", column.replace(mark, &String::from_iter([mark, mark]))),
            };
            let candidate = Candidate { kind: CandidateKind::Column, text, detail: kind.to_owned() };
            found.push((!lower.starts_with(&typed), candidate));
        }
    };
    for column in columns.iter() {
        let is_other = alike.is_none_or(|source| match source {
            Source::Column(other) => class(other) == class(column) && other.name() != column.name(),
            Source::Row => class(column) == ColumnType::Number,
        });
        if is_other {
            add(column.name(), column.kind().as_str());
        }
    }
    if alike.is_none() && columns.get(ROW).is_none() {
        add(ROW, "the number of the drawing");
    }
    found.sort_by_key(|(is_inside, _)| *is_inside);
    found.into_iter().map(|(_, candidate)| candidate).take(most).collect()
}

/// The type under which columns are compared with one another.
fn class(column: &Column) -> ColumnType {
    match column.kind() {
        ColumnType::Text => ColumnType::Category,
        ColumnType::Id => ColumnType::Number,
        kind => kind,
    }
}

/// Values that begin so, then those that have it inside, the most frequent first.
fn values_of(column: &Column, typed: &str, most: usize) -> Vec<Candidate> {
    let all = match column.kind() {
        ColumnType::Flag | ColumnType::Category => column.top(usize::MAX),
        ColumnType::Number if column.distinct() <= FEW => column.top(usize::MAX),
        _ => Vec::new(),
    };
    let is_text = column.kind() == ColumnType::Category;
    let lower = typed.to_lowercase();
    let (first, then): (Vec<_>, Vec<_>) = all
        .into_iter()
        .filter(|(text, _)| text.to_lowercase().contains(&lower))
        .partition(|(text, _)| begins(text, typed));
    let candidate = |(text, count): (String, u32)| Candidate {
        kind: CandidateKind::Value,
        text: if is_text { value(&text) } else { text },
        detail: crate::words::counted(count.into(), "row", "rows"),
    };
    first.into_iter().chain(then).take(most).map(candidate).collect()
}
