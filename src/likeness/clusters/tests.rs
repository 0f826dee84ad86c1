//! Clusters of graphs whose clusters are known.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use crate::likeness::sorted::random::Random;
use crate::progress::Watcher;
use std::cell::Cell;

/// A graph of edges between nodes, each named by one of its ends.
fn graph(count: usize, edges: &[(u32, u32)]) -> (Vec<u32>, Vec<i32>, usize) {
    let named = |node: u32| edges.iter().filter(move |edge| edge.0 == node).map(|edge| edge.1);
    let per_row = (0..count as u32).map(|node| named(node).count()).max().unwrap_or(0).max(1);
    let rows =
        (0..count as u32).flat_map(|node| named(node).chain(std::iter::repeat(u32::MAX)).take(per_row)).collect();
    (rows, vec![1000; count * per_row], per_row)
}

fn clusters_of(count: usize, edges: &[(u32, u32)], search: &Search) -> Clusters {
    let (rows, similarity, per_row) = graph(count, edges);
    find(&Neighbours { rows: &rows, similarity: &similarity, per_row }, search, Progress::NONE).unwrap()
}

/// All edges among some nodes.
fn clique(nodes: std::ops::Range<u32>) -> Vec<(u32, u32)> {
    nodes.clone().flat_map(|one| (one + 1..nodes.end).map(move |other| (one, other))).collect()
}

/// All that are asked of it in these tests.
fn searches() -> Vec<Search> {
    let mut all = Vec::new();
    for weights in [Weights::Equal, Weights::Mutual, Weights::Similarity] {
        for (objective, resolution) in [(Objective::Modularity, 1.0), (Objective::ConstantPotts, 0.2)] {
            all.extend((0..5).map(|seed| Search { objective, resolution, weights, seed }));
        }
    }
    all
}

#[test]
fn two_cliques_with_a_bridge_are_two_clusters_the_larger_one_first() {
    let edges = [clique(0..6), clique(6..14), vec![(5, 6)]].concat();
    for search in searches() {
        let found = clusters_of(14, &edges, &search);
        assert_eq!(found.count(), 2, "{search:?}");
        assert!(found.rows(0).iter().copied().eq(6..14) && found.rows(1).iter().copied().eq(0..6));
        assert!(
            found.rows(2).is_empty()
                && found.of_row.iter().map(|&at| at as usize).eq((0..14).map(|row| usize::from(row < 6)))
        );
    }
}

#[test]
fn a_ring_of_cliques_falls_into_its_cliques() {
    let cliques = 12;
    let mut edges = Vec::new();
    for at in 0..cliques {
        edges.extend(clique(at * 5..(at + 1) * 5));
        edges.push((at * 5 + 4, (at + 1) % cliques * 5));
    }
    for search in searches() {
        let found = clusters_of(5 * cliques as usize, &edges, &search);
        assert_eq!(found.count(), cliques as usize, "{search:?}");
        // Equal ones are numbered by their first row.
        assert!(found.of_row.iter().copied().eq((0..5 * cliques).map(|row| row / 5)));
    }
}

#[test]
fn what_is_not_joined_is_not_in_one_cluster() {
    let edges = [clique(0..4), clique(4..7)].concat();
    for search in searches() {
        let found = clusters_of(9, &edges, &search);
        assert_eq!(found.of_row, [0, 0, 0, 0, 1, 1, 1, 2, 3], "{search:?}");
    }
    assert_eq!(clusters_of(1, &[], &Search::default()).of_row, [0]);
    assert_eq!(clusters_of(2, &[], &Search::default()).count(), 2);
    assert_eq!(clusters_of(2, &[(0, 1)], &Search::default()).count(), 1);
    let none =
        find(&Neighbours { rows: &[], similarity: &[], per_row: 3 }, &Search::default(), Progress::NONE).unwrap();
    assert_eq!((none.count(), none.rows(0).len()), (0, 0));
}

