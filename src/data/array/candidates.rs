//! The meanings that a shape may have, and how plausible each is.

mod colour;

use super::axes::Role::{self, Count, Flat, Height, Many, One, Width};
use super::readings::Counted;
use super::shape::{Array, Reading};
use crate::data::source::MAX_SIDE;

/// The side of the drawings that most sets of this kind have (Quick, Draw!, MNIST and their kin).
pub(super) const USUAL_SIDE: u32 = 28;

/// Sides of a colour picture: below, three of something are more likely three drawings.
pub(super) const COLOUR_SIDE: usize = 8;

/// As many as numpy allows.
const MOST_AXES: usize = 64;

/// Sides of a picture that one would look at by itself.
const PICTURE_SIDE: u32 = 16;

/// Formats of pictures and screens, the shorter side first.
const FORMATS: [(u32, u32); 7] = [(1, 1), (4, 5), (3, 4), (2, 3), (5, 8), (9, 16), (1, 2)];

/// A meaning and how plausible it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) reading: Reading,
    pub(super) score: u32,
}

/// The axes longer than 1, and the roles of a whole shape from theirs.
pub(super) struct Long<'a> {
    array: &'a Array,
    pub(super) at: Vec<usize>,
}

impl<'a> Long<'a> {
    pub(super) fn of(array: &'a Array) -> Self {
        let at = (0..array.shape.len()).filter(|&axis| array.shape.get(axis) != Some(&1)).collect();
        Self { array, at }
    }

    /// Lengths.
    pub(super) fn lens(&self) -> Vec<usize> {
        self.at.iter().filter_map(|&axis| self.array.shape.get(axis).copied()).collect()
    }

    /// The roles of all axes; a leading axis of length 1 counts the one drawing where nothing else counts.
    pub(super) fn roles(&self, long: &[Role]) -> Vec<Role> {
        let mut roles = vec![One; self.array.shape.len()];
        for (&axis, &role) in self.at.iter().zip(long) {
            if let Some(place) = roles.get_mut(axis) {
                *place = role;
            }
        }
        let counts = roles.iter().any(|role| matches!(role, Count | Many));
        if let Some(first) = roles.first_mut().filter(|first| **first == One && !counts && self.array.shape.len() > 1) {
            *first = Count;
        }
        roles
    }

    pub(super) fn read(&self, long: &[Role], size: Option<(u32, u32)>) -> Option<Reading> {
        self.array.read_as(&self.roles(long), size).ok()
    }
}

/// All meanings without `--shape`, the most plausible first.
pub(super) fn plausible(array: &Array) -> Vec<Candidate> {
    let long = Long::of(array);
    let fortran = u32::from(array.fortran_order);
    let mut found: Vec<Candidate> = Vec::new();
    let mut add = |reading: Option<Reading>, score: &dyn Fn(&Reading) -> u32| {
        if let Some(reading) = reading {
            let score = score(&reading);
            found.push(Candidate { reading, score });
        }
    };
    match long.lens().as_slice() {
        [] if !array.shape.is_empty() => {
            // Something must hold the one pixel.
            let mut roles = vec![One; array.shape.len()];
            roles.last_mut().into_iter().for_each(|last| *last = Flat);
            if let [first, _, ..] = roles.as_mut_slice() {
                *first = Count;
            }
            add(array.read_as(&roles, None).ok(), &|_| 2);
        }
        [_] if array.shape.len() > 1 => {
            add(long.read(&[Flat], None), &|reading| side_score(reading));
            if long.at.first() == Some(&0) {
                add(pixels_one_by_one(array), &|_| 2);
            }
        }
        &[first, second] => {
            let single = long.at.first() != Some(&0);
            let trailing = array.shape.len() > 2 && long.at.last() == Some(&1);
            add(long.read(&[Height, Width], None), &|reading| {
                let score = picture_score(reading);
                score + if single { 6 } else { 2 * u32::from(trailing && score > 0) }
            });
            add(long.read(&[Count, Flat], None), &|reading| side_score(reading) + 2 - fortran);
            if first != second || array.fortran_order {
                add(long.read(&[Flat, Count], None), &|reading| side_score(reading) + fortran);
            }
        }
        [..] if long.at.len() == 3 => {
            let trailing = u32::from(array.shape.len() > 3 && long.at.last() == Some(&2));
            add(long.read(&[Count, Height, Width], None), &|reading| {
                format_score(reading) + 2 - fortran + 2 * trailing
            });
            add(long.read(&[Height, Width, Count], None), &|reading| format_score(reading) + 2 * fortran);
        }
        _ => {}
    }
    // Without a word from the user or from records, nobody would mean these.
    found.retain(|candidate| candidate.score > 0);
    found.extend(colour::plausible(array, &long, &found));
    sorted(found)
}

