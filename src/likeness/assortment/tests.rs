//! Groups that are dealt out in all ways, and groups that are known to differ.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use crate::likeness::code::Codes;
use crate::likeness::graph::graph;
use crate::likeness::sorted::random::Random;
use crate::progress::Watcher;

/// A graph of random codes: rows of a kind are alike, kinds being `row % kinds`; each tenth row is blank.
fn graph_of_kinds(rows: usize, kinds: usize, k: usize) -> Graph {
    let mut random = Random::new(5, 0);
    let middles: Vec<i8> = (0..kinds * 8).map(|_| random.below(121) as i8 - 60).collect();
    let mut values = Vec::new();
    for row in 0..rows {
        let middle = &middles[row % kinds * 8..][..8];
        let near = middle.iter().map(|&value| value + (random.below(81) as i8 - 40));
        values.extend(near.map(|value| if row % 10 == 9 { 0 } else { value }));
    }
    graph(&Codes::new(8, values).unwrap(), k, Progress::NONE).unwrap()
}

/// Pairs of rows with values, the second of which the first one names.
fn edges_of(column: &[u32], graph: &Graph, nearest: usize) -> Vec<(u32, u32)> {
    let named = |row: u32| graph.of(row).take(nearest).map(move |other| (row, other.row));
    let all = (0..column.len() as u32).flat_map(named);
    all.filter(|&(a, b)| column[a as usize] != MISSING && column[b as usize] != MISSING).collect()
}

fn joins(edges: &[(u32, u32)], group: impl Fn(u32) -> bool) -> u64 {
    edges.iter().filter(|&&(a, b)| group(a) && group(b)).count() as u64
}

#[test]
fn mean_and_deviation_are_those_of_all_ways_to_deal_out_a_group() {
    let graph = graph_of_kinds(12, 2, 3);
    let mut column = vec![0; 12];
    column[4] = MISSING;
    let edges = Edges::new(&column, &graph, 3, Progress::NONE).unwrap();
    let rows = edges.rows.clone();
    assert_eq!(rows, [0, 1, 2, 3, 5, 6, 7, 8, 10, 11]);
    let pairs = edges_of(&column, &graph, 3);
    for size in 0..=10 {
        // All sets of so many rows, as bits.
        let sets = (0_u32..1 << 10).filter(|set| set.count_ones() == size);
        let is_in =
            |set: u32, row: u32| rows.iter().position(|&other| other == row).is_some_and(|at| set >> at & 1 == 1);
        let counts: Vec<f64> = sets.map(|set| joins(&pairs, |row| is_in(set, row)) as f64).collect();
        let mean = counts.iter().sum::<f64>() / counts.len() as f64;
        let variance = counts.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / counts.len() as f64;
        let moments = edges.moments(size);
        assert!((moments.mean - mean).abs() < 1e-9 && (moments.variance - variance).abs() < 1e-9, "{size} {moments:?}");
    }
    assert_eq!(edges.moments(10).z(joins(&pairs, |_| true)), 0.0, "there is but one way");
}

/// Values: rows of kind 2 have a value of their own, others one of three at random; some are missing, and one value is rare.
fn mixed(rows: usize) -> Vec<u32> {
    let mut random = Random::new(9, 9);
    let value = |row: usize| match (row % 17, row % 6) {
        (0, _) => MISSING,
        (1, _) if row < 60 => 40,
        (_, 2) => 30,
        _ => 10 + random.below(3) as u32,
    };
    (0..rows).map(value).collect()
}

#[test]
fn groups_that_differ_are_told_from_those_that_do_not_and_nothing_is_left_uncounted() {
    let (rows, nearest) = (600, 5);
    let graph = graph_of_kinds(rows, 6, 7);
    let column = mixed(rows);
    let test = Test { nearest, permutations: 199, ..Test::default() };
    let found = assortment(&column, &graph, &test, Progress::NONE).unwrap();
    let is_blank = |row: usize| row % 10 == 9;
    let count = |is: &dyn Fn(usize) -> bool| (0..rows).filter(|&row| is(row)).count() as u32;
    assert_eq!(found.missing, count(&|row| column[row] == MISSING));
    assert_eq!(found.blank, count(&|row| column[row] != MISSING && is_blank(row)));
    assert_eq!(found.rows, count(&|row| column[row] != MISSING && !is_blank(row)));
    assert_eq!((found.small_groups, found.small_rows), (1, count(&|row| column[row] == 40 && !is_blank(row))));
    let edges = edges_of(&column, &graph, nearest);
    let mut order: Vec<u32> = found.groups.iter().map(|group| group.group).collect();
    assert_eq!(order[0], 30);
    order.sort_unstable();
    assert_eq!(order, [10, 11, 12, 30]);
    for group in &found.groups {
        let of = |row: u32| column[row as usize] == group.group;
        assert_eq!(group.same, joins(&edges, of));
        assert_eq!(group.named, edges.iter().filter(|edge| of(edge.0)).count() as u64);
        assert_eq!(group.rows, count(&|row| of(row as u32) && !is_blank(row)));
        assert!((group.ratio - group.same as f64 / group.expected).abs() < 1e-12);
        let differs = group.group == 30;
        assert_eq!(group.z > 5.0 && group.ratio > 2.0, differs, "{group:?}");
        assert_eq!(group.p_corrected <= 0.005 && group.p <= 0.005, differs, "{group:?}");
    }
}

