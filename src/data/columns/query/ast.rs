//! What a condition says, before it meets columns.

use super::token::{Kind, Token, unquoted};

/// How a name or a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Without marks.
    Word,
    /// In quotation marks.
    Text,
    /// In backticks: always a column.
    Name,
}

/// A name or a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) text: String,
    pub(super) form: Form,
    /// Nothing stands before it in its comparison: in quotation marks it is a column.
    pub(super) first: bool,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Term {
    pub(super) fn new(token: &Token<'_>, first: bool) -> Option<Self> {
        let (text, form) = match token.kind {
            Kind::Word(word) => (word.to_owned(), Form::Word),
            Kind::Text { raw, mark: '`' } => (unquoted(raw, '`'), Form::Name),
            Kind::Text { raw, mark } => (unquoted(raw, mark), Form::Text),
            Kind::Sign(_) => return None,
        };
        Some(Self { text, form, first, start: token.start, end: token.end })
    }

    /// Whether it is this word, in any case.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.form == Form::Word && self.text.eq_ignore_ascii_case(word)
    }
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

impl Op {
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
        }
    }

    /// The same with its sides exchanged.
    pub(super) fn flipped(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessEqual => Self::GreaterEqual,
            Self::Greater => Self::Less,
            Self::GreaterEqual => Self::LessEqual,
            same => same,
        }
    }

    /// Whether it asks which of two comes first.
    pub(super) fn is_order(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }

    pub(super) fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::LessEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterEqual => ordering.is_ge(),
        }
    }
}

/// How a text is looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// A regular expression matches somewhere.
    Matches,
    /// A text occurs in it, in any case.
    Contains,
    /// It is a list, and this is one of its items.
    Has,
}

impl How {
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Matches => "~",
            Self::Contains => "contains",
            Self::Has => "has",
        }
    }
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expr {
    All(Vec<Expr>),
    Any(Vec<Expr>),
    Not(Box<Expr>),
    /// A flag by itself.
    Flag(Term),
    Compare {
        left: Term,
        op: Op,
        right: Term,
    },
    In {
        left: Term,
        list: Vec<Term>,
    },
    Look {
        left: Term,
        how: How,
        pattern: Term,
    },
    Missing(Term),
}

impl Expr {
    /// Whether a name or a value in it is spelt so.
    pub(super) fn mentions(&self, text: &str) -> bool {
        let is = |term: &Term| term.text == text;
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(|part| part.mentions(text)),
            Self::Not(inner) => inner.mentions(text),
            Self::Flag(term) | Self::Missing(term) => is(term),
            Self::Compare { left, right, .. } => is(left) || is(right),
            Self::In { left, list } => is(left) || list.iter().any(is),
            Self::Look { left, pattern, .. } => is(left) || is(pattern),
        }
    }

    /// How many tests are made for a row.
    pub(super) fn tests(&self) -> usize {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::tests).sum(),
            Self::Not(inner) => inner.tests(),
            _ => 1,
        }
    }

    /// One of several, or the one that there is.
    pub(super) fn of(mut parts: Vec<Self>, join: fn(Vec<Self>) -> Self) -> Self {
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            last => {
                parts.extend(last);
                join(parts)
            }
        }
    }
}
