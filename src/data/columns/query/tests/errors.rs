//! What is refused, at which character, and with which advice.

use super::{columns, kept_of, records, refused};
use crate::data::columns::query::{Condition, ConditionError};

/// The character at which a condition goes wrong.
#[track_caller]
fn character(condition: &str) -> Option<usize> {
    let error = kept_of(condition, &records()).expect_err(condition);
    error.spot().map(|spot| spot.character)
}

#[test]
fn the_place_is_the_first_character_that_does_not_fit() {
    for (condition, place) in [
        ("word cat", 6),
        ("word = ", 7),
        ("word =", 7),
        ("= x", 1),
        ("word = a b", 10),
        ("word = \"a", 8),
        ("word = \"a\" and", 15),
        ("(word = a", 10),
        ("word = a)", 9),
        ("word = a and or n = 1", 14),
        ("()", 2),
        ("word in cat", 9),
        ("word in (, cat)", 10),
        ("word in (cat dog)", 14),
        ("word not = cat", 10),
        ("n between 1 or 2", 13),
        ("word is cat", 9),
        ("größe = 1 and n = 1 n", 21),
        ("word < > cat", 8),
        ("word === cat", 8),
        ("word ~ `other`", 8),
        ("not", 4),
        // What the columns refuse.
        ("n = 1 and wort = cat", 11),
        ("n = 1 and n = many", 15),
        ("seen < true", 8),
        ("word and n = 1", 1),
        ("n = 1 and word ~ '('", 18),
        ("1 = 1", 1),
        ("when > seen", 1),
        ("n has 1", 7),
        ("seen ~ t", 8),
        ("row ~ 1", 7),
        ("word < 5", 8),
        ("n > null", 5),
        ("n in (1, x)", 10),
    ] {
        assert_eq!(character(condition), Some(place), "{condition}: {}", refused(condition));
    }
}

#[test]
fn messages_say_what_is_needed_and_what_may_be_meant() {
    for (condition, message) in [
        ("", "the condition is empty: type one as in `countrycode = \"DE\" and not recognized`"),
        ("word = \"a", "the quotation mark at character 8 is not closed (a mark inside of a text is written twice)"),
        (
            "word = big cat",
            "`cat` at character 12 does not fit: `and` or `or` is needed; names and texts of several words stand in quotation marks",
        ),
        ("(n = 1", "the condition ends too early: `and`, `or` or `)` is needed at character 7"),
        ("n in 1", "`1` at character 6 does not fit: a list in parentheses such as `(\"cat\", \"fish\")` is needed"),
        ("n is 1", "`1` at character 6 does not fit: `missing` or `not missing` is needed"),
        (
            "wurd = cat",
            "there is no column wurd (character 1); the nearest is word; known are word, other, label, n, score, seen, when, key, hash, tags, no, \"first, name\"",
        ),
        ("n = wird", "the column n holds number values, and `wird` (character 5) is none; the nearest is word"),
        ("n = nan", "the column n holds number values, and `nan` (character 5) is none"),
        (
            "when = yesterday",
            "the column when holds time values, and `yesterday` (character 8) is none; times are typed as in 2017-03-01 or \"2017-03-08 21:12:07 UTC\"",
        ),
        ("seen > \"no\"", "`>` (character 8) does not work on seen, which holds flag values; only `=` and `!=` do"),
        ("seen > no", "seen holds flag values and no number values (character 1): `>` cannot compare these"),
        (
            "word or n = 1",
            "word (character 1) holds category values: only flags stand alone; compare it, as in `word = \"text\"`",
        ),
        ("when > seen", "when holds time values and seen flag values (character 1): `>` cannot compare these"),
        ("label < n", "label holds category values and n number values (character 1): `<` cannot compare these"),
        (
            "1 = 1",
            "no column is compared at character 1: one side must be a column (a column's name may stand in `backticks`)",
        ),
        ("word ~ '('", "the pattern at character 8 is no regular expression: unclosed group"),
        (
            "word < 5",
            "`<` (character 8) does not work on word, which holds category values; to compare texts by their characters type `word < \"5\"`",
        ),
        (
            "n < null",
            "`<` (character 5) does not work on n, which holds number values; a missing value comes neither before nor behind others",
        ),
    ] {
        assert_eq!(refused(condition), message, "{condition}");
    }
    assert!(
        refused("word like \"c%\"").ends_with("; parts of texts are found by `contains \"text\"` or `~ \"^pattern$\"`")
    );
    assert!(refused("word = a, b").ends_with("; only lists have commas, as in `word in (\"cat\", \"fish\")`"));
    let operators = refused("word cat");
    assert!(operators.contains("an operator (`=`, `!=`,") && operators.contains("`and` or `or`"), "{operators}");
}

