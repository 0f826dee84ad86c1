//! Arrays that could be read and are refused all the same, and those that cannot: in words that say what to do.

use super::axes::Role::{self, Count, Flat, Height, Many, Width};
use super::candidates::{COLOUR_SIDE, Candidate, Long};
use super::shape::{Array, flat_advice, no_square, shown};
use crate::data::source::ImageFault;

/// Why an array is refused although it could be read: nobody can know how.
pub(super) fn refusal(array: &Array, candidates: &[Candidate]) -> Option<String> {
    let lens = Long::of(array).lens();
    if let ([values], 1) = (lens.as_slice(), array.shape.len()) {
        return Some(flat_advice(*values as u64));
    }
    if candidates.is_empty() && lens.len() == 2 { no_square_axis(array, &lens) } else { None }
}

/// Two axes of which neither holds drawings that are square.
fn no_square_axis(array: &Array, lens: &[usize]) -> Option<String> {
    let &[first, second] = lens else { return None };
    let roles = Long::of(array).roles(&[Height, Width]);
    let picture = array.read_as(&roles, None).ok()?;
    let rows = no_square(second as u64);
    Some(format!("{rows}, or read one picture of {first} × {second} with --axes {}", picture.axes))
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
                "too many axes; accepted are (N, h, w), (h, w, N), (N, k), (k, N), each of h and w also with 3 or 4 channels \
                 of colour, and axes of length 1 besides; in Python, a.reshape(-1, h, w) makes three of them"
                    .to_owned(),
            );
        }
    };
    match array.read_as(&long.roles(&plain), size) {
        Err(fault) => fault,
        Ok(_) => array.refuse(format!("{} is no set of drawings", shown(&array.shape))),
    }
}

/// Whether two axes are those of a picture, however large, and not of rows of values.
fn is_picture(lens: &[usize]) -> bool {
    let (short, long) = (lens.iter().min().copied().unwrap_or(0), lens.iter().max().copied().unwrap_or(0));
    short >= COLOUR_SIDE && short.saturating_mul(4) >= long
}
