//! The graph against one query a row.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use crate::likeness::query::tests::some_codes;
use crate::likeness::query::{Of, nearest};
use crate::progress::Watcher;

fn assert_is_that_of_queries(codes: &Codes, k: usize) {
    let graph = graph(codes, k, Progress::NONE).unwrap();
    assert_eq!(graph.neighbours().len(), codes.rows() as usize * k);
    assert_eq!(graph.similarities().len(), codes.rows() as usize * k);
    for row in 0..codes.rows() {
        let expected = nearest(codes, Of::Row(row), k);
        assert!(graph.of(row).eq(expected.iter().copied()), "{k} of row {row} of {}", codes.rows());
        let rest = row as usize * k + expected.len()..(row as usize + 1) * k;
        assert!(graph.neighbours()[rest.clone()].iter().all(|&row| row == Graph::NOBODY));
        assert!(graph.similarities()[rest].iter().all(|&similarity| similarity == i32::MIN));
    }
}

#[test]
fn each_row_has_the_neighbours_that_a_query_finds() {
    for (rows, width, k) in
        [(1, 64, 15), (2, 64, 15), (17, 1, 3), (300, 7, 90), (2_100, 64, 15), (1_025, 64, 90), (1_100, 131, 1)]
    {
        assert_is_that_of_queries(&some_codes(rows, width), k);
    }
}

#[test]
fn hostile_codes_have_the_same_neighbours_too() {
    assert_is_that_of_queries(&Codes::new(64, vec![-127; 64 * 1_300]).unwrap(), 15);
    assert_is_that_of_queries(&Codes::new(64, vec![0; 64 * 1_100]).unwrap(), 15);
    assert_is_that_of_queries(&Codes::new(64, Vec::new()).unwrap(), 15);
    assert_is_that_of_queries(&some_codes(40, 64), 0);
    // Two heaps, each the other's opposite.
    let opposite: Vec<i8> = (0..1_200).flat_map(|row| [if row % 2 == 0 { 90 } else { -90 }; 64]).collect();
    assert_is_that_of_queries(&Codes::new(64, opposite).unwrap(), 20);
}

#[test]
fn no_number_of_threads_changes_it() {
    let codes = some_codes(2_200, 64);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| graph(&codes, 15, Progress::NONE).unwrap())
    };
    assert_eq!(with(1), with(5));
}

#[test]
fn rows_in_another_order_have_the_same_similarities() {
    let codes = some_codes(1_100, 64);
    let moved = |row: usize| row * 7 % 1_100;
    let values = (0..1_100).flat_map(|row| codes.row(moved(row) as u32).unwrap().to_vec()).collect();
    let (own, other) = (
        graph(&codes, 9, Progress::NONE).unwrap(),
        graph(&Codes::new(64, values).unwrap(), 9, Progress::NONE).unwrap(),
    );
    for row in 0..1_100 {
        let places = |row: usize| row * 9..(row + 1) * 9;
        assert_eq!(own.similarities()[places(moved(row))], other.similarities()[places(row)]);
    }
}

#[test]
fn every_pair_of_blocks_meets_once_and_in_a_round_each_block_at_most_once() {
    for blocks in 0..12 {
        let mut pairs = tournament(blocks);
        for round in pairs[blocks..].chunks((blocks / 2).max(1)) {
            let mut there: Vec<usize> = round.iter().flat_map(|&(a, b)| [a, b]).collect();
            there.sort_unstable();
            there.dedup();
            assert_eq!(there.len(), 2 * round.len(), "{blocks} blocks");
        }
        pairs.sort_unstable();
        assert!(pairs.into_iter().eq((0..blocks).flat_map(|a| (a..blocks).map(move |b| (a, b)))));
    }
}

#[test]
fn it_can_be_given_up_and_says_how_far_it_is() {
    let codes = some_codes(4_200, 64);
    let (looks, most) = (std::cell::Cell::new(0), std::cell::Cell::new(0.0));
    let tell = |part| most.set(part);
    let all = || {
        looks.set(looks.get() + 1);
        true
    };
    graph(&codes, 15, Watcher::new(&all, &tell).progress()).unwrap();
    assert!(looks.get() > 2 && most.get() == 1.0);
    let (left, few) = (std::cell::Cell::new(3), |left: &std::cell::Cell<i32>| left.replace(left.get() - 1) > 0);
    assert_eq!(graph(&codes, 15, Watcher::new(&|| few(&left), &tell).progress()), Err(Cancelled));
    assert_eq!(left.get(), -1, "it looked no more");
}
