//! Sums by way of the mesh against those of all pairs.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use crate::likeness::sorted::random::Random;
use crate::progress::{Cancelled, Watcher};

/// Places in heaps over a stretch of so much.
fn places(rows: usize, extent: [f64; 2], seed: u64) -> Vec<[f32; 2]> {
    let mut random = Random::new(seed, 0);
    let mut part = || random.below(1 << 30) as f64 / f64::from(1 << 30) - 0.5;
    let heaps: Vec<[f64; 2]> = (0..20).map(|_| [part(), part()]).collect();
    let place = |row: usize| [0, 1].map(|axis| (0.8 * heaps[row % 20][axis] + 0.2 * part()) * extent[axis]);
    let mut place = place;
    (0..rows).map(|row| place(row).map(|at| at as f32)).collect()
}

fn by_mesh(places: &[[f32; 2]]) -> Vec<Push> {
    let mut pushes = vec![Push::default(); places.len()];
    Mesh::default().push(places, &mut pushes, Progress::NONE).unwrap();
    pushes
}

/// How far the pushes lie off, as a part of how strong they are; and the sums.
fn off(places: &[[f32; 2]]) -> (f64, f64) {
    let mut expected = vec![Push::default(); places.len()];
    exact::push(places, &mut expected);
    let (mut off, mut all, mut off_sum, mut all_sum) = (0.0, 0.0, 0.0, 0.0_f64);
    for (found, expected) in by_mesh(places).iter().zip(&expected) {
        for axis in 0..2 {
            off += (found.away[axis] - expected.away[axis]).powi(2);
            all += expected.away[axis].powi(2);
        }
        off_sum += (found.sum - expected.sum).powi(2);
        all_sum += expected.sum.powi(2);
    }
    ((off / all).sqrt(), (off_sum / all_sum).sqrt())
}

#[test]
fn the_mesh_gives_the_sums_of_all_pairs() {
    // Nodes are closer on small maps. Where rows are few for the area, or crowd in a line, what is finer than the mesh counts more.
    let cases = [
        ([1e-4; 2], 1e-3),
        ([0.1; 2], 1e-3),
        ([3.0; 2], 1e-3),
        ([25.0; 2], 0.015),
        ([60.0; 2], 0.04),
        ([150.0; 2], 0.08),
        ([90.0, 0.5], 0.08),
        ([0.0, 40.0], 0.03),
    ];
    for (extent, most) in cases {
        let off = off(&places(1_500, extent, 1));
        assert!(off.0 < most && off.1 < 0.01, "{off:?} in {extent:?}");
    }
}

#[test]
fn rows_in_one_place_do_not_push_each_other() {
    let pushes = by_mesh(&[[3.0, -4.0]; 300]);
    assert!(pushes.iter().all(|push| (push.sum - 300.0).abs() < 1e-6), "{:?}", pushes[0]);
    assert!(pushes.iter().all(|push| push.away.iter().all(|away| away.abs() < 1e-3)), "{:?}", pushes[0]);
}

#[test]
fn maps_far_too_large_for_a_mesh_have_finite_sums() {
    let pushes = by_mesh(&places(300, [1e9, 1e3], 1));
    assert!(pushes.iter().all(|push| push.sum.is_finite() && push.away.iter().all(|away| away.is_finite())));
}

#[test]
fn a_mesh_that_was_used_before_gives_the_same_sums() {
    let (small, large) = (places(400, [5.0; 2], 1), places(500, [50.0; 2], 2));
    let mut mesh = Mesh::default();
    for places in [&small, &large, &small, &places(600, [20.0; 2], 3), &large] {
        let mut pushes = vec![Push::default(); places.len()];
        mesh.push(places, &mut pushes, Progress::NONE).unwrap();
        assert_eq!(pushes, by_mesh(places));
    }
}

#[test]
fn it_can_be_given_up_at_any_look() {
    let places = places(400, [50.0; 2], 1);
    let mut pushes = vec![Push::default(); places.len()];
    let looks = std::cell::Cell::new(0);
    for most in 0.. {
        looks.set(0);
        let is_wanted = || looks.replace(looks.get() + 1) < most;
        let done = Mesh::default().push(&places, &mut pushes, Watcher::new(&is_wanted, &|_| ()).progress());
        if done.is_ok() {
            assert!(most > 5);
            break;
        }
        assert_eq!(done, Err(Cancelled));
        assert_eq!(looks.get(), most + 1, "it looked no more");
    }
}

#[test]
fn sizes_of_transforms_are_few_and_large_enough() {
    let mut sizes: Vec<usize> = (1..260).map(|side| Convolver::size(side * BAND)).collect();
    assert!(sizes.iter().zip(1..).all(|(&size, side)| size >= 2 * side * BAND + 8 && size < 3 * side * BAND + 32));
    assert!(sizes.is_sorted() && sizes.iter().all(|size| size % 2 == 0));
    sizes.dedup();
    assert!(sizes.len() < 55, "{}", sizes.len());
}