#[test]
fn a_word_that_may_mean_two_things_is_refused_with_both_ways_to_write_it() {
    let columns =
        columns("{\"word\": \"cat\", \"cat\": \"dog\", \"state\": \"NULL\"}\n{\"word\": \"dog\", \"cat\": \"dog\"}\n");
    let kept = |condition: &str| kept_of(condition, &columns);
    assert_eq!(
        kept("word = cat").unwrap_err().to_string(),
        "`cat` (character 8) is a value of word and the name of a column: write \"cat\" for the value, `cat` in backticks for the column"
    );
    assert_eq!(kept("word = \"cat\""), Ok(vec![0]));
    assert_eq!(kept("word = `cat`"), Ok(vec![1]));
    assert_eq!(kept("word in (cat)"), Ok(vec![0]));
    assert_eq!(
        kept("state = null").unwrap_err().to_string(),
        "`null` (character 9) is a value of state and may be meant for a missing one: write \"null\" for the text, `is missing` for missing values"
    );
    assert_eq!(kept("state = \"NULL\""), Ok(vec![0]));
    assert_eq!(kept("state is null"), Ok(vec![1]));
}

#[test]
fn a_column_called_row_comes_before_the_number_of_the_row() {
    let columns = columns("{\"row\": 1}\n{\"row\": 1}\n{\"row\": 0}\n");
    let kept = |condition: &str| kept_of(condition, &columns).unwrap();
    assert_eq!(kept("row = 1"), [0, 1]);
    assert_eq!(kept("row_2 = 1"), [0, 1]);
    assert_eq!(kept("@row = 1"), [1]);
    assert_eq!(kept("@row = row"), [1]);
}

#[test]
fn arrays_are_told_from_columns_that_are_not_there() {
    let columns = columns("{\"tags\": [7], \"n\": 1}\n{\"tags\": [], \"n\": 2}\n");
    let message = kept_of("tags has a", &columns).unwrap_err().to_string();
    assert!(
        message.starts_with(
            "there is no column tags (character 1): its values are arrays or objects, which make no column"
        ),
        "{message}"
    );
    assert!(message.ends_with("; known are n"), "{message}");
}

#[test]
fn values_that_no_row_has_are_mentioned_with_the_nearest() {
    let notes = |condition: &str| condition.parse::<Condition>().unwrap().evaluate(&records(), 6).unwrap().notes;
    assert_eq!(
        notes("word = \"cats\""),
        ["no drawing has the value \"cats\" in the column word; the nearest value is \"cat\""]
    );
    assert_eq!(notes("word in (dog, Cat, fish)").len(), 2);
    assert_eq!(notes("word != dog and n = 77"), [""; 0]);
}

#[test]
fn carets_point_at_the_place() {
    let pointed = |condition: &str| {
        let error: ConditionError = kept_of(condition, &records()).unwrap_err();
        error.pointed(condition)
    };
    let two = |a: &str, b: &str| Some([a.to_owned(), b.to_owned()]);
    assert_eq!(pointed("n = 1 and größe = 2"), two("n = 1 and größe = 2", "          ^^^^^"));
    assert_eq!(pointed("word = "), two("word = ", "      ^"));
    assert_eq!(pointed("\n wurd=1"), two("\\n wurd=1", "   ^^^^"));
    let long = format!("{} and wurd = 1", ["n = 1"; 40].join(" and "));
    let [line, carets] = pointed(&long).unwrap();
    assert_eq!(line.chars().position(|c| c == 'w'), carets.chars().position(|c| c == '^'), "{line}\n{carets}");
    assert!(line.starts_with('…') && line.chars().count() < 60, "{line}");
    assert_eq!(pointed(""), None);
}
