//! Further rows on a map that exists: each among those that it looks like.

use super::links::Link;
use super::tsne::affinities;
use super::{MapError, Place, aside, check_places};
use crate::likeness::code::Codes;
use crate::likeness::query::{Of, dot, nearest};
use crate::progress::Progress;

/// Gives a place to each row that has none yet: the mean of the places of the `k` rows most like it that have one, of which the likest
/// count most (as in t-SNE, with a perplexity of a third of `k`). 15 is a good `k`; with 1 a row lies on another.
///
/// `known` has an entry for each row of codes. Rows that are blank, or alone, lie together beside the map. Takes about 1 ms a row on
/// a map of 150,000. Fails where there is not one entry a row, where a place is not finite, or where it is given up.
pub fn place(codes: &Codes, known: &[Option<Place>], k: usize, progress: Progress<'_>) -> Result<Vec<Place>, MapError> {
    if known.len() != codes.rows() as usize {
        return Err(MapError::Places { found: known.len(), rows: codes.rows() as usize });
    }
    let (mapped, there): (Vec<u32>, Vec<Place>) =
        (0..).zip(known).filter_map(|(row, place)| place.map(|place| (row, place))).unzip();
    check_places(&there, there.len())?;
    let theirs = codes.taken(&mapped);
    let (mut rows, mut places) = (Vec::new(), Vec::new());
    for (row, known) in (0..).zip(known) {
        let found = if known.is_some() {
            *known
        } else {
            progress.reach(f64::from(row) / f64::from(codes.rows()))?;
            among(codes.row(row).unwrap_or_default(), &theirs, &there, k)
        };
        if let Some(place) = found {
            rows.push(row);
            places.push(place);
        }
    }
    progress.reach(1.0)?;
    Ok(aside::places(codes.rows(), &rows, &places))
}

/// The mean place of those that a code is most like; none where it is like nobody.
fn among(code: &[i8], codes: &Codes, places: &[Place], k: usize) -> Option<Place> {
    let square = |code: &[i8]| i64::from(dot(code, code));
    let own = square(code);
    let distance =
        |row: u32, similarity: i32| own + square(codes.row(row).unwrap_or_default()) - 2 * i64::from(similarity);
    let near = nearest(codes, Of::Code(code), k).into_iter();
    let mut links: Vec<Link> =
        near.map(|near| Link { row: near.row, weight: distance(near.row, near.similarity).max(0) as f32 }).collect();
    affinities(&mut links, k as f64);
    let mut mean = [0.0; 2];
    for link in &links {
        let place = places.get(link.row as usize)?;
        for (mean, at) in mean.iter_mut().zip(place) {
            *mean += f64::from(link.weight) * f64::from(*at);
        }
    }
    (!links.is_empty()).then(|| mean.map(|at| at as f32))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::progress::{Cancelled, Watcher};

    fn codes() -> Codes {
        // Two heaps, a blank row, and one more of each.
        let rows = [[90, 1], [91, 0], [92, 2], [1, 90], [0, 92], [2, 91], [0, 0], [91, 1], [1, 91]];
        Codes::new(2, rows.as_flattened().to_vec()).unwrap()
    }

    fn known() -> Vec<Option<Place>> {
        let places = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [9.0, 9.0], [8.0, 9.0], [9.0, 8.0]];
        places.into_iter().map(Some).chain([None; 3]).collect()
    }

    #[test]
    fn rows_come_among_those_they_look_like_and_known_ones_stay() {
        let places = place(&codes(), &known(), 3, Progress::NONE).unwrap();
        assert!(known().into_iter().zip(&places).all(|(known, place)| known.is_none_or(|known| known == *place)));
        let is_in = |place: Place, least: f32, most: f32| place.iter().all(|&at| at >= least && at <= most);
        assert!(is_in(places[7], 0.0, 1.0) && is_in(places[8], 8.0, 9.0), "{places:?}");
        assert!(places[6][0] > 9.0, "blank rows lie beside the map");
        let nearest = place(&codes(), &known(), 1, Progress::NONE).unwrap();
        assert!(known().contains(&Some(nearest[7])));
    }

    #[test]
    fn nothing_known_and_lengths_that_do_not_fit() {
        assert!(place(&codes(), &[None; 9], 3, Progress::NONE).unwrap().iter().flatten().all(|at| at.is_finite()));
        assert!(place(&codes(), &known(), 0, Progress::NONE).unwrap().iter().flatten().all(|at| at.is_finite()));
        let short = place(&codes(), &known()[1..], 3, Progress::NONE);
        assert_eq!(short, Err(MapError::Places { found: 8, rows: 9 }));
        assert_eq!(place(&codes(), &[Some([f32::NAN; 2]); 9], 3, Progress::NONE), Err(MapError::NotFinite));
        let given_up = place(&codes(), &known(), 3, Watcher::new(&|| false, &|_| ()).progress());
        assert_eq!(given_up, Err(MapError::Cancelled(Cancelled)));
    }
}