/// Groups of rows that name each other, and some others at random.
fn planted(groups: u32, size: u32, seed: u64) -> Vec<(u32, u32)> {
    let mut random = Random::new(seed, 0);
    let mut edges = Vec::new();
    for row in 0..groups * size {
        for at in 0..8 {
            let within = row / size * size + random.below(size as usize) as u32;
            let anywhere = random.below((groups * size) as usize) as u32;
            edges.push((row, if at < 6 { within } else { anywhere }));
        }
    }
    edges
}

#[test]
fn planted_groups_are_found_and_every_cluster_holds_together() {
    let (groups, size) = (10, 60);
    let edges = planted(groups, size, 4);
    for search in searches().into_iter().filter(|search| search.objective == Objective::Modularity) {
        let found = clusters_of((groups * size) as usize, &edges, &search);
        let right = |group: u32| {
            let own = &found.of_row[(group * size) as usize..((group + 1) * size) as usize];
            own.iter().filter(|&&cluster| cluster == own[0]).count() >= 58
        };
        assert!(found.count() == groups as usize && (0..groups).all(right), "{search:?}");
    }
    // Few edges, many small clusters: each of them is one piece.
    let edges = &edges[..edges.len() / 3];
    let found = clusters_of((groups * size) as usize, edges, &Search { resolution: 3.0, ..Search::default() });
    for cluster in 0..found.count() {
        let mut reached = vec![found.rows(cluster)[0]];
        let mut at = 0;
        while at < reached.len() {
            for &(one, other) in edges {
                for (from, to) in [(one, other), (other, one)] {
                    if from == reached[at] && found.of_row[to as usize] as usize == cluster && !reached.contains(&to) {
                        reached.push(to);
                    }
                }
            }
            at += 1;
        }
        assert_eq!(reached.len(), found.rows(cluster).len());
    }
}

#[test]
fn the_same_seed_gives_the_same_clusters_and_sizes_fall() {
    let edges = planted(30, 20, 7);
    let run = |threads, seed| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| clusters_of(600, &edges, &Search { seed, ..Search::default() }))
    };
    let one = run(1, 3);
    assert_eq!(one, run(2, 3));
    let sizes: Vec<usize> = (0..one.count()).map(|cluster| one.rows(cluster).len()).collect();
    assert!(
        sizes.is_sorted_by(|a, b| a >= b) && sizes.iter().sum::<usize>() == 600 && sizes.iter().all(|&size| size > 0)
    );
}

#[test]
fn a_higher_resolution_gives_more_clusters() {
    let edges = planted(30, 20, 7);
    for objective in [Objective::Modularity, Objective::ConstantPotts] {
        let count =
            |resolution| clusters_of(600, &edges, &Search { objective, resolution, ..Search::default() }).count();
        assert!(count(0.001) < count(0.9) && count(0.9) < count(90.0), "{objective:?}");
    }
}

#[test]
fn hostile_graphs_are_refused_or_do_no_harm() {
    let search = Search::default();
    let of = |rows: &[u32], similarity: &[i32], per_row| {
        find(&Neighbours { rows, similarity, per_row }, &search, Progress::NONE)
    };
    assert!(matches!(of(&[1], &[], 1), Err(ClusterError::Lengths { neighbours: 1, similarities: 0, per_row: 1 })));
    assert!(of(&[1, 0, 1], &[1, 1, 1], 2).is_err() && of(&[], &[], 0).is_err());
    // Neighbours that do not exist, a row itself, one named twice, and similarities that are none.
    let found = of(&[0, 9, 0, 0, u32::MAX, 1], &[i32::MAX, 5, i32::MAX, 7, 3, i32::MIN], 2).unwrap();
    assert_eq!(found.of_row, [0, 0, 1]);
    for resolution in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let search = Search { resolution, ..search };
        assert_eq!(
            find(&Neighbours { rows: &[], similarity: &[], per_row: 1 }, &search, Progress::NONE),
            Err(ClusterError::Resolution)
        );
    }
}

