//! t-SNE on small made-up sets.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::descent::EARLY;
use super::*;
use crate::likeness::graph::graph;
use crate::likeness::maps::measures::{fidelity, purity};
use crate::likeness::maps::tests::{heaps, labels};
use crate::progress::{Cancelled, Watcher};
use std::cell::Cell;

fn tsne(codes: &Codes, options: &TsneOptions, start: Start) -> Result<Tsne, MapError> {
    let graph = graph(codes, options.neighbours(), Progress::NONE).unwrap();
    Tsne::new(codes, &graph, options, start, Progress::NONE)
}

fn done(codes: &Codes, options: &TsneOptions) -> Vec<Place> {
    tsne(codes, options, Start::Codes).unwrap().run(&mut |_| (), Progress::NONE).unwrap()
}

fn small(iterations: u32) -> TsneOptions {
    TsneOptions { perplexity: 10.0, iterations, seed: 3 }
}

#[test]
fn like_rows_lie_beside_each_other() {
    let codes = heaps(900, 8);
    let map = done(&codes, &TsneOptions::default());
    let found = fidelity(&codes, &map, 15, Progress::NONE).unwrap();
    assert!(found.trust > 0.96 && found.kept > 0.22, "{found:?}");
    assert!(purity(&map, &labels(900), 12, Progress::NONE).unwrap() > 0.95);
}

#[test]
fn rows_that_settle_keep_more_of_those_that_they_look_most_like() {
    let (codes, options) = (heaps(900, 8), TsneOptions::default());
    let (mut run, mut before) = (tsne(&codes, &options, Start::Codes).unwrap(), Vec::new());
    let mut on_step = |map: &Tsne| {
        if map.begun().steps + SETTLING == options.iterations {
            before = map.places();
        }
    };
    let after = run.run_watched(&mut |_| (), &mut on_step, Progress::NONE).unwrap();
    let [before, after] =
        [before, after].map(|map| [5, 15].map(|k| fidelity(&codes, &map, k, Progress::NONE).unwrap()));
    assert!(after[0].kept > before[0].kept + 0.01, "{before:?} {after:?}");
    assert!(after[1].kept > before[1].kept + 0.02, "{before:?} {after:?}");
    assert!(after[1].trust > before[1].trust - 0.003, "{before:?} {after:?}");
}

#[test]
fn no_number_of_threads_changes_it() {
    let codes = heaps(3_000, 5);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| done(&codes, &small(EARLY + 30)))
    };
    let one = with(1);
    assert_eq!(one, with(5));
    assert_ne!(one, done(&codes, &TsneOptions { seed: 4, ..small(EARLY + 30) }));
}

#[test]
fn a_run_that_was_given_up_goes_on_as_if_it_had_not() {
    let (codes, options) = (heaps(600, 5), small(EARLY + 50));
    let whole = done(&codes, &options);
    let (looks, mut state, mut runs) = (Cell::new(0_u32), None, 0);
    let map = loop {
        let start = state.map_or(Start::Codes, Start::State);
        let mut tsne = tsne(&codes, &options, start).unwrap();
        let is_wanted = || looks.replace(looks.get() + 1) < 555;
        match tsne.run(&mut |_| (), Watcher::new(&is_wanted, &|_| ()).progress()) {
            Ok(map) => break map,
            Err(error) => assert_eq!(error, MapError::Cancelled(Cancelled)),
        }
        state = TsneState::of_begun(&tsne.state().begun(), &codes);
        assert!(state.as_ref().unwrap().iteration() > 0);
        looks.set(0);
        runs += 1;
    };
    assert!(runs >= 2, "{runs}");
    assert_eq!(map, whole);
}

#[test]
fn what_was_begun_is_believed_only_as_numbers_of_these_rows() {
    let mut values = heaps(60, 5).values().to_vec();
    values[..50].fill(0);
    // Ten rows are blank, and have no place in it.
    let codes = Codes::new(5, values).unwrap();
    let mut run = tsne(&codes, &small(7), Start::Codes).unwrap();
    let mut kept = Vec::new();
    run.run_watched(&mut |_| (), &mut |map| kept.push(map.begun()), Progress::NONE).unwrap();
    assert_eq!(kept.iter().map(|begun| begun.steps).collect::<Vec<_>>(), (1..=7).collect::<Vec<_>>());
    let begun = kept.pop().unwrap();
    assert_eq!((begun.pairs.len(), begun.bytes()), (3 * 50, 3 * 50 * 8));
    assert_eq!(TsneState::of_begun(&begun, &codes).as_ref(), Some(run.state()));
    assert_eq!(TsneState::of_begun(&begun, &heaps(60, 5)), None, "of other rows");
    let mut cut = begun.clone();
    cut.pairs.pop();
    assert_eq!(TsneState::of_begun(&cut, &codes), None);
    for broken in [f32::NAN, f32::INFINITY, -2e15] {
        let mut begun = begun.clone();
        begun.pairs[70][1] = broken;
        assert_eq!(TsneState::of_begun(&begun, &codes), None, "{broken}");
    }
}

