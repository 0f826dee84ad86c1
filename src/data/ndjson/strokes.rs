//! The strokes of a record: read when somebody compares them, and written so that equal ones have equal bytes.

use super::flaw::Flaw;
use super::number;
use super::value::{Cursor, Tolerated};

/// The key that holds them.
const KEY: &str = "drawing";

/// The strokes of one record. They are equal where all their numbers are: as many strokes, of each as many lists, in each list the
/// same numbers in the same order. How numbers are spelled does not count: `10`, `10.0` and `1e1` are one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Strokes {
    /// Brackets, and numbers in their canonical form.
    canonical: Vec<u8>,
}

impl Strokes {
    /// Reads `"drawing": [[xs, ys], …]` or `[[xs, ys, ts], …]` of a record's line. `Ok(None)` where the record has no such key, or
    /// null there; of a key that occurs twice the last value counts. Takes up to three times the line's bytes.
    ///
    /// Fails where the line is no record, or where its strokes are none: a clause that follows "the record", with the byte.
    pub fn of_line(line: &[u8]) -> Result<Option<Self>, String> {
        read(line).map_err(Flaw::in_words)
    }
}

fn read(line: &[u8]) -> Result<Option<Strokes>, Flaw> {
    let mut canonical = Vec::new();
    let found = at_strokes(line, &mut |cursor| {
        canonical.clear();
        Reading { cursor, canonical: &mut canonical }.strokes()
    })?;
    Ok(found.then_some(Strokes { canonical }))
}

/// Calls `on` where the value of the key begins that holds the strokes, to pass it. Whether the record has such a key, other than null;
/// of one that occurs twice the last value counts.
pub(super) fn at_strokes<'b>(
    line: &'b [u8],
    on: &mut dyn FnMut(&mut Cursor<'b>) -> Result<(), Flaw>,
) -> Result<bool, Flaw> {
    let (mut cursor, mut tolerated) = (Cursor::new(line, 0), Tolerated::default());
    match cursor.pass_blanks() {
        Some(b'{') => _ = cursor.pass(b'{'),
        Some(b'[') => return Err(Flaw::Array),
        _ => return Err(Flaw::NoObject),
    }
    let mut found = None;
    cursor.pass_blanks();
    let mut more = !cursor.pass(b'}');
    while more {
        cursor.open_key()?;
        let is_theirs = cursor.text(&mut tolerated)? == KEY;
        cursor.pass_colon()?;
        cursor.pass_blanks();
        let start = cursor.clone();
        if is_theirs && !start.rest().starts_with(b"null") {
            let read = on(&mut cursor);
            if read.is_err() {
                // What is no JSON is said first.
                cursor = start;
                cursor.pass_value()?;
            }
            found = Some(read);
        } else {
            cursor.pass_value()?;
            found = if is_theirs { None } else { found };
        }
        more = cursor.more(b'}')?;
    }
    if cursor.pass_blanks().is_some() {
        return Err(Flaw::at(cursor.at(), "something follows the record"));
    }
    found.map_or(Ok(false), |read| read.map(|()| true))
}

/// Reads strokes of a line that is JSON.
struct Reading<'a, 'b> {
    cursor: &'a mut Cursor<'b>,
    canonical: &'a mut Vec<u8>,
}

impl Reading<'_, '_> {
    fn strokes(&mut self) -> Result<(), Flaw> {
        self.items("the strokes are no array", |reading| {
            let (at, mut lengths) = (reading.cursor.at(), Vec::new());
            reading.items("a stroke is no array of lists", |reading| {
                let mut length = 0_usize;
                reading.items("a stroke holds something else than lists of numbers", |reading| {
                    length += 1;
                    reading.number()
                })?;
                lengths.push(length);
                Ok(())
            })?;
            match lengths.as_slice() {
                [xs, rest @ ..] if !rest.is_empty() && rest.iter().all(|length| length == xs) => Ok(()),
                [] | [_] => Err(Flaw::at(at, "a stroke needs two lists of numbers, x and y")),
                _ => Err(Flaw::at(at, "the lists of a stroke are not equally long")),
            }
        })
    }

    /// Passes an array, item by item.
    fn items(&mut self, or: &'static str, mut item: impl FnMut(&mut Self) -> Result<(), Flaw>) -> Result<(), Flaw> {
        self.cursor.pass_blanks();
        if !self.cursor.pass(b'[') {
            return Err(Flaw::at(self.cursor.at(), or));
        }
        self.canonical.push(b'[');
        self.cursor.pass_blanks();
        let mut more = !self.cursor.pass(b']');
        while more {
            self.cursor.pass_blanks();
            item(self)?;
            more = self.cursor.more(b']')?;
        }
        self.canonical.push(b']');
        Ok(())
    }

