//! A condition as a list of conditions that `and` joins: what a click adds to what was typed, and takes out of it again.

use super::parse::{AND, OR, is_one_of};
use super::token::{Kind, Sign, Token, tokens};

/// The word whose first `and` joins no conditions.
const BETWEEN: &[&str] = &["between"];

/// The conditions that `and` joins, as they are typed; one where nothing is joined so, none where there is nothing.
pub fn clauses(condition: &str) -> Vec<&str> {
    let whole = condition.trim();
    if whole.is_empty() {
        return Vec::new();
    }
    let Ok(tokens) = tokens(condition).map(outermost) else { return vec![whole] };
    if tokens.iter().any(|token| is_word(token, OR)) {
        return vec![whole];
    }
    let (mut parts, mut start, mut is_between) = (Vec::new(), 0, false);
    for token in &tokens {
        is_between |= is_word(token, BETWEEN);
        if is_word(token, AND) && !std::mem::take(&mut is_between) {
            parts.push(condition.get(start..token.start).unwrap_or_default().trim());
            start = token.end;
        }
    }
    parts.push(condition.get(start..).unwrap_or_default().trim());
    parts
}

/// Conditions joined by `and`.
pub fn all_of(clauses: &[&str]) -> String {
    if let [only] = clauses {
        return bare(only).to_owned();
    }
    let joins =
        |clause: &str| tokens(clause).map(outermost).is_ok_and(|all| all.iter().any(|token| is_word(token, OR)));
    let part = |clause: &&str| if joins(clause) { format!("({clause})") } else { (*clause).to_owned() };
    clauses.iter().map(part).collect::<Vec<_>>().join(" and ")
}

/// A condition without the parentheses around all of it.
pub fn bare(condition: &str) -> &str {
    let condition = condition.trim();
    let inside = || {
        let all = tokens(condition).ok()?;
        let is = |token: Option<&Token<'_>>, sign| token.is_some_and(|token| token.kind == Kind::Sign(sign));
        // What opens first is closed last where nothing else stands outside of it.
        let is_around = is(all.first(), Sign::Open) && is(all.last(), Sign::Close) && outermost(all).len() == 2;
        is_around.then(|| condition.get(1..condition.len() - 1)).flatten()
    };
    inside().map_or(condition, str::trim)
}

/// The tokens that no parentheses are around, and the parentheses themselves.
fn outermost(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let mut depth = 0_usize;
    let is_outside = |token: &Token<'_>| match token.kind {
        Kind::Sign(Sign::Open) => {
            depth += 1;
            depth == 1
        }
        Kind::Sign(Sign::Close) => {
            depth = depth.saturating_sub(1);
            depth == 0
        }
        _ => depth == 0,
    };
    tokens.into_iter().filter(is_outside).collect()
}

fn is_word(token: &Token<'_>, words: &[&str]) -> bool {
    matches!(token.kind, Kind::Word(word) if is_one_of(word, words))
}

#[cfg(test)]
mod tests {
    use super::{all_of, clauses};

    #[test]
    fn a_condition_is_parted_where_and_joins_all_of_it() {
        for (condition, parts) in [
            ("", &[][..]),
            ("  ", &[]),
            ("seen", &["seen"]),
            ("a = 1 and b = 2", &["a = 1", "b = 2"]),
            (" a = 1  AND not b && c & d", &["a = 1", "not b", "c", "d"]),
            ("a = 1 or b = 2 and c = 3", &["a = 1 or b = 2 and c = 3"]),
            ("(a = 1 or b = 2) and c = 3", &["(a = 1 or b = 2)", "c = 3"]),
            ("a = \"x and y\" and `b and c`", &["a = \"x and y\"", "`b and c`"]),
            ("n between 1 and 3 and m not between 2 and 4 and k", &["n between 1 and 3", "m not between 2 and 4", "k"]),
            ("w in (\"a\", \"b\") and not (a and b)", &["w in (\"a\", \"b\")", "not (a and b)"]),
            ("a = \"open", &["a = \"open"]),
        ] {
            assert_eq!(clauses(condition), parts, "{condition}");
            if condition.parse::<super::super::Condition>().is_ok() {
                for part in parts {
                    assert!(part.parse::<super::super::Condition>().is_ok(), "{part}");
                }
                let joined = all_of(parts);
                assert_eq!(clauses(&joined), parts, "{joined}");
            }
        }
    }

    #[test]
    fn what_is_joined_means_all_of_its_parts() {
        assert_eq!(all_of(&["a or b", "c"]), "(a or b) and c");
        assert_eq!(all_of(&["(a or b)", "c"]), "(a or b) and c");
        assert_eq!(all_of(&["(a or b)"]), "a or b");
        assert_eq!(all_of(&["(a) and (b)"]), "(a) and (b)");
        assert_eq!(all_of(&["not (a)"]), "not (a)");
    }
}
