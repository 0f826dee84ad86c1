//! The grammar of conditions, over tokens:
//!
//! ```text
//! any     = all { "or" all }
//! all     = not { "and" not }
//! not     = { "not" } ( "(" any ")" | test )
//! test    = operand [ sign value { sign value }
//!                   | [ "not" ] ( "in" list | "between" value "and" value | ( "contains" | "has" ) text )
//!                   | ( "~" | "!~" ) text
//!                   | "is" [ "not" ] "missing" ]
//! ```
//!
//! Only parentheses make it call itself, and how many may stand in one another was checked before.

use super::ast::{Expr, Form, How, Op, Term};
use super::error::ConditionError;
use super::expect::{Expect, Trace};
use super::token::{Kind, Sign, Token, tokens};
use super::{MAX_TESTS, expect};
use std::ops::Range;
use winnow::Parser;
use winnow::combinator::{alt, delimited, opt, preceded, repeat, separated, terminated};
use winnow::error::EmptyError;
use winnow::stream::Stateful;

/// Tokens that are left, and what was looked for among them.
type Input<'t> = Stateful<&'t [Token<'t>], &'t Trace<'t>>;
type Parsed<T> = Result<T, EmptyError>;

pub(super) const AND: &[&str] = &["and", "&&", "&"];
pub(super) const OR: &[&str] = &["or", "||", "|"];
const NOT: &[&str] = &["not"];

/// Whether a bare word is never a name or a value.
pub(super) fn is_reserved(word: &str) -> bool {
    [AND, OR, NOT].iter().any(|words| is_one_of(word, words))
}

pub(super) fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|other| word.eq_ignore_ascii_case(other))
}

/// What a condition says.
pub(super) fn parse(text: &str) -> Result<Expr, ConditionError> {
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return Err(ConditionError::Empty);
    }
    let trace = Trace::default();
    let expr = run(&tokens, &trace).ok_or_else(|| expect::error(text, &tokens, &trace))?;
    let tests = expr.tests();
    if tests > MAX_TESTS { Err(ConditionError::TooMany { tests }) } else { Ok(expr) }
}

/// What the tokens say if they are a condition; the trace has what was looked for at the farthest of them.
pub(super) fn run<'t>(tokens: &'t [Token<'t>], trace: &'t Trace<'t>) -> Option<Expr> {
    terminated(any_of, end).parse_next(&mut Input { input: tokens, state: trace }).ok()
}

/// The parts that a condition joins by `and`, each with its bytes; `None` where `or` joins them.
pub(super) fn parts(text: &str) -> Option<Vec<(Expr, Range<usize>)>> {
    let (tokens, trace) = (tokens(text).ok()?, Trace::default());
    let parts = separated(1.., spanned, word(Expect::And, AND));
    terminated(parts, end).parse_next(&mut Input { input: &tokens, state: &trace }).ok()
}

fn spanned(input: &mut Input<'_>) -> Parsed<(Expr, Range<usize>)> {
    let before = input.input;
    let expr = negated(input)?;
    let own = before.get(..before.len() - input.input.len()).unwrap_or_default();
    Ok((expr, own.first().map_or(0, |token| token.start)..own.last().map_or(0, |token| token.end)))
}

fn end(input: &mut Input<'_>) -> Parsed<()> {
    if input.input.is_empty() {
        input.state.miss(0, Expect::End);
        return Ok(());
    }
    input.state.miss(input.input.len(), Expect::End);
    Err(EmptyError)
}

/// Takes the next token if it is the one that is looked for.
fn take<'t, T>(expect: Expect, pick: impl Fn(&Token<'t>) -> Option<T>) -> impl FnMut(&mut Input<'t>) -> Parsed<T> {
    move |input| {
        let taken = input.input.split_first().and_then(|(first, rest)| Some((pick(first)?, rest)));
        let Some((value, rest)) = taken else {
            input.state.miss(input.input.len(), expect);
            return Err(EmptyError);
        };
        input.input = rest;
        Ok(value)
    }
}

fn sign<'t>(expect: Expect, wanted: Sign) -> impl FnMut(&mut Input<'t>) -> Parsed<()> {
    take(expect, move |token| (token.kind == Kind::Sign(wanted)).then_some(()))
}

fn word<'t>(expect: Expect, words: &'static [&'static str]) -> impl FnMut(&mut Input<'t>) -> Parsed<()> {
    take(expect, move |token| match token.kind {
        Kind::Word(word) if is_one_of(word, words) => Some(()),
        _ => None,
    })
}

fn any_of(input: &mut Input<'_>) -> Parsed<Expr> {
    let parts = separated(1.., all_of, word(Expect::Or, OR));
    parts.map(|parts: Vec<Expr>| Expr::of(parts, Expr::Any)).parse_next(input)
}

fn all_of(input: &mut Input<'_>) -> Parsed<Expr> {
    let parts = separated(1.., negated, word(Expect::And, AND));
    parts.map(|parts: Vec<Expr>| Expr::of(parts, Expr::All)).parse_next(input)
}

fn negated(input: &mut Input<'_>) -> Parsed<Expr> {
    let not = alt((word(Expect::Not, NOT), sign(Expect::Not, Sign::Not)));
    let nots: usize = repeat(0.., not).parse_next(input)?;
    let group = delimited(sign(Expect::Open, Sign::Open), any_of, sign(Expect::Close, Sign::Close));
    let inner = alt((group, test)).parse_next(input)?;
    Ok(if nots % 2 == 1 { Expr::Not(Box::new(inner)) } else { inner })
}

