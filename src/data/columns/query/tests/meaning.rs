//! What conditions keep. Columns against a naive reading: `tests/records/conditions.rs`.

use super::{columns, kept, kept_of};
use crate::data::columns::query::{in_backticks, name, value};

#[test]
fn words_texts_and_names_are_told_apart_by_marks_and_places() {
    // What could be typed before there was a language.
    for condition in ["word=cat", " word == \"cat\" ", "\"word\" = 'cat'", "`word` = cat", "WORD=cat OR word=cat"] {
        let condition = condition.replace("WORD", "word");
        assert_eq!(kept(&condition), [0, 2], "{condition}");
    }
    assert_eq!(kept("\"first, name\" = 'O''Hara'"), [5]);
    assert_eq!(kept("`first, name` = \"O'Hara\""), [5]);
    assert_eq!(kept("word = ''"), [3]);
    assert_eq!(kept("word = Cat"), [] as [usize; 0]);
    // Behind a sign, words that are no columns are values; in marks all are.
    assert_eq!(kept("word = other"), [0, 5]);
    assert_eq!(kept("word = \"other\""), [] as [usize; 0]);
    assert_eq!(kept("word != `other`"), [1, 2]);
    assert_eq!(kept("other = word"), [0, 5]);
    // Marks of typesetting.
    assert_eq!(kept("word = “cat”"), [0, 2]);
    assert_eq!(kept("word = „dog“ or word = ‘cat’"), [0, 1, 2]);
    // Texts that look alike are the same.
    assert_eq!(kept("word = \"Gro\u{308}ße\""), [5]);
    assert_eq!(kept("word = Größe"), [5]);
}

#[test]
fn words_of_the_language_are_values_where_a_value_is_needed() {
    let columns =
        columns("{\"code\": \"IN\", \"is\": 1}\n{\"code\": \"IS\", \"is\": 2}\n{\"code\": \"or\", \"is\": 3}\n");
    let kept = |condition: &str| kept_of(condition, &columns).unwrap();
    assert_eq!(kept("code = IN"), [0]);
    assert_eq!(kept("code=IN or code=IS"), [0, 1]);
    assert_eq!(kept("code in (IN, IS)"), [0, 1]);
    assert_eq!(kept("code IN (IN)"), [0]);
    assert_eq!(kept("is = 2"), [1]);
    assert_eq!(kept("is is not missing and `is` > 1"), [1, 2]);
    assert_eq!(kept("code = \"or\" or is = 1"), [0, 2]);
}

#[test]
fn not_binds_before_and_which_binds_before_or() {
    assert_eq!(kept("word = cat or word = dog and n = 3"), [0, 2]);
    assert_eq!(kept("(word = cat or word = dog) and n = 3"), [2]);
    assert_eq!(kept("not word = cat and n = 2"), [1]);
    assert_eq!(kept("not (word = cat and n = 1)"), [1, 2, 3, 4, 5]);
    assert_eq!(kept("not not word = cat"), [0, 2]);
    assert_eq!(kept("not (not ((word = cat)))"), [0, 2]);
    // As pandas and C write it.
    assert_eq!(kept("(word == 'cat') & (n == 1) | !seen"), [0, 1, 4]);
    assert_eq!(kept("word = cat && n <> 1 || n ≥ 5"), [2, 5]);
}

#[test]
fn comparisons_chain_and_between_holds_its_ends() {
    assert_eq!(kept("n < 3"), [0, 1]);
    assert_eq!(kept("1 < n <= 3"), [1, 2, 3, 4]);
    assert_eq!(kept("3 >= n"), [0, 1, 2, 3, 4]);
    assert_eq!(kept("n between 2 and 3 and seen"), [3]);
    assert_eq!(kept("n not between 2 and 3"), [0, 5]);
    assert_eq!(kept("n in (1, 5,)"), [0, 5]);
    assert_eq!(kept("n not in (1, 5)"), [1, 2, 3, 4]);
    assert_eq!(kept("n in (1e0, +5.0, .3e1)"), [0, 2, 3, 4, 5]);
    assert_eq!(kept("score < 0.5000001"), [0, 3]);
    assert_eq!(kept("score = n"), [1, 5]);
    assert_eq!(kept("score < n"), [0, 3]);
    assert_eq!(kept("-1 < score < n"), [0]);
    assert_eq!(kept("row < 2"), [0, 1]);
    assert_eq!(kept("row in (5, 0)"), [0, 5]);
    assert_eq!(kept("row = n"), [3, 5]);
    assert_eq!(kept("row >= 1.5 and row < 1e1 and not row = -1"), [2, 3, 4, 5]);
}