    fn number(&mut self) -> Result<(), Flaw> {
        let at = self.cursor.at();
        let token =
            number::token(self.cursor.rest()).map_err(|_| Flaw::at(at, "a list holds something else than numbers"))?;
        number::canonical(token, self.canonical).ok_or(Flaw::at(at, "a number is beyond all bounds"))?;
        self.cursor.at += token.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    fn of(drawing: &str) -> Strokes {
        let line = format!(r#"{{"word":"octopus","drawing":{drawing},"key_id":"5"}}"#);
        Strokes::of_line(line.as_bytes()).unwrap().unwrap()
    }

    #[test]
    fn spelling_and_blanks_do_not_count_and_every_number_does() {
        let strokes = of("[[[10,20.5,0],[3,-4,500]],[[7],[8]]]");
        for same in [
            "[[[10,20.5,0],[3,-4,500]],[[7],[8]]]",
            " [ [ [ 10.0 , 2.05e1 , -0 ] , [ 3e0 , -40e-1 , 5E+2 ] ] , [ [ 7 ] ,\t[ 0.8e1 ] ] ]",
            "[[[1e1,20.50,0e7],[3.000,-4.0,500.0]],[[70e-1],[8]]]",
        ] {
            assert_eq!(of(same), strokes, "{same}");
        }
        for other in [
            "[[[10,20.5,1],[3,-4,500]],[[7],[8]]]",
            "[[[10,20.5,0],[3,4,500]],[[7],[8]]]",
            "[[[10,20.5,0],[3,-4,50]],[[7],[8]]]",
            "[[[10,20.5],[3,-4]],[[0,7],[500,8]]]",
            "[[[7],[8]],[[10,20.5,0],[3,-4,500]]]",
            "[[[10,20.5,0],[3,-4,500],[0,1,2]],[[7],[8],[3]]]",
            "[[[10,20.5,0],[3,-4,500]]]",
            "[[[10,20.5000000000000000000001,0],[3,-4,500]],[[7],[8]]]",
        ] {
            assert_ne!(of(other), strokes, "{other}");
        }
        // Lists cannot be mistaken for each other by where one ends.
        assert_ne!(of("[[[1,12],[1,2]]]"), of("[[[11,2],[1,2]]]"));
        assert_ne!(of("[[[9007199254740993],[0]]]"), of("[[[9007199254740992],[0]]]"), "which a float could not tell");
        assert_eq!(of("[]"), of("[ ]"));
        assert_ne!(of("[]"), of("[[[],[]]]"));
    }

    #[test]
    fn what_has_no_strokes_and_what_is_broken_is_said_as_such() {
        for none in [r#"{"word":"octopus"}"#, "{}", r#"{"drawing":null}"#, r#"{"a":{"drawing":[[[1],[2]]]}}"#] {
            assert_eq!(Strokes::of_line(none.as_bytes()), Ok(None), "{none}");
        }
        let twice = br#"{"drawing":[[[5],[6]]],"drawing":[[[1],[2]]]}"#;
        assert_eq!(Strokes::of_line(twice).unwrap().unwrap(), of("[[[1],[2]]]"), "the last value counts");
        for (broken, why) in [
            ("", "is no JSON object"),
            (r"[[[1],[2]]]", "is an array, not an object"),
            (r#"{"drawing":[[[1,2],[3,4]"#, "cut off"),
            (r#"{"drawing":[[[1,2],[3,4]]]"#, "cut off"),
            (r#"{"drawing":[[[1],[2]]]} {"a":1}"#, "something follows the record"),
            (r#"{"drawing":"[[1],[2]]"}"#, "byte 12: the strokes are no array"),
            (r#"{"drawing":[[1,2],[3,4]]}"#, "byte 14: a stroke holds something else than lists of numbers"),
            (r#"{"drawing":[1,2]}"#, "byte 13: a stroke is no array of lists"),
            (r#"{"drawing":[[[1],["2"]]]}"#, "byte 19: a list holds something else than numbers"),
            (r#"{"drawing":[[[1],[NaN]]]}"#, "a list holds something else than numbers"),
            (r#"{"drawing":[[[1,2],[3]]]}"#, "not equally long"),
            (r#"{"drawing":[[[1,2]]]}"#, "two lists of numbers"),
            (r#"{"drawing":[[[1e99999999999999999999],[3]]]}"#, "beyond all bounds"),
        ] {
            let said = Strokes::of_line(broken.as_bytes()).unwrap_err();
            assert!(said.contains(why), "{broken}: {said}");
        }
    }
}
