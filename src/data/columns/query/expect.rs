//! What could stand at the farthest place that was reached in a condition: for messages and for completion.

use super::error::{ConditionError, Spot};
use super::token::{Kind, Sign, Token};
use crate::words::shown_text;
use std::cell::Cell;

/// Longest piece of a condition that a message repeats, in characters.
const SHOWN: usize = 40;

/// What was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expect {
    /// What a comparison begins with.
    Column,
    /// `not` before a comparison.
    Not,
    /// A parenthesis before comparisons.
    Open,
    /// What a column is compared with.
    Value,
    /// A value in a list, a text to look for.
    Literal,
    /// What follows a column.
    Operator,
    /// The next of a chain of comparisons.
    More,
    /// What follows `not` behind a column.
    Negatable,
    /// The parenthesis that begins a list.
    List,
    Comma,
    /// Behind `is`.
    Missing,
    /// The `and` of `between`.
    Between,
    And,
    Or,
    Close,
    End,
}

impl Expect {
    const ALL: [Self; 16] = [
        Self::Column,
        Self::Not,
        Self::Open,
        Self::Value,
        Self::Literal,
        Self::Operator,
        Self::More,
        Self::Negatable,
        Self::List,
        Self::Comma,
        Self::Missing,
        Self::Between,
        Self::And,
        Self::Or,
        Self::Close,
        Self::End,
    ];

    /// For people; `None` where others say enough.
    fn label(self) -> Option<&'static str> {
        match self {
            Self::Column => Some("a column"),
            Self::Value => Some("a value"),
            Self::Literal => Some("a value (no column)"),
            Self::Operator => Some(
                "an operator (`=`, `!=`, `<`, `<=`, `>`, `>=`, `~`, `in`, `between`, `contains`, `has`, `is missing`)",
            ),
            Self::Negatable => Some("`in`, `between`, `contains` or `has`"),
            Self::List => Some("a list in parentheses such as `(\"cat\", \"fish\")`"),
            Self::Comma => Some("a comma"),
            Self::Missing => Some("`missing` or `not missing`"),
            Self::Between => Some("`and` with the upper end"),
            Self::And => Some("`and`"),
            Self::Or => Some("`or`"),
            Self::Close => Some("`)`"),
            Self::Not | Self::Open | Self::More | Self::End => None,
        }
    }

    /// What can be typed there for it.
    pub(super) fn keywords(self) -> &'static [&'static str] {
        match self {
            Self::Not => &["not"],
            Self::Open | Self::List => &["("],
            Self::Operator => &[
                "=",
                "!=",
                "<",
                "<=",
                ">",
                ">=",
                "~",
                "in",
                "not in",
                "between",
                "contains",
                "has",
                "is missing",
                "is not missing",
            ],
            Self::Negatable => &["in", "between", "contains", "has"],
            Self::Missing => &["missing", "not missing"],
            Self::Between | Self::And => &["and"],
            Self::Or => &["or"],
            Self::Close => &[")"],
            Self::Comma => &[","],
            Self::Column | Self::Value | Self::Literal | Self::More | Self::End => &[],
        }
    }
}

/// The farthest place at which a token was missed, and which ones were missed there.
#[derive(Debug)]
pub(super) struct Trace<'t> {
    /// Tokens from that place on.
    rest: Cell<usize>,
    missed: Cell<u16>,
    /// The first operand of the comparison that is read.
    pub(super) left: Cell<Option<Token<'t>>>,
    /// The one of the comparison in which the place lies.
    subject: Cell<Option<Token<'t>>>,
}

impl Default for Trace<'_> {
    fn default() -> Self {
        Self { rest: Cell::new(usize::MAX), missed: Cell::new(0), left: Cell::default(), subject: Cell::default() }
    }
}

impl<'t> Trace<'t> {
    /// Notes that a token was missed where so many are left.
    pub(super) fn miss(&self, rest: usize, expect: Expect) {
        if rest > self.rest.get() {
            return;
        }
        if rest < self.rest.replace(rest) {
            self.missed.set(0);
        }
        self.missed.set(self.missed.get() | 1 << expect as u16);
        self.subject.set(self.left.get());
    }

    /// Whether the place is behind all tokens.
    pub(super) fn is_at_end(&self) -> bool {
        self.rest.get() == 0
    }

    /// What was missed there.
    pub(super) fn missed(&self) -> impl Iterator<Item = Expect> {
        let missed = self.missed.get();
        Expect::ALL.into_iter().filter(move |expect| missed & 1 << *expect as u16 != 0)
    }

    /// What the comparison begins with in which the place lies.
    pub(super) fn subject(&self) -> Option<Token<'t>> {
        self.subject.get()
    }
}

/// Why the tokens are no condition.
pub(super) fn error(text: &str, tokens: &[Token<'_>], trace: &Trace<'_>) -> ConditionError {
    let mut labels: Vec<&str> = trace.missed().filter_map(Expect::label).collect();
    let place = tokens.len().saturating_sub(trace.rest.get());
    if labels.is_empty() {
        labels.push("the end");
    }
    let last = labels.pop().unwrap_or_default();
    let expected = if labels.is_empty() { last.to_owned() } else { format!("{} or {last}", labels.join(", ")) };
    let Some(token) = tokens.get(place) else {
        let end = tokens.last().map_or(0, |token| token.end);
        return ConditionError::Unfinished { at: Spot::new(text, end..end), expected };
    };
    let bytes = token.start..token.end;
    let found = shown_text(text.get(bytes.clone()).unwrap_or_default(), SHOWN);
    let before = place.checked_sub(1).and_then(|before| tokens.get(before));
    let is_behind_a_value = trace.missed().any(|expect| expect == Expect::And);
    let hint = hint(before.filter(|_| is_behind_a_value), token).to_owned();
    ConditionError::Unexpected { at: Spot::new(text, bytes), found, expected, hint }
}

/// What may be meant by a token that does not fit, behind a name or a value.
fn hint(before: Option<&Token<'_>>, token: &Token<'_>) -> &'static str {
    let is_text = |token: &Token<'_>| !matches!(token.kind, Kind::Sign(_));
    let other_words = [
        ("like", "; parts of texts are found by `contains \"text\"` or `~ \"^pattern$\"`"),
        ("ilike", "; parts of texts are found by `contains \"text\"`"),
        ("matches", "; patterns are written as in `~ \"^46\"`"),
        ("startswith", "; a beginning is written as in `~ \"^46\"`"),
        ("endswith", "; an end is written as in `~ \"46$\"`"),
        ("isnull", "; it is written `is missing`"),
        ("xor", "; it is written `!=`"),
    ];
    if let Kind::Word(word) = token.kind
        && let Some((_, hint)) = other_words.iter().find(|(other, _)| word.eq_ignore_ascii_case(other))
    {
        return hint;
    }
    match token.kind {
        Kind::Sign(Sign::Comma) => "; only lists have commas, as in `word in (\"cat\", \"fish\")`",
        _ if is_text(token) && before.is_some_and(is_text) => {
            "; names and texts of several words stand in quotation marks"
        }
        _ => "",
    }
}