/// All meanings with drawings of this height and width.
pub(super) fn of_size(array: &Array, size: (u32, u32)) -> Vec<Candidate> {
    let long = Long::of(array);
    let lens = long.lens();
    if lens.len() > MOST_AXES {
        return Vec::new();
    }
    let fortran = u32::from(array.fortran_order);
    let mut found = Vec::new();
    let mut add = |roles: &[Role], score: u32| {
        let reading = long.read(roles, Some(size));
        found.extend(reading.map(|reading| Candidate { reading, score }));
    };
    let pixels = |lens: &[usize]| match lens {
        &[height, width] if (height as u64, width as u64) == (size.0.into(), size.1.into()) => vec![Height, Width],
        _ => vec![Flat; lens.len()],
    };
    for (roles, score) in colour::of_size(array, &lens, size) {
        add(&roles, score);
    }
    for counting in 1..lens.len() {
        let (_, rest) = lens.split_at(counting);
        let roles = [vec![Count; counting], pixels(rest)].concat();
        let exact = u32::from(roles.contains(&Height));
        add(&roles, 4 - fortran + exact);
    }
    if let Some((_, rest)) = lens.split_last().filter(|(_, rest)| !rest.is_empty()) {
        let roles = [pixels(rest), vec![Count]].concat();
        let exact = u32::from(roles.contains(&Height));
        add(&roles, 2 + 2 * fortran + exact);
    }
    if !lens.is_empty() {
        add(&pixels(&lens), 6);
    }
    if lens.len() == 1 {
        add(&[Many], 6);
        if size == (1, 1) && long.at.first() == Some(&0) {
            found.extend(pixels_one_by_one(array).map(|reading| Candidate { reading, score: 7 }));
        }
    }
    if lens.is_empty() {
        return plausible(array)
            .into_iter()
            .filter(|found| (found.reading.height, found.reading.width) == size)
            .collect();
    }
    // One long axis that is a whole drawing is no array of one drawing, too.
    found.dedup_by(|a, b| a.reading.rows == b.reading.rows && a.reading.order == b.reading.order);
    sorted(found)
}

/// A column of values, each a drawing of one pixel.
fn pixels_one_by_one(array: &Array) -> Option<Reading> {
    let mut roles = vec![One; array.shape.len()];
    for (role, meant) in roles.iter_mut().zip([Count, Flat]) {
        *role = meant;
    }
    array.read_as(&roles, None).ok()
}

/// Meanings that nobody would think of but for the number of records.
pub(super) fn only_by_records(array: &Array, size: Option<(u32, u32)>, counted: Counted) -> Vec<Reading> {
    let long = Long::of(array);
    let records = u64::from(counted.records);
    if size.is_some() || counted.and_more || records == 0 {
        return Vec::new();
    }
    let lens = long.lens();
    match lens.as_slice() {
        [values] if records > 1 || array.shape.len() == 1 => {
            let side = (*values as u64 / records).isqrt();
            let fits = |side: &u32| *side > 1 && u64::from(*side).pow(2).checked_mul(records) == Some(*values as u64);
            let side = u32::try_from(side).ok().filter(fits);
            side.and_then(|side| long.read(&[Many], Some((side, side)))).into_iter().collect()
        }
        [_, _] if records == 1 => long.read(&[Height, Width], None).into_iter().collect(),
        [_, _, _] => {
            let readings = [[Count, Height, Width], [Height, Width, Count]].into_iter();
            let readings = readings.filter_map(|roles| long.read(&roles, None));
            readings.filter(|reading| reading.rows == counted.records).collect()
        }
        _ => Vec::new(),
    }
}

fn sorted(mut found: Vec<Candidate>) -> Vec<Candidate> {
    // Where two are as plausible: one picture before a set, then more drawings before fewer.
    found.sort_by_key(|candidate| {
        let rows = candidate.reading.rows;
        (std::cmp::Reverse(candidate.score), rows != 1, std::cmp::Reverse(rows))
    });
    found
}

/// Drawings that are cut from rows: how usual their side is.
fn side_score(reading: &Reading) -> u32 {
    match reading.height {
        USUAL_SIDE => 4,
        8.. => 2,
        _ => 1,
    }
}

/// One picture: whether somebody would make one of this size.
fn picture_score(reading: &Reading) -> u32 {
    let (short, long) = (reading.height.min(reading.width), reading.height.max(reading.width));
    if short < PICTURE_SIDE || long > MAX_SIDE || short * 4 < long {
        return 0;
    }
    match FORMATS.iter().find(|(a, b)| short * b == long * a) {
        Some((1, 1)) => 5,
        Some(_) => 4,
        None if short * 2 >= long => 3,
        None => 2,
    }
}

/// Drawings with an axis for each side.
pub(super) fn format_score(reading: &Reading) -> u32 {
    let (short, long) = (reading.height.min(reading.width), reading.height.max(reading.width));
    match (short, long) {
        (USUAL_SIDE, USUAL_SIDE) => 5,
        _ if short == long => 4,
        _ if short * 4 >= long => 1,
        _ => 0,
    }
}