#[test]
fn it_is_given_up_at_every_look() {
    let (rows, similarity, per_row) = graph(600, &planted(30, 20, 7));
    let run = |allowed: u32| {
        let looks = Cell::new(0);
        let is_wanted = || looks.replace(looks.get() + 1) < allowed;
        let graph = Neighbours { rows: &rows, similarity: &similarity, per_row };
        let found = find(&graph, &Search::default(), Watcher::new(&is_wanted, &|_| ()).progress());
        (found.is_ok(), looks.get())
    };
    let (is_found, all) = run(u32::MAX);
    assert!(is_found && all > 10, "{all}");
    for allowed in 0..all {
        assert_eq!(run(allowed), (false, allowed + 1));
    }
}

/// Codes of two values.
const CODES: [i8; 24] = [0, 0, 1, 0, 0, 2, -1, 0, 0, -2, 90, 0, 91, 0, 5, 5, -128, 127, 3, 0, 0, 3, 5, 5];

#[test]
fn the_medoid_is_the_row_with_the_least_sum_of_squares() {
    let away = |one: u32, other: u32| -> i32 {
        let at = |row: u32| [0, 1].map(|axis| i32::from(CODES[row as usize * 2 + axis]));
        at(one).iter().zip(at(other)).map(|(a, b)| (a - b).pow(2)).sum()
    };
    let mut random = Random::new(1, 1);
    for trial in 0..200 {
        let rows: Vec<u32> = (0..12).filter(|_| trial == 0 || random.below(2) == 0).collect();
        let slow =
            rows.iter().copied().min_by_key(|&row| (rows.iter().map(|&other| away(row, other)).sum::<i32>(), row));
        assert_eq!(medoid(&CODES, 2, &rows, Progress::NONE).unwrap(), slow);
    }
}

#[test]
fn representatives_begin_with_the_medoid_and_are_spread() {
    let all: Vec<u32> = (0..12).collect();
    let of = |rows: &[u32]| representatives(&CODES, 2, rows, rows[0], Progress::NONE).unwrap();
    let found = of(&all);
    assert_eq!((found.len(), &found[..2]), (REPRESENTATIVES, &[0, 8][..]));
    // Two drawings that are the same do not both stand there.
    assert_eq!(of(&[7, 11]), [7]);
    assert_eq!(of(&[4]), [4]);
    // In a large cluster only the half that is near.
    let line: Vec<i8> = (0..100).collect();
    let found = representatives(&line, 1, &(0..100).collect::<Vec<u32>>(), 0, Progress::NONE).unwrap();
    assert_eq!((found.len(), &found[..3]), (REPRESENTATIVES, &[0, 49, 24][..]));
}

#[test]
fn what_a_cluster_has_more_of_comes_first() {
    // 60 rows of category 1, 30 of 2, 10 of 7.
    let categories: Vec<u16> = (0..100)
        .map(|row| {
            if row < 60 {
                1
            } else if row < 90 {
                2
            } else {
                7
            }
        })
        .collect();
    let totals = Totals::new(&categories, Progress::NONE).unwrap();
    let rows: Vec<u32> = (55..95).chain([4000]).collect();
    let found = totals.over_represented(&categories, &rows, 1, Progress::NONE).unwrap();
    let share = |category, count, total, lift| Share { category, count, total, lift };
    assert_eq!(found, [share(2, 30, 30, 2.5), share(7, 5, 10, 1.25)]);
    assert_eq!(totals.over_represented(&categories, &rows, 6, Progress::NONE).unwrap().len(), 1);
    assert!(totals.over_represented(&categories, &[], 0, Progress::NONE).unwrap().is_empty());
    assert!(Totals::new::<u32>(&[], Progress::NONE).is_ok());
}
