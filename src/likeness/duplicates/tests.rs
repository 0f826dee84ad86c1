//! Near duplicates in sets whose copies are known.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use crate::likeness::code::{CodeError, CodeMaker, Codes, Measure, WIDTH};
use crate::likeness::drawings::tests::{Failed, with};
use crate::likeness::graph::{Graph, graph};
use crate::likeness::sorted::random::Random;
use crate::progress::{Progress, Watcher};
use std::cell::Cell;

const SIDE: usize = 28;

/// Three strokes from place to place, three pixels wide.
fn scribble(random: &mut Random) -> Vec<u8> {
    let mut ink = vec![0; SIDE * SIDE];
    let mut place = || (3 + random.below(22), 3 + random.below(22));
    let places = [place(), place(), place(), place()];
    for ends in places.windows(2) {
        let ((x, y), (to_x, to_y)) = (ends[0], ends[1]);
        for step in 0..=40 {
            let (x, y) = ((x * (40 - step) + to_x * step) / 40, (y * (40 - step) + to_y * step) / 40);
            for at in 0..9 {
                ink[(y + at / 3 - 1) * SIDE + x + at % 3 - 1] = 255;
            }
        }
    }
    ink
}

/// The drawing one pixel to the right, and a little noise.
fn copy(ink: &[u8], random: &mut Random) -> Vec<u8> {
    let mut moved = vec![0; ink.len()];
    moved[1..].copy_from_slice(&ink[..ink.len() - 1]);
    for value in &mut moved {
        *value = value.saturating_sub(random.below(20) as u8);
    }
    moved
}

fn graph_of(values: &[u8], k: usize) -> Graph {
    let maker = CodeMaker::fit(Measure::Direction, (28, 28), values, Progress::NONE).unwrap();
    let mut codes = vec![0; values.len() / (SIDE * SIDE) * WIDTH];
    maker.encode(values, &mut codes).unwrap();
    graph(&Codes::new(WIDTH, codes).unwrap(), k, Progress::NONE).unwrap()
}

/// 60 scribbles; copies of the first ten, and equals of two of these; a blank one.
fn set() -> Vec<u8> {
    let mut random = Random::new(11, 0);
    let mut all: Vec<Vec<u8>> = (0..60).map(|_| scribble(&mut random)).collect();
    for row in 0..10 {
        all.push(copy(&all[row], &mut random));
    }
    all.extend([all[3].clone(), all[61].clone(), vec![0; SIDE * SIDE]]);
    all.concat()
}

#[test]
fn copies_are_found_and_nothing_else_is_and_equals_of_them_are_in_their_groups() {
    let values = set();
    let graph = graph_of(&values, 12);
    with(&values, (28, 28), |drawings| {
        let exact = exact(drawings, 1, Progress::NONE).unwrap();
        assert_eq!(exact, Exact { groups: vec![vec![3, 70], vec![61, 71]], blank: vec![72] });
        let pairs = near(drawings, &graph, &exact, &NearSearch::default(), Progress::NONE).unwrap();
        assert!(pairs.is_sorted_by(|a, b| (a.distance, a.row, a.other) < (b.distance, b.row, b.other)));
        let mut found: Vec<(u32, u32)> = within(&pairs, NEAR).iter().map(|pair| (pair.row, pair.other)).collect();
        found.sort_unstable();
        let mut expected: Vec<(u32, u32)> = (0..10).map(|row| (row, row + 60)).collect();
        expected.extend([(63, 70), (1, 71)]);
        expected.sort_unstable();
        assert_eq!(found, expected);
        let of = groups(drawings.rows, within(&pairs, NEAR), &exact);
        assert_eq!((of.len(), &of[1], &of[3]), (10, &vec![1, 61, 71], &vec![3, 63, 70]));
        // A smaller distance is what another search would find.
        let close = NearSearch { most_distance: pairs[4].distance, ..NearSearch::default() };
        assert_eq!(near(drawings, &graph, &exact, &close, Progress::NONE).unwrap(), within(&pairs, pairs[4].distance));
        let strict = NearSearch { least_cosine: 1.5, ..NearSearch::default() };
        assert!(near(drawings, &graph, &exact, &strict, Progress::NONE).unwrap().is_empty());
    });
}

#[test]
fn drawings_twice_as_large_are_as_near_and_threads_change_nothing() {
    let values = set();
    let double = |drawing: &[u8]| -> Vec<u8> {
        (0..4 * drawing.len()).map(|at| drawing[at / (4 * SIDE) * SIDE + at % (2 * SIDE) / 2]).collect()
    };
    let large: Vec<u8> = values.chunks(SIDE * SIDE).flat_map(double).collect();
    let graph = graph_of(&values, 12);
    let search = NearSearch::default();
    let of = |values: &[u8], side: u32, threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            with(values, (side, side), |drawings| {
                near(drawings, &graph, &Exact::default(), &search, Progress::NONE).unwrap()
            })
        })
    };
    let pairs = of(&values, 28, 1);
    assert!(pairs.iter().any(|pair| pair.distance == 0.0), "equal ones count where nobody says that they are equal");
    assert_eq!(of(&values, 28, 3), pairs);
    assert_eq!(of(&large, 56, 2), pairs);
}

#[test]
fn what_is_given_up_or_cannot_be_compared_is_an_error() {
    let values = set();
    let graph = graph_of(&values, 3);
    let search = NearSearch::default();
    with(&values, (28, 28), |drawings| {
        for looks in 0..4_u32 {
            let left = Cell::new(looks);
            let is_wanted = || left.replace(left.get().saturating_sub(1)) > 0;
            let watcher = Watcher::new(&is_wanted, &|_| ());
            let found = near(drawings, &graph, &Exact::default(), &search, watcher.progress());
            assert_eq!(found, Err(Failed::Cancelled));
            assert_eq!(exact(drawings, 1, Watcher::new(&|| false, &|_| ()).progress()), Err(Failed::Cancelled));
        }
    });
    let read = |_: &[u32], _: &mut [u8]| Err(Failed::Read);
    let unread = |width| Drawings { rows: 73, width, height: 28, read: &read };
    let failed = |width| near(&unread(width), &graph, &Exact::default(), &search, Progress::NONE);
    assert_eq!(failed(28), Err(Failed::Read));
    assert_eq!(failed(0), Err(Failed::Code(CodeError::Size { width: 0, height: 28 })));
}
