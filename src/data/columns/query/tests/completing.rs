//! What is offered while one types: `|` is where.

use super::{columns, records};
use crate::data::columns::query::{CandidateKind, complete};

/// The candidates of a kind, and the text that they replace.
fn offered(typed: &str, kind: CandidateKind) -> (Vec<String>, String) {
    let cursor = typed.find('|').unwrap();
    let text = typed.replacen('|', "", 1);
    let completion = complete(&text, cursor, &records(), 50);
    let texts = completion.candidates.into_iter().filter(|candidate| candidate.kind == kind);
    (texts.map(|candidate| candidate.text).collect(), text[completion.replaces].to_owned())
}

fn names(typed: &str) -> Vec<String> {
    offered(typed, CandidateKind::Column).0
}

fn values(typed: &str) -> Vec<String> {
    offered(typed, CandidateKind::Value).0
}

fn keywords(typed: &str) -> Vec<String> {
    offered(typed, CandidateKind::Keyword).0
}

#[test]
fn a_condition_begins_with_a_column_or_not() {
    let all =
        ["word", "other", "label", "n", "score", "seen", "when", "key", "hash", "tags", "no", "`first, name`", "row"];
    assert_eq!(names("|"), all);
    assert_eq!(keywords("|"), ["not", "("]);
    assert_eq!(names("w|"), ["word", "when", "row"]);
    assert_eq!(names("n = 1 and not (S|"), ["score", "seen", "hash", "tags", "`first, name`"]);
    assert_eq!(names("OR|"), ["word", "score"]);
    assert_eq!(names("fir|"), ["`first, name`"]);
    assert_eq!(names("`fir|"), ["`first, name`"]);
    assert_eq!(names("'fir|"), ["'first, name'"]);
    assert_eq!(keywords("n|"), ["not"]);
    assert_eq!(offered("wo|rt = cat", CandidateKind::Column), (vec!["word".to_owned()], "wort".to_owned()));
    assert_eq!(offered("n = 1 and \"wo|", CandidateKind::Column), (vec!["\"word\"".to_owned()], "\"wo".to_owned()));
}

#[test]
fn operators_follow_a_column_and_words_that_join_a_comparison() {
    assert_eq!(keywords("word |").first().map(String::as_str), Some("="));
    assert!(keywords("word |").contains(&"is missing".to_owned()));
    assert_eq!(keywords("word i|"), ["in", "is missing", "is not missing"]);
    assert_eq!(keywords("word not |"), ["in", "between", "contains", "has"]);
    assert_eq!(keywords("word is |"), ["missing", "not missing"]);
    assert_eq!(keywords("word = cat |"), ["and", "or"]);
    assert_eq!(keywords("(word = cat a|"), ["and"]);
    assert_eq!(keywords("(word = cat |"), ["and", "or", ")"]);
    assert_eq!(keywords("n between 1 |"), ["and"]);
    assert_eq!(keywords("word in |"), ["("]);
    assert_eq!(keywords("word in (cat |"), [",", ")"]);
}

#[test]
fn values_come_by_frequency_and_columns_of_the_same_kind_after_them() {
    assert_eq!(values("word = |"), ["\"cat\"", "\"\"", "\"Größe\"", "\"dog\""]);
    assert_eq!(names("word = |"), ["other", "label", "tags", "`first, name`"]);
    assert_eq!(values("word = \"c|"), ["\"cat\""]);
    assert_eq!(values("word in (dog, c|"), ["\"cat\""]);
    assert_eq!(names("word in (|"), [""; 0]);
    assert_eq!(values("word contains g|"), ["\"Größe\"", "\"dog\""]);
    assert_eq!(values("seen = |"), ["true", "false"]);
    assert_eq!(values("n = |"), ["3", "1", "2", "5"]);
    assert_eq!(values("when > |"), [""; 0]);
    assert_eq!(names("n < |"), ["score", "key", "hash", "no"]);
    assert_eq!(values("n = 1 or word != d|"), ["\"dog\""]);
    assert_eq!(values("\"word\" = |").len(), 4);
    // A column that is called as a value of the other needs backticks.
    let columns = columns("{\"word\": \"cat\", \"cat\": \"dog\", \"dog\": \"cow\"}\n");
    let texts: Vec<_> = complete("word = ", 7, &columns, 9).candidates.into_iter().map(|one| one.text).collect();
    assert_eq!(texts, ["\"cat\"", "`cat`", "dog"]);
}

#[test]
fn nothing_is_offered_behind_what_makes_no_sense() {
    for typed in ["word word |", "= |", "word = cat) |", "word in (, ) |", "n = \"1\" \"|"] {
        assert_eq!(
            complete(&typed.replace('|', ""), typed.find('|').unwrap(), &records(), 50).candidates,
            [],
            "{typed}"
        );
    }
}

#[test]
fn a_place_anywhere_is_fine_and_many_values_are_cut() {
    let text = "größe = \"🐙\" and ‘a’ ~ ‘";
    for cursor in 0..text.len() + 3 {
        complete(text, cursor, &records(), 50);
    }
    let lines: Vec<String> = (0..3000).map(|n| format!("{{\"word\": \"v{}\"}}\n", n % 1000)).collect();
    let columns = columns(&lines.concat());
    assert_eq!(
        complete("word = ", 7, &columns, 20).candidates.iter().filter(|one| one.kind == CandidateKind::Value).count(),
        20
    );
}