#[test]
fn a_comparison_with_a_missing_value_is_neither_true_nor_false() {
    assert_eq!(kept("score > 0"), [0, 1, 5]);
    assert_eq!(kept("not score > 0"), [3]);
    assert_eq!(kept("score != 2"), [0, 3, 5]);
    assert_eq!(kept("not score = 2"), [0, 3, 5]);
    assert_eq!(kept("score not in (2)"), [0, 3, 5]);
    assert_eq!(kept("word != other"), [1, 2]);
    assert_eq!(kept("seen"), [0, 3, 5]);
    assert_eq!(kept("not seen"), [1, 4]);
    assert_eq!(kept("tags !~ blurry"), [1, 3, 5]);
    // What is decided by the other side is decided.
    assert_eq!(kept("score > 0 or n = 3"), [0, 1, 2, 3, 4, 5]);
    assert_eq!(kept("not (score > 0 and n = 1)"), [1, 2, 3, 4, 5]);
    assert_eq!(kept("not (score > 0 and n = 3)"), [0, 1, 3, 5]);
    // Asked for, it is.
    assert_eq!(kept("score is missing"), [2, 4]);
    assert_eq!(kept("score is not missing"), [0, 1, 3, 5]);
    assert_eq!(kept("not score is null"), [0, 1, 3, 5]);
    assert_eq!(kept("score = null"), [2, 4]);
    assert_eq!(kept("score != null"), [0, 1, 3, 5]);
    assert_eq!(kept("word in (dog, null)"), [1, 4]);
    assert_eq!(kept("word not in (dog, null)"), [0, 2, 3, 5]);
    assert_eq!(kept("row is missing"), [] as [usize; 0]);
}

#[test]
fn times_compare_from_their_beginning_and_equal_all_that_they_stand_for() {
    assert_eq!(kept("when >= 2017-03-01"), [0, 1, 3, 4]);
    assert_eq!(kept("when > 2017-03-01"), [1, 3, 4]);
    assert_eq!(kept("when < 2017-03-01"), [5]);
    assert_eq!(kept("when <= 2017-03-01"), [0, 5]);
    assert_eq!(kept("when = 2017-03-01"), [0, 1]);
    assert_eq!(kept("when != 2017-03-01"), [3, 4, 5]);
    assert_eq!(kept("when = 2017-03"), [0, 1, 3]);
    assert_eq!(kept("when = 2016-12"), [5]);
    assert_eq!(kept("when = 2017"), [0, 1, 3]);
    assert_eq!(kept("when in (2016, 2018-01-01)"), [4, 5]);
    assert_eq!(kept("2017-03-01 <= when < 2018"), [0, 1, 3]);
    assert_eq!(kept("when = 2017-03-01 13:30"), [1]);
    assert_eq!(kept("when = 2017-03-01 13:30:00 UTC and n = 2"), [1]);
    assert_eq!(kept("when = \"2017-03-01 13:30:00\""), [1]);
    assert_eq!(kept("when = 2017-03-01T13:30:00.5Z"), [1]);
    assert_eq!(kept("when = 2017-03-01T13:30:00.4Z"), [] as [usize; 0]);
    assert_eq!(kept("when = 2017-03-01T15:30:00+02:00"), [1]);
    assert_eq!(kept("when = 2017-03-01T15:30+02:00"), [1]);
    assert_eq!(kept("when ~ \"13:30\""), [1]);
}

#[test]
fn ids_are_numbers_of_any_length_and_texts_as_written() {
    assert_eq!(kept("key ~ \"^46\""), [0, 2, 3]);
    assert_eq!(kept("key !~ ^46"), [1, 5]);
    assert_eq!(kept("key = 46"), [3]);
    assert_eq!(kept("key > 46 and key < 5203203576987648"), [0, 2]);
    assert_eq!(kept("key > 9.5"), [0, 1, 2, 3]);
    assert_eq!(kept("key < 1e2 "), [3, 5]);
    assert_eq!(kept("hash = 007"), [1]);
    assert_eq!(kept("hash = 7"), [] as [usize; 0]);
    assert_eq!(kept("hash > 7"), [0, 2, 3]);
    assert_eq!(kept("hash >= 12345678901234567890"), [0, 2]);
    assert_eq!(kept("hash < 7"), [5]);
    assert_eq!(kept("hash in (8, -5)"), [3, 5]);
}

