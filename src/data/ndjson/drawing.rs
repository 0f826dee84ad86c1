//! The strokes of a record as numbers: read when somebody renders, replays or measures them.

use super::flaw::Flaw;
use super::number;
use super::strokes::at_strokes;
use super::value::Cursor;
use crate::data::strokes::{Drawing, Fault, MOST_POINTS};

/// Reads the strokes of records, one after the other, into one place.
#[derive(Debug, Default)]
pub struct DrawingReader {
    drawing: Drawing,
    /// x, y and times of a stroke.
    lists: [Vec<f64>; 3],
}

impl DrawingReader {
    /// Reads `"drawing": [[xs, ys], …]` or `[[xs, ys, ts], …]` of a record's line. `Ok(None)` where the record has no such key, or null
    /// there; of a key that occurs twice the last value counts. Holds at most [`MOST_POINTS`] points.
    ///
    /// Fails where the line is no record, or where its strokes are none: a clause that follows "the record", with the byte.
    pub fn read(&mut self, line: &[u8]) -> Result<Option<&Drawing>, String> {
        let Self { drawing, lists } = self;
        let found = at_strokes(line, &mut |cursor| {
            drawing.clear();
            strokes(cursor, lists, drawing)
        });
        match found {
            Ok(found) => Ok(found.then_some(&*drawing)),
            Err(flaw) => Err(flaw.in_words()),
        }
    }
}

fn strokes(cursor: &mut Cursor<'_>, lists: &mut [Vec<f64>; 3], drawing: &mut Drawing) -> Result<(), Flaw> {
    let start = cursor.at();
    items(cursor, "the strokes are no array", |cursor| {
        let at = cursor.at();
        let mut count = 0;
        items(cursor, "a stroke is no array of lists", |cursor| {
            // What follows x, y and times is no part of them, but as long.
            let (mut more, points) = (Vec::new(), lists.first().map_or(0, Vec::len));
            let list = lists.get_mut(count).unwrap_or(&mut more);
            count += 1;
            list.clear();
            items(cursor, "a stroke holds something else than lists of numbers", |cursor| {
                let value = number(cursor)?;
                if list.len() == MOST_POINTS {
                    return Err(flaw(cursor.at(), Fault::TooManyPoints));
                }
                list.push(value);
                Ok(())
            })?;
            if count > 3 && list.len() != points { Err(flaw(at, Fault::Unequal)) } else { Ok(()) }
        })?;
        let [x, y, times] = &*lists;
        if count < 2 {
            return Err(Flaw::at(at, "a stroke needs two lists of numbers, x and y"));
        }
        drawing.push(x, y, (count > 2).then_some(times)).map_err(|fault| flaw(at, fault))
    })?;
    if drawing.is_empty() { Err(flaw(start, Fault::NoStrokes)) } else { Ok(()) }
}

fn flaw(at: usize, fault: Fault) -> Flaw {
    Flaw::at(at, fault.what())
}

/// Passes an array, item by item.
fn items<'b>(
    cursor: &mut Cursor<'b>,
    or: &'static str,
    mut item: impl FnMut(&mut Cursor<'b>) -> Result<(), Flaw>,
) -> Result<(), Flaw> {
    cursor.pass_blanks();
    if !cursor.pass(b'[') {
        return Err(Flaw::at(cursor.at(), or));
    }
    cursor.pass_blanks();
    let mut more = !cursor.pass(b']');
    while more {
        cursor.pass_blanks();
        item(cursor)?;
        more = cursor.more(b']')?;
    }
    Ok(())
}

/// Powers of ten that floats hold exactly.
const TENS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// Passes a number; the float nearest to it.
fn number(cursor: &mut Cursor<'_>) -> Result<f64, Flaw> {
    if let Some((value, bytes)) = short(cursor.rest()) {
        cursor.at += bytes;
        return Ok(value);
    }
    let at = cursor.at();
    let token = number::token(cursor.rest()).map_err(|_| Flaw::at(at, "a list holds something else than numbers"))?;
    cursor.at += token.len();
    // Infinity, where it is too large for a float, is refused as out of bounds.
    token.parse().map_err(|_| Flaw::at(at, "a list holds something else than numbers"))
}

/// The number that `rest` begins with where it has at most 15 digits, no exponent and no odd zeros: digits and a power of ten that are
/// exact, whose quotient is the nearest float.
fn short(rest: &[u8]) -> Option<(f64, usize)> {
    let negative = rest.first() == Some(&b'-');
    let (mut digits, mut at, mut point) = (0_u64, usize::from(negative), None);
    let start = at;
    loop {
        match rest.get(at)? {
            digit @ b'0'..=b'9' => digits = digits * 10 + u64::from(digit - b'0'),
            b'.' if point.is_none() && at > start => point = Some(at),
            b',' | b']' => break,
            _ => return None,
        }
        at += 1;
        if at - start > 16 {
            return None;
        }
    }
    let fraction = point.map_or(0, |point| at - point - 1);
    let whole = at - start - point.map_or(0, |_| fraction + 1);
    let is_odd = whole == 0 || (point.is_some() && fraction == 0) || (whole > 1 && rest.get(start) == Some(&b'0'));
    let count = whole + fraction;
    if is_odd || count > 15 {
        return None;
    }
    let value = digits as f64 / TENS.get(fraction)?;
    Some((if negative { -value } else { value }, at))
}
