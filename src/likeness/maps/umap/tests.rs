//! UMAP on small made-up sets.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use crate::likeness::graph::graph;
use crate::likeness::maps::measures::{fidelity, purity};
use crate::likeness::maps::tests::{heaps, labels};
use crate::progress::{Cancelled, Watcher};
use std::cell::Cell;

fn umap(codes: &Codes, options: &UmapOptions, start: Start) -> Result<Umap, MapError> {
    let graph = graph(codes, UmapOptions::NEIGHBOURS, Progress::NONE).unwrap();
    Umap::new(codes, &graph, options, start, Progress::NONE)
}

fn done(codes: &Codes, options: &UmapOptions) -> Vec<Place> {
    umap(codes, options, Start::Codes).unwrap().run(&mut |_| (), Progress::NONE).unwrap()
}

fn short(epochs: u32) -> UmapOptions {
    UmapOptions { epochs: Some(epochs), seed: 3 }
}

#[test]
fn like_rows_lie_beside_each_other() {
    let codes = heaps(900, 8);
    let map = done(&codes, &UmapOptions::default());
    let found = fidelity(&codes, &map, 15, Progress::NONE).unwrap();
    assert!(found.trust > 0.9 && found.kept > 0.25, "{found:?}");
    assert!(purity(&map, &labels(900), 12, Progress::NONE).unwrap() > 0.95);
}

#[test]
fn no_number_of_threads_changes_it() {
    let codes = heaps(3_000, 5);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| done(&codes, &short(20)))
    };
    let one = with(1);
    assert_eq!(one, with(5));
    assert_ne!(one, done(&codes, &UmapOptions { seed: 4, ..short(20) }));
}

#[test]
fn a_run_that_was_given_up_goes_on_as_if_it_had_not() {
    let codes = heaps(600, 5);
    let whole = done(&codes, &short(60));
    let left = Cell::new(200);
    let mut first = umap(&codes, &short(60), Start::Codes).unwrap();
    let is_wanted = || left.replace(left.get() - 1) > 0;
    let given_up = first.run(&mut |_| (), Watcher::new(&is_wanted, &|_| ()).progress());
    assert_eq!(given_up, Err(MapError::Cancelled(Cancelled)));
    let state = UmapState::of_begun(&first.state().begun(), &codes).unwrap();
    assert!(state.epoch() > 0 && state.epoch() < 60);
    let map = umap(&codes, &short(60), Start::State(state)).unwrap().run(&mut |_| (), Progress::NONE).unwrap();
    assert_eq!(map, whole);
}

#[test]
fn odd_sets_have_finite_maps() {
    let wide = |rows: usize, value: i8| Codes::new(4, vec![value; 4 * rows]).unwrap();
    let lone = Codes::new(4, [vec![0; 40], vec![5; 4], vec![0; 40]].concat()).unwrap();
    let sets =
        [wide(0, 0), wide(1, 3), wide(1, 0), wide(2, 3), wide(3, -127), wide(9, 0), wide(400, 7), lone, heaps(5, 4)];
    for codes in sets {
        let mut seen = Vec::new();
        let last =
            umap(&codes, &short(50), Start::Codes).unwrap().run(&mut |map| seen.push(map.to_vec()), Progress::NONE);
        assert!(seen.len() >= 2 && seen.last() == Some(&last.unwrap()));
        assert!(seen.iter().all(|map| map.len() == codes.rows() as usize));
        assert!(seen.iter().flatten().flatten().all(|at| at.abs() < 1e4), "{} rows", codes.rows());
    }
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let state = umap(&heaps(40, 5), &short(1), Start::Codes).unwrap().state().clone();
    assert_eq!(
        umap(&heaps(50, 5), &short(1), Start::State(state)).unwrap_err(),
        MapError::Places { found: 40, rows: 50 }
    );
}
