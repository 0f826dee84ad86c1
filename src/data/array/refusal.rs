//! Arrays that could be read and are refused all the same, and those that cannot: in words that say what to do.

use super::axes::Axes;
use super::axes::Role::{self, Count, Flat, Height, Many, Width};
use super::candidates::{Candidate, Long, USUAL_SIDE};
use super::shape::{Array, flat_advice, shown};
use crate::data::source::ImageFault;

/// Sides of a colour picture: below, three of something are more likely three drawings.
const COLOUR_SIDE: usize = 8;

/// Why an array is refused although it could be read: nobody can know how, or it is a picture in colour.
pub(super) fn refusal(array: &Array, candidates: &[Candidate], colour: bool) -> Option<String> {
    let long = Long::of(array);
    let lens = long.lens();
    if let ([values], 1) = (lens.as_slice(), array.shape.len()) {
        return Some(flat_advice(*values as u64));
    }
    let is_channels = |len: usize| colour && (len == 3 || len == 4);
    let large = |sides: &[usize]| sides.iter().all(|&side| side >= COLOUR_SIDE);
    let grey = |place: usize| {
        let axis = long.at.get(place).copied().unwrap_or_default();
        format!("colour is not drawn yet; make it grey first (in Python: a.mean(axis={axis}).astype(\"uint8\"))")
    };
    match *lens.as_slice() {
        [height, width, channels] if is_channels(channels) && large(&[height, width]) => Some(format!(
            "one colour picture of {height} × {width} pixels with {channels} channels; {}; if it is {channels} drawings, say --axes {}",
            grey(2),
            Axes::of(&long.roles(&[Height, Width, Count])),
        )),
        [channels, height, width] if is_channels(channels) && large(&[height, width]) && !is_usual(height, width) => {
            Some(format!(
                "one colour picture of {height} × {width} pixels with {channels} channels; {}; if it is {channels} drawings, say --axes {}",
                grey(0),
                Axes::of(&long.roles(&[Count, Height, Width])),
            ))
        }
        [_, _, _, channels] if is_channels(channels) => {
            Some(format!("colour pictures of {channels} channels; {}", grey(3)))
        }
        [_, channels, _, _] if is_channels(channels) => {
            Some(format!("colour pictures of {channels} channels; {}", grey(1)))
        }
        [_, _, channels, _] if is_channels(channels) => {
            Some(format!("colour pictures of {channels} channels; {}", grey(2)))
        }
        _ if candidates.is_empty() && lens.len() == 2 => no_square(array, &lens),
        _ => None,
    }
}

/// Two axes of which neither holds drawings that are square.
fn no_square(array: &Array, lens: &[usize]) -> Option<String> {
    let &[first, second] = lens else { return None };
    let roles = Long::of(array).roles(&[Height, Width]);
    let picture = array.read_as(&roles, None).ok()?;
    Some(format!(
        "rows of {second} values are no square; say how they are to be cut with --shape HxW, or read one picture of {} × {} with --axes {}",
        first, second, picture.axes
    ))
}

/// Why there is no meaning at all.
pub(super) fn why_none(array: &Array, size: Option<(u32, u32)>) -> ImageFault {
    let long = Long::of(array);
    let lens = long.lens();
    if array.shape.is_empty() {
        return array.refuse("a single value, no drawings".to_owned());
    }
    let plain: Vec<Role> = match (lens.len(), size) {
        (1, Some(_)) => vec![Many],
        (1, None) => vec![Flat],
        (2, None) if is_picture(&lens) => vec![Height, Width],
        (2, None) => vec![Count, Flat],
        (3, None) => vec![Count, Height, Width],
        (_, Some(_)) => (0..lens.len()).map(|axis| if axis == 0 { Count } else { Flat }).collect(),
        _ => {
            return array.refuse(
                "too many axes; accepted are (N, h, w), (h, w, N), (N, k), (k, N) and axes of length 1 besides; in \
                 Python, a.reshape(-1, h, w) makes three of them"
                    .to_owned(),
            );
        }
    };
    match array.read_as(&long.roles(&plain), size) {
        Err(fault) => fault,
        Ok(_) => array.refuse(format!("{} is no set of drawings", shown(&array.shape))),
    }
}

fn is_usual(height: usize, width: usize) -> bool {
    (height, width) == (USUAL_SIDE as usize, USUAL_SIDE as usize)
}

/// Whether two axes are those of a picture, however large, and not of rows of values.
fn is_picture(lens: &[usize]) -> bool {
    let (short, long) = (lens.iter().min().copied().unwrap_or(0), lens.iter().max().copied().unwrap_or(0));
    short >= COLOUR_SIDE && short.saturating_mul(4) >= long
}
