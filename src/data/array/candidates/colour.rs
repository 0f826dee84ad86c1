//! Meanings in colour: an axis of 3 or 4 channels beside height and width.

use super::super::axes::Role::{self, Channels, Count, Height, Width};
use super::super::shape::Array;
use crate::data::source::Element;

use super::{COLOUR_SIDE, Candidate, Long, USUAL_SIDE, format_score};

/// How far one picture with its channels behind is ahead of three drawings, as which it is hardly ever meant; still so little that
/// records decide where there are as many.
const CLEARLY: u32 = 3;

/// The orders that are known by themselves of axes longer than 1 with such lengths.
pub(super) fn roles(array: &Array, lens: &[usize]) -> Vec<Vec<Role>> {
    // Three masks are more likely than one of three channels.
    let may_be = array.element != Element::Bool || lens.len() == 4 || array.is_batch_of_one();
    let is_channels = |len: usize| may_be && (len == 3 || len == 4);
    let known: &[&[Role]] = match lens.len() {
        3 => &[&[Height, Width, Channels], &[Channels, Height, Width]],
        4 => &[&[Count, Height, Width, Channels], &[Count, Channels, Height, Width], &[Height, Width, Channels, Count]],
        _ => &[],
    };
    let fits = |roles: &&&[Role]| roles.iter().zip(lens).all(|(role, len)| *role != Channels || is_channels(*len));
    known.iter().filter(fits).map(|roles| roles.to_vec()).collect()
}

/// Those of them with just this height and width, and how plausible they are beside drawings in ink of this size.
pub(super) fn of_size(array: &Array, lens: &[usize], (height, width): (u32, u32)) -> Vec<(Vec<Role>, u32)> {
    let (height, width) = (height as usize, width as usize);
    let is_large = height.min(width) >= COLOUR_SIDE && (height, width) != (USUAL_SIDE as usize, USUAL_SIDE as usize);
    let is_batch = array.is_batch_of_one();
    let scored = |roles: Vec<Role>| {
        let has = |role: Role, len: usize| roles.iter().zip(lens).any(|(own, own_len)| *own == role && *own_len == len);
        let score = match roles.as_slice() {
            [_, _, _] if is_batch => 5 + CLEARLY,
            [Channels, ..] if !is_large => return None,
            [Channels, ..] => 4,
            _ => 6,
        };
        (has(Height, height) && has(Width, width)).then_some((roles, score))
    };
    roles(array, lens).into_iter().filter_map(scored).collect()
}

/// Those of them that are plausible beside the meanings in ink that were `found`.
pub(super) fn plausible(array: &Array, long: &Long<'_>, found: &[Candidate]) -> Vec<Candidate> {
    let lens = long.lens();
    let fortran = u32::from(array.fortran_order);
    let ink = found.iter().map(|candidate| candidate.score).max().unwrap_or(0);
    let candidate = |roles: Vec<Role>| {
        let reading = long.read(&roles, None)?;
        let (height, width) = (reading.height, reading.width);
        let is_large = height.min(width) as usize >= COLOUR_SIDE;
        let score = match roles.as_slice() {
            // Nobody gives ink an axis of its own in front of three drawings.
            [_, _, _] if array.is_batch_of_one() => ink + CLEARLY,
            [Height, Width, Channels] if is_large => ink + CLEARLY,
            // As likely three drawings as one picture: a guess either way, unless they have the usual size.
            [Channels, ..] if is_large && (height, width) != (USUAL_SIDE, USUAL_SIDE) => ink + 1,
            [Height, .., Count] => format_score(&reading) + 1 + 2 * fortran,
            [Count, ..] => format_score(&reading) + 3 - fortran,
            _ => return None,
        };
        Some(Candidate { reading, score })
    };
    roles(array, &lens).into_iter().filter_map(candidate).collect()
}
