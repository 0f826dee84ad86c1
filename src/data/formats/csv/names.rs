//! Headings of pixels: numbered columns, `pixel17`, or line and column, `3x5` and `pixel_2_4`.

use super::layout::FEWEST;
use crate::data::source::MAX_SIDE;

/// The fewest columns where their names say nothing of pixels.
const FEWEST_OF_ANY_NAME: usize = 64;
/// What columns of pixels are called, in lower case.
pub(super) const NAMES: [&str; 6] = ["pixel", "pixels", "px", "pix", "p", "image"];

/// Names that differ by more than their numbers, as far as they are told apart.
const MOST_NAMES: usize = 64;

/// What stands between line and column in names: `x` says so by itself, of others there may be another reading, tried next.
const BETWEEN_NUMBERS: [&[char]; 2] = [&['x', 'X', '_', '-', '.'], &['x', 'X']];

/// The number in a column's name, or line and column: `pixel17`, `17`, `3x5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Number {
    One(u32),
    Two(u32, u32),
}

/// What stands before the number in a name, in lower case, and what between two numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stem {
    before: String,
    between: Option<char>,
}

/// A name taken apart; `between` may stand between two numbers.
fn numbered(name: &str, between: &[char]) -> Option<(Stem, Number)> {
    let digits_at = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let number = |text: &str| text.parse::<u32>().ok();
    let (before, last) = name.split_at(digits_at(name));
    let last = number(last)?;
    if let Some(sign) = before.chars().next_back().filter(|sign| between.contains(sign)) {
        let rest = before.get(..before.len() - sign.len_utf8())?;
        let (before, first) = rest.split_at(digits_at(rest));
        let stem = Stem { before: bare(before), between: Some(sign.to_ascii_lowercase()) };
        // Three numbers are no line and column.
        if let Some(first) = number(first).filter(|_| !stem.before.ends_with(|c: char| c.is_ascii_digit())) {
            return Some((stem, Number::Two(first, last)));
        }
    }
    Some((Stem { before: bare(before), between: None }, Number::One(last)))
}

fn bare(before: &str) -> String {
    before.trim_end_matches(['_', '-', '.', ' ']).to_lowercase()
}

/// The places of a heading's columns among the values, and what shape these have; `None` where it names no pixels.
pub(super) fn named(cells: &[String]) -> Option<(Vec<Option<usize>>, Vec<usize>)> {
    BETWEEN_NUMBERS.iter().find_map(|between| named_with(cells, between))
}

fn named_with(cells: &[String], between: &[char]) -> Option<(Vec<Option<usize>>, Vec<usize>)> {
    let parts: Vec<Option<(Stem, Number)>> = cells.iter().map(|cell| numbered(cell, between)).collect();
    let mut groups: Vec<(&Stem, usize)> = Vec::new();
    for (stem, _) in parts.iter().flatten() {
        let known = groups.iter().position(|(known, _)| *known == stem);
        if let Some((_, count)) = known.and_then(|known| groups.get_mut(known)) {
            *count += 1;
        } else if groups.len() < MOST_NAMES {
            groups.push((stem, 1));
        }
    }
    let (stem, count) = groups.into_iter().max_by_key(|(_, count)| *count)?;
    let is_known = NAMES.contains(&stem.before.as_str()) || stem.between == Some('x');
    if count < FEWEST || (!is_known && count < FEWEST_OF_ANY_NAME) {
        return None;
    }
    let own: Vec<Option<Number>> =
        parts.iter().map(|part| part.as_ref().filter(|(own, _)| own == stem).map(|part| part.1)).collect();
    let mut sorted: Vec<Number> = own.iter().copied().flatten().collect();
    sorted.sort_unstable();
    let shape = shape_of(&sorted)?;
    let place = |number: Number| sorted.binary_search(&number).ok();
    Some((own.into_iter().map(|number| number.and_then(place)).collect(), shape))
}

/// The shape of numbers in their order: one after the other from 0 or 1, or all lines and columns of a rectangle.
fn shape_of(sorted: &[Number]) -> Option<Vec<usize>> {
    match *sorted.first()? {
        Number::One(first) if first <= 1 => {
            let follow = sorted.iter().zip(first..).all(|(number, expected)| *number == Number::One(expected));
            follow.then(|| vec![sorted.len()])
        }
        Number::Two(top, left) if top <= 1 && left <= 1 => {
            let &Number::Two(bottom, right) = sorted.last()? else { return None };
            let (height, width) = (bottom.checked_sub(top)? + 1, right.checked_sub(left)? + 1);
            let all = (top..=bottom).flat_map(|line| (left..=right).map(move |column| Number::Two(line, column)));
            let is_all = height <= MAX_SIDE
                && width <= MAX_SIDE
                && sorted.len() == height as usize * width as usize
                && sorted.iter().copied().eq(all);
            is_all.then(|| vec![height as usize, width as usize])
        }
        _ => None,
    }
}