#[test]
fn maps_are_published_first_and_last_and_all_are_finite() {
    let codes = heaps(700, 5);
    let mut seen = Vec::new();
    let mut run = tsne(&codes, &small(40), Start::Codes).unwrap();
    let first = run.places();
    let last = run.run(&mut |places| seen.push(places.to_vec()), Progress::NONE).unwrap();
    assert_eq!((seen.first(), seen.last()), (Some(&first), Some(&last)));
    assert!(seen.iter().flatten().flatten().all(|at| at.is_finite()));
    assert_ne!(first, last);
}

#[test]
fn odd_sets_have_finite_maps() {
    let wide = |rows: usize, value: i8| Codes::new(4, vec![value; 4 * rows]).unwrap();
    let mut mixed: Vec<i8> = heaps(300, 4).values().to_vec();
    mixed[..400].fill(0);
    mixed[800..].fill(7);
    let lone = [vec![0; 40], vec![5; 4], vec![0; 40]].concat();
    let sets = [
        wide(0, 0),
        wide(1, 3),
        wide(1, 0),
        wide(2, 3),
        wide(3, -127),
        wide(9, 0),
        wide(400, 7),
        Codes::new(4, mixed).unwrap(),
        Codes::new(4, lone).unwrap(),
        heaps(5, 4),
        Codes::new(1, (-100..100).collect()).unwrap(),
    ];
    for codes in sets {
        let map = done(&codes, &TsneOptions::default());
        assert_eq!(map.len(), codes.rows() as usize);
        assert!(map.iter().flatten().all(|at| at.abs() < 1e4), "{} rows", codes.rows());
    }
}

#[test]
fn blank_rows_lie_together_beside_the_map() {
    let mut values = heaps(400, 5).values().to_vec();
    for row in (0..400).step_by(10) {
        values[row * 5..row * 5 + 5].fill(0);
    }
    let map = done(&Codes::new(5, values).unwrap(), &small(300));
    let (blank, seen): (Vec<_>, Vec<_>) = map.iter().enumerate().partition(|(row, _)| row % 10 == 0);
    let edge = seen.iter().map(|(_, place)| place[0]).fold(f32::MIN, f32::max);
    assert!(blank.iter().all(|(_, place)| place[0] > edge));
}

#[test]
fn rows_start_from_another_map_in_its_order() {
    let codes = heaps(300, 5);
    let given: Vec<Place> = (0..300_u16).map(|row| [f32::from(row), -f32::from(row * 2)]).collect();
    let start = tsne(&codes, &small(0), Start::Places(given)).unwrap().places();
    // Neighbours in the order are 1/87 of the deviation apart, and jitter is 1/50 of it at most.
    assert!(start.windows(5).all(|some| some[0][0] < some[4][0] && some[0][1] > some[4][1]));
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let codes = heaps(50, 5);
    let state = tsne(&heaps(40, 5), &small(1), Start::Codes).unwrap().state().clone();
    assert_eq!(
        tsne(&codes, &small(1), Start::State(state.clone())).unwrap_err(),
        MapError::Places { found: 40, rows: 50 }
    );
    let broken = TsneState { places: vec![[f32::NAN; 2]; 40], ..state };
    assert_eq!(tsne(&heaps(40, 5), &small(1), Start::State(broken)).unwrap_err(), MapError::NotFinite);
    let other = graph(&heaps(40, 5), 9, Progress::NONE).unwrap();
    let found = Tsne::new(&codes, &other, &small(1), Start::Codes, Progress::NONE).unwrap_err();
    assert_eq!(found, MapError::Graph { found: 360, rows: 50, k: 9 });
    let none = graph(&codes, 0, Progress::NONE).unwrap();
    let found = Tsne::new(&codes, &none, &small(1), Start::Codes, Progress::NONE).unwrap_err();
    assert_eq!(found, MapError::NoNeighbours);
}