#[test]
fn texts_are_looked_through_in_any_case_by_patterns_and_as_lists() {
    assert_eq!(kept("tags contains DARK"), [0, 1, 4, 5]);
    assert_eq!(kept("tags contains \"out of\""), [1]);
    assert_eq!(kept("word contains \"GRÖ\""), [5]);
    assert_eq!(kept("tags not contains dark"), [3]);
    assert_eq!(kept("tags contains \".\""), [] as [usize; 0]);
    assert_eq!(kept("word ~ \"^(c|d)\""), [0, 1, 2]);
    assert_eq!(kept("word ~ \"(?i)CAT\""), [0, 2]);
    assert_eq!(kept("tags has dark"), [0, 1, 5]);
    assert_eq!(kept("tags has \"out of focus\""), [1]);
    assert_eq!(kept("tags has \"b c\""), [5]);
    assert_eq!(kept("tags has out"), [] as [usize; 0]);
    assert_eq!(kept("tags has blurry"), [0, 4]);
    assert_eq!(kept("tags not has dark"), [3, 4]);
    assert_eq!(kept("score ~ \"^-\""), [3]);
}

#[test]
fn texts_have_an_order_and_digits_in_them_that_of_numbers() {
    assert_eq!(kept("word < d"), [0, 2, 3, 5]);
    assert_eq!(kept("word >= \"cat\""), [0, 1, 2]);
    assert_eq!(kept("word < other"), [2]);
    assert_eq!(kept("label > 2"), [0, 2, 3, 5]);
    assert_eq!(kept("label > \"2\""), [0, 3, 5]);
    assert_eq!(kept("label = 7"), [0, 3, 5]);
    // Digits in texts against numbers.
    assert_eq!(kept("label = no"), [3]);
    assert_eq!(kept("label != no"), [0, 1, 2]);
}

#[test]
fn what_name_and_value_write_is_read_back() {
    for odd in [
        "word", "a b", "and", "NOT", "null", "7", "1e5", "2017", "x=y", "it's", "`", "``a", "\"", "a.b", "größe", "",
        " ", "!a", "(", "|",
    ] {
        let line = serde_json::json!({ odd: odd }).to_string();
        let columns = columns(&format!("{line}\n{line}\n"));
        let column = columns.iter().next().unwrap().name();
        for condition in [
            format!("{} is not missing", name(column)),
            format!("{} = {}", name(column), in_backticks(column)),
            format!("{} in ({})", name(column), value(odd)),
        ] {
            assert_eq!(kept_of(&condition, &columns), Ok(vec![0, 1]), "{condition}");
        }
    }
}

#[test]
fn arrays_of_texts_are_lists_with_exactly_their_items() {
    let columns = super::columns(
        r#"{"tags": ["blurry", "dark"], "n": 1}
{"tags": ["not dark", "a, dark"], "n": 2}
{"tags": [], "n": 3}
{"tags": [ "d\u0061rk" ], "n": 4}
{"n": 5}
{"tags": ["1"], "n": 6}
"#,
    );
    let kept = |condition: &str| super::kept_of(condition, &columns).unwrap();
    assert_eq!(kept("tags has dark"), [0, 3]);
    assert_eq!(kept("tags has \"a, dark\""), [1]);
    assert_eq!(kept("tags has 1"), [5]);
    assert_eq!(kept("tags has DARK"), [0; 0]);
    // An empty array is missing, as no array is.
    assert_eq!(kept("not tags has dark"), [1, 5]);
    assert_eq!(kept("tags is missing"), [2, 4]);
    assert_eq!(kept("tags contains \"NOT D\""), [1]);
    let text = |row| columns.get("tags").unwrap().text(crate::data::Row(row));
    assert_eq!([text(0), text(3)], [r#"["blurry","dark"]"#, r#"["dark"]"#]);
    assert_eq!(columns.notes(), [""; 0]);
}
