//! A condition as a list of conditions that `and` joins: what a click adds to what was typed, and takes out of it again.

use super::{Condition, parse};

/// The conditions that `and` joins, as they are typed; one where nothing is joined so, none where there is nothing.
pub fn clauses(condition: &str) -> Vec<&str> {
    let whole = condition.trim();
    if whole.is_empty() {
        return Vec::new();
    }
    let Some(parts) = parse::parts(condition) else { return vec![whole] };
    parts.into_iter().filter_map(|(_, bytes)| condition.get(bytes)).collect()
}

/// Conditions joined by `and`.
pub fn all_of(clauses: &[&str]) -> String {
    if let [only] = clauses {
        return bare(only).to_owned();
    }
    clauses.iter().map(|clause| one_of_many(clause)).collect::<Vec<_>>().join(" and ")
}

/// A condition that can stand beside others that `and` joins to it.
pub(super) fn one_of_many(condition: &str) -> String {
    let condition = condition.trim();
    if parse::parts(condition).is_some() { condition.to_owned() } else { format!("({condition})") }
}

/// A condition without the parentheses around all of it.
pub fn bare(condition: &str) -> &str {
    let condition = condition.trim();
    let inside = condition.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    // Of two in parentheses each, what lies between the first and the last is no condition.
    inside.filter(|inside| inside.parse::<Condition>().is_ok()).map_or(condition, str::trim)
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