#[test]
fn p_is_what_a_plain_count_over_the_same_permutations_gives() {
    let (rows, nearest, permutations) = (300, 4, 99);
    let graph = graph_of_kinds(rows, 6, nearest);
    let column: Vec<u32> =
        (0..rows).map(|row| if row % 6 == 2 && row % 4 < 2 { 3 } else { row as u32 % 7 % 3 }).collect();
    let test = Test { nearest, permutations, least_rows: 1, seed: 4 };
    let found = assortment(&column, &graph, &test, Progress::NONE).unwrap().groups;
    let edges = edges_of(&column, &graph, nearest);
    let dealt_to: Vec<u32> = (0..rows as u32).filter(|row| row % 10 != 9).collect();
    let z = |column: &[u32], of: &Group| {
        let same = joins(&edges, |row| column[row as usize] == of.group) as f64;
        let deviation = (of.same as f64 - of.expected) / of.z;
        (same - of.expected) / deviation
    };
    let (mut as_much, mut any) = (vec![1.0; found.len()], vec![1.0; found.len()]);
    for number in 0..u64::from(permutations) {
        let mut values: Vec<u32> = dealt_to.iter().map(|&row| column[row as usize]).collect();
        Random::new(4, number).shuffle(&mut values);
        let mut dealt = vec![MISSING; rows];
        dealt_to.iter().zip(values).for_each(|(&row, value)| dealt[row as usize] = value);
        let all: Vec<f64> = found.iter().map(|group| z(&dealt, group)).collect();
        for at in 0..found.len() {
            let is_as_much = |z: f64| f64::from(u8::from(z >= found[at].z - 1e-9));
            as_much[at] += is_as_much(all[at]);
            any[at] += is_as_much(all[at..].iter().copied().fold(f64::NEG_INFINITY, f64::max));
        }
    }
    let mut least = 0.0_f64;
    for (at, group) in found.iter().enumerate() {
        least = least.max(any[at] / 100.0);
        assert!((group.p - as_much[at] / 100.0).abs() < 1e-12, "{group:?}");
        assert!((group.p_corrected - least).abs() < 1e-12, "{group:?}");
    }
    assert!(found.len() == 4 && found.iter().any(|group| group.p_corrected > group.p));
}

#[test]
fn threads_change_nothing_and_a_seed_does() {
    let graph = graph_of_kinds(600, 6, 5);
    let column = mixed(600);
    let of = |threads: usize, seed: u64| {
        let test = Test { permutations: 50, seed, ..Test::default() };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| assortment(&column, &graph, &test, Progress::NONE).unwrap())
    };
    assert_eq!(of(1, 1), of(3, 1));
    assert_ne!(of(1, 1), of(1, 2));
}

#[test]
fn columns_of_other_sets_and_of_nothing_are_answered() {
    let graph = graph_of_kinds(40, 2, 3);
    let test = Test { permutations: 9, ..Test::default() };
    let of = |column: &[u32]| assortment(column, &graph, &test, Progress::NONE);
    assert_eq!(of(&[1, 2]), Err(AssortmentError::Length { column: 2, rows: 40 }));
    let found = of(&[MISSING; 40]).unwrap();
    assert_eq!((found.groups.len(), found.rows, found.missing), (0, 0, 40));
    let found = of(&[5; 40]).unwrap();
    assert_eq!((found.groups[0].ratio, found.groups[0].z, found.groups[0].p), (1.0, 0.0, 1.0));
    let given_up = Watcher::new(&|| false, &|_| ());
    assert_eq!(assortment(&[5; 40], &graph, &test, given_up.progress()), Err(AssortmentError::Cancelled(Cancelled)));
}