fn test<'t>(input: &mut Input<'t>) -> Parsed<Expr> {
    let (token, left) = take(Expect::Column, |token| operand(token, true)).parse_next(input)?;
    input.state.left.set(Some(token));
    let tests = alt((
        |input: &mut Input<'t>| comparisons(input, &left),
        |input: &mut Input<'t>| matched(input, &left),
        |input: &mut Input<'t>| worded(input, &left),
        |input: &mut Input<'t>| missing(input, &left),
    ));
    let test = opt(tests).parse_next(input)?;
    Ok(test.unwrap_or(Expr::Flag(left)))
}

fn operand<'t>(token: &Token<'t>, first: bool) -> Option<(Token<'t>, Term)> {
    let is_term = !matches!(token.kind, Kind::Word(word) if is_reserved(word));
    Some((*token, Term::new(token, first).filter(|_| is_term)?))
}

/// A value or a column behind a sign.
fn value(input: &mut Input<'_>) -> Parsed<Term> {
    take(Expect::Value, |token| Some(operand(token, false)?.1)).parse_next(input)
}

/// A value, which no column can stand for.
fn literal(input: &mut Input<'_>) -> Parsed<Term> {
    let pick = |token: &Token<'_>| Some(operand(token, false)?.1).filter(|term| term.form != Form::Name);
    take(Expect::Literal, pick).parse_next(input)
}

/// `a < b <= c`: each beside the next.
fn comparisons(input: &mut Input<'_>, first: &Term) -> Parsed<Expr> {
    let mut left = first.clone();
    let mut parts = Vec::new();
    loop {
        let expect = if parts.is_empty() { Expect::Operator } else { Expect::More };
        let op = opt(take(expect, op)).parse_next(input)?;
        let Some(op) = op else { break };
        let right = value(input)?;
        parts.push(Expr::Compare { left, op, right: right.clone() });
        left = right;
    }
    if parts.is_empty() { Err(EmptyError) } else { Ok(Expr::of(parts, Expr::All)) }
}

fn op(token: &Token<'_>) -> Option<Op> {
    match token.kind {
        Kind::Sign(Sign::Equal) => Some(Op::Equal),
        Kind::Sign(Sign::NotEqual) => Some(Op::NotEqual),
        Kind::Sign(Sign::Less) => Some(Op::Less),
        Kind::Sign(Sign::LessEqual) => Some(Op::LessEqual),
        Kind::Sign(Sign::Greater) => Some(Op::Greater),
        Kind::Sign(Sign::GreaterEqual) => Some(Op::GreaterEqual),
        _ => None,
    }
}

/// `a ~ "pattern"`, `a !~ "pattern"`.
fn matched(input: &mut Input<'_>, left: &Term) -> Parsed<Expr> {
    let like = sign(Expect::Operator, Sign::Like).map(|()| false);
    let unlike = sign(Expect::Operator, Sign::Unlike).map(|()| true);
    let not = alt((like, unlike)).parse_next(input)?;
    let pattern = literal(input)?;
    Ok(not_if(not, Expr::Look { left: left.clone(), how: How::Matches, pattern }))
}

/// `a in (1, 2)`, `a between 1 and 2`, `a contains "b"`, `a has "b"`, and `not` before any of these.
fn worded(input: &mut Input<'_>, left: &Term) -> Parsed<Expr> {
    let not = opt(word(Expect::Operator, NOT)).parse_next(input)?.is_some();
    let expect = if not { Expect::Negatable } else { Expect::Operator };
    let look = |how: How, pattern: Term| Expr::Look { left: left.clone(), how, pattern };
    let inside = alt((
        preceded(word(expect, &["in"]), list).map(|list| Expr::In { left: left.clone(), list }),
        preceded(word(expect, &["between"]), (value, word(Expect::Between, AND), value))
            .map(|(low, (), high)| between(left, low, high)),
        preceded(word(expect, &["contains"]), literal).map(|text| look(How::Contains, text)),
        preceded(word(expect, &["has"]), literal).map(|text| look(How::Has, text)),
    ))
    .parse_next(input)?;
    Ok(not_if(not, inside))
}

fn between(left: &Term, low: Term, high: Term) -> Expr {
    let compare = |op, right| Expr::Compare { left: left.clone(), op, right };
    Expr::All(vec![compare(Op::GreaterEqual, low), compare(Op::LessEqual, high)])
}

fn list(input: &mut Input<'_>) -> Parsed<Vec<Term>> {
    let items = separated(1.., literal, sign(Expect::Comma, Sign::Comma));
    // A comma behind the last is no fault.
    let items = terminated(items, opt(sign(Expect::Comma, Sign::Comma)));
    delimited(sign(Expect::List, Sign::Open), items, sign(Expect::Close, Sign::Close)).parse_next(input)
}

/// `a is missing`, `a is not null`.
fn missing(input: &mut Input<'_>, left: &Term) -> Parsed<Expr> {
    word(Expect::Operator, &["is"]).parse_next(input)?;
    let not = opt(word(Expect::Missing, NOT)).parse_next(input)?.is_some();
    word(Expect::Missing, &["missing", "null"]).parse_next(input)?;
    Ok(not_if(not, Expr::Missing(left.clone())))
}

fn not_if(not: bool, inner: Expr) -> Expr {
    if not { Expr::Not(Box::new(inner)) } else { inner }
}
