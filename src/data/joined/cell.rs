//! Cells of text as JSON values, and words such as `NA`, which stand for a value that is missing where all others are numbers.

use crate::data::columns::time;
use crate::words::shown_text;
use serde_json::Value;

/// Words for a missing value: those that R, SQL, Excel and pandas write, which are those that pandas reads so by itself.
const WORDS: [&str; 16] = [
    "NA", "N/A", "n/a", "#N/A", "#N/A N/A", "#NA", "<NA>", "NULL", "null", "None", "-nan", "-NaN", "1.#IND", "-1.#IND",
    "1.#QNAN", "-1.#QNAN",
];
/// Numbers that are not finite: missing among others, as everywhere.
const INFINITE: [&str; 7] = ["inf", "-inf", "+inf", "Inf", "-Inf", "Infinity", "-Infinity"];

const NUMBER: u8 = 1;
const FLAG: u8 = 2;
const TIME: u8 = 4;
const TEXT: u8 = 8;
const WORD: u8 = 16;

/// What the cells of a column hold, as far as they were seen, and what such words mean among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::data) struct Held {
    /// A bit for each kind of value.
    seen: u8,
    /// Whether words stand for missing values: all others are numbers, or flags, or times.
    are_missing: bool,
    /// How many such words there were, and the first.
    words: u64,
    first: Option<&'static str>,
}

impl Held {
    /// A cell as JSON: numbers and flags as such, else a text; `None` where it is missing.
    pub(in crate::data) fn json(&mut self, cell: &str) -> Option<String> {
        match cell.trim() {
            "" | "NaN" | "nan" => None,
            "true" | "True" | "TRUE" => {
                self.seen |= FLAG;
                Some("true".to_owned())
            }
            "false" | "False" | "FALSE" => {
                self.seen |= FLAG;
                Some("false".to_owned())
            }
            number if is_number(number) => {
                self.seen |= NUMBER;
                Some(number.to_owned())
            }
            text => {
                let of = |words: &[&'static str]| words.iter().copied().find(|word| *word == text);
                let infinite = of(&INFINITE);
                if let Some(word) = infinite.or_else(|| of(&WORDS)) {
                    self.seen |= if infinite.is_some() { WORD | NUMBER } else { WORD };
                    self.words += 1;
                    self.first.get_or_insert(word);
                    if self.are_missing {
                        return None;
                    }
                } else if self.seen & TEXT == 0 {
                    self.seen |= kind_of_text(cell);
                }
                Some(Value::from(cell).to_string())
            }
        }
    }

    /// Takes in what was seen of the same column elsewhere.
    pub(in crate::data) fn join(&mut self, other: &Self) {
        self.seen |= other.seen;
        self.words += other.words;
        self.first = self.first.or(other.first);
    }

    /// Where words were taken for texts and stand for missing values: how the cells are to be read once more.
    pub(in crate::data) fn again(&self) -> Option<Self> {
        let are_missing = self.seen & WORD != 0 && matches!(self.seen & !WORD, NUMBER | FLAG | TIME);
        (are_missing && !self.are_missing).then(|| Self { are_missing, ..Self::default() })
    }
}

/// Columns of which some must be read once more: how they are to be; `None` where all were read as they should be.
pub(in crate::data) fn all_again(columns: &[Held]) -> Option<Vec<Held>> {
    let is_any = columns.iter().any(|held| held.again().is_some());
    let again = |held: &Held| held.again().unwrap_or_else(|| Held { are_missing: held.are_missing, ..Held::default() });
    is_any.then(|| columns.iter().map(again).collect())
}

/// What is to be said of columns in which words stand for missing values; `name` is what a column is called.
pub(in crate::data) fn missing_words<'a>(columns: &[Held], name: impl Fn(usize) -> Option<&'a str>) -> Option<String> {
    let of = columns.iter().enumerate().filter(|(_, held)| held.are_missing && held.words > 0);
    let said: Vec<String> = of
        .filter_map(|(at, held)| {
            let (name, word) = (shown_text(name(at)?, 40), held.first?);
            Some(format!("{name} (\"{word}\", {})", crate::words::counted(held.words, "cell", "cells")))
        })
        .collect();
    let more = said.len().saturating_sub(super::NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let said = said.get(..super::NAMED.min(said.len()))?.join(", ");
    (!said.is_empty()).then(|| {
        format!("words stand for missing values where all others are numbers, flags or times: in {said}{more}")
    })
}

/// What a text is that is neither number nor flag: digits alone are the number of something, as `007`.
fn kind_of_text(cell: &str) -> u8 {
    let digits = cell.trim();
    match () {
        () if digits.bytes().all(|byte| byte.is_ascii_digit()) => NUMBER,
        () if time::parse(cell).is_some() => TIME,
        () => TEXT,
    }
}

/// Whether a text is a number as JSON has them: `007` and `+1` are none, so that ids keep their digits.
pub(in crate::data) fn is_number(text: &str) -> bool {
    let may_be = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    may_be && serde_json::from_str::<serde_json::Number>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> Vec<Option<String>> {
        let mut held = Held::default();
        let all = |held: &mut Held| cells.iter().map(|cell| held.json(cell)).collect::<Vec<_>>();
        let first = all(&mut held);
        match held.again() {
            Some(mut again) => {
                let second = all(&mut again);
                assert_eq!(again.again(), None, "once more is enough");
                second
            }
            None => first,
        }
    }

    fn texts(cells: &[&str]) -> Vec<Option<String>> {
        cells.iter().map(|cell| (!cell.is_empty()).then(|| (*cell).to_owned())).collect()
    }

    #[test]
    fn words_are_missing_among_numbers_flags_and_times_alone() {
        // What pandas.read_csv makes of each of these columns, its NaN as nothing.
        for word in WORDS.into_iter().chain(["", "NaN", "nan", " NA "]) {
            assert_eq!(read(&["1.5", word, "-2"]), texts(&["1.5", "", "-2"]), "{word:?} among numbers");
            assert_eq!(read(&[word, "True", "FALSE"]), texts(&["", "true", "false"]), "{word:?} among flags");
            let time = "\"2017-03-08T21:12:07Z\"";
            assert_eq!(read(&[time.trim_matches('"'), word]), texts(&[time, ""]), "{word:?} among times");
            assert_eq!(read(&["007", word, "12"]), texts(&["\"007\"", "", "12"]), "{word:?} among digits");
        }
        // These are floats to pandas, and not finite.
        for word in INFINITE {
            assert_eq!(read(&["1.5", word, "-2"]), texts(&["1.5", "", "-2"]), "{word} among numbers");
            assert_eq!(read(&["true", word]), texts(&["true", &format!("\"{word}\"")]), "{word} among flags");
        }
        // Namibia's code is a text as others are.
        assert_eq!(read(&["DE", "NA", "5"]), texts(&["\"DE\"", "\"NA\"", "5"]));
        assert_eq!(read(&["NA", "NA"]), texts(&["\"NA\"", "\"NA\""]), "nothing says that they are numbers");
        assert_eq!(read(&["true", "1", "null"]), texts(&["true", "1", "\"null\""]), "a mixture is text");
        assert_eq!(read(&["1", "na", "Nan"]), texts(&["1", "\"na\"", "\"Nan\""]), "other words are texts");
    }
}
