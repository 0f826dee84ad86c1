//! The sorted grid on small made-up sets.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::*;
use crate::progress::Watcher;
use std::cell::{Cell, RefCell};

const WIDTH: usize = 8;

/// Codes around a few centres, so that there is something to sort.
fn codes(rows: usize, seed: u64) -> Vec<i8> {
    let mut random = Random::new(seed, 9);
    let centres: Vec<[f32; WIDTH]> = (0..12).map(|_| [(); WIDTH].map(|()| random.below(200) as f32 - 100.0)).collect();
    let mut codes = Vec::new();
    for _ in 0..rows {
        let centre = centres[random.below(centres.len())];
        codes.extend(centre.iter().map(|at| (at + random.below(80) as f32 - 40.0).clamp(-127.0, 127.0) as i8));
    }
    codes
}

fn task(codes: &[i8], columns: u32) -> Task<'_> {
    Task { codes, width: WIDTH, columns, cells: None, kept: &[], map: None, seed: 5 }
}

fn all_stages(task: &Task<'_>) -> Vec<(Stage, Vec<u32>)> {
    let mut seen = Vec::new();
    let last = sort(task, &mut |cells, stage| seen.push((stage, cells.to_vec())), Progress::NONE).unwrap();
    assert_eq!(seen.last().unwrap(), &(Stage::Done, last));
    seen
}

fn done(task: &Task<'_>) -> Vec<u32> {
    all_stages(task).pop().unwrap().1
}

/// Whether the cells of all rows are these, in some order.
fn are(cell_of: &[u32], cells: impl IntoIterator<Item = u32>) -> bool {
    let (mut found, mut wanted) = (cell_of.to_vec(), cells.into_iter().collect::<Vec<u32>>());
    found.sort_unstable();
    wanted.sort_unstable();
    found == wanted
}

fn dpq(codes: &[i8], cell_of: &[u32], columns: u32) -> f64 {
    quality(codes, WIDTH, cell_of, columns, 600, 0, Progress::NONE).unwrap()
}

#[test]
fn every_row_has_a_cell_of_its_own_at_every_stage() {
    for (rows, columns) in [(0, 3), (1, 1), (1, 9), (2, 1), (2, 2), (3, 2), (17, 5), (100, 100), (100, 1), (997, 32)] {
        let codes = codes(rows, 1);
        for (stage, cells) in all_stages(&task(&codes, columns)) {
            assert!(are(&cells, 0..rows as u32), "{rows} rows in {columns} columns, {stage:?}");
        }
    }
}

#[test]
fn equal_codes_and_codes_of_zeros_are_sorted_too() {
    for value in [0, 127, -128] {
        let codes = [value; 300 * WIDTH];
        assert!(are(&done(&task(&codes, 20)), 0..300));
    }
    // Ends of the range at the greatest width that is likely: costs do not overflow.
    let wide: Vec<i8> = (0..200 * 784).map(|at| if (at / 784 + at) % 3 == 0 { 127 } else { -128 }).collect();
    assert!(are(&done(&Task { width: 784, ..task(&wide, 15) }), 0..200));
}

#[test]
fn only_the_cells_that_are_offered_are_used_and_the_first_of_more() {
    let codes = codes(60, 2);
    // A ring, and some cells too many.
    let ring: Vec<u32> =
        (0..100).filter(|cell| !(3..7).contains(&(cell % 10)) || !(3..7).contains(&(cell / 10))).collect();
    let cells = done(&Task { cells: Some(&ring), ..task(&codes, 10) });
    assert!(are(&cells, ring[..60].iter().copied()));
}

#[test]
fn kept_rows_stay_at_every_stage() {
    let codes = codes(400, 3);
    let kept = [(7, 210), (399, 0), (12, 399), (100, 211)];
    for (_, cells) in all_stages(&Task { kept: &kept, ..task(&codes, 20) }) {
        assert!(are(&cells, 0..400));
        assert!(kept.iter().all(|&(row, cell)| cells[row as usize] == cell));
    }
    let everything: Vec<(u32, u32)> = (0..400).map(|row| (row, 399 - row)).collect();
    assert!(done(&Task { kept: &everything, ..task(&codes, 20) }).into_iter().eq((0..400).rev()));
    // A kept cell beyond the others counts as one of them.
    assert!(are(&done(&Task { kept: &[(3, 405)], ..task(&codes, 20) }), (0..399).chain([405])));
}

#[test]
fn the_same_seed_gives_the_same_grid_on_any_number_of_threads() {
    let codes = codes(3000, 4);
    let map: Vec<[f32; 2]> = codes.chunks(WIDTH).map(|code| [f32::from(code[2]), f32::from(code[5])]).collect();
    for map in [None, Some(map.as_slice())] {
        let run = |threads, seed| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| done(&Task { map, seed, ..task(&codes, 55) }))
        };
        let one = run(1, 1);
        assert!(one == run(2, 1) && one == run(3, 1));
        assert!(one != run(1, 2));
    }
}

#[test]
fn more_threads_than_there_are_bands_do_no_harm() {
    let codes = codes(60, 3);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(65).build().unwrap();
    assert_eq!(pool.install(|| done(&task(&codes, 8))), done(&task(&codes, 8)));
}

#[test]
fn every_stage_is_better_than_the_one_before() {
    let (rows, columns) = (1600_u32, 40);
    let codes = codes(rows as usize, 6);
    let mut at_random: Vec<u32> = (0..rows).collect();
    Random::new(1, 1).shuffle(&mut at_random);
    let chance = dpq(&codes, &at_random, columns);
    assert!((0.1..0.3).contains(&chance), "{chance}");

    let task = task(&codes, columns);
    let mut board = start(&task, Progress::NONE).unwrap();
    let mut cells = vec![0; rows as usize];
    board.cells_into(&mut cells);
    let mut stages = vec![(Stage::Start, cells.clone())];
    let mut tell = |board: &Board, stage| {
        board.cells_into(&mut cells);
        match stages.last_mut() {
            Some(last) if last.0 == stage => last.1.clone_from(&cells),
            _ => stages.push((stage, cells.clone())),
        }
    };
    improve(&task, &mut board, &mut tell, Progress::NONE).unwrap();
    assert!(stages.iter().map(|stage| stage.0).eq([Stage::Start, Stage::Passes, Stage::Swaps]));
    let found: Vec<f64> = stages.iter().map(|(_, cells)| dpq(&codes, cells, columns)).collect();
    assert!(chance + 0.1 < found[0] && found[0] + 0.1 < found[1] && found[1] < found[2], "{chance} {found:?}");
}

#[test]
fn swaps_never_make_neighbours_less_like() {
    let codes = codes(900, 7);
    let task = task(&codes, 31);
    let mut board = start(&task, Progress::NONE).unwrap();
    board.lay(&task, Progress::NONE).unwrap();
    let sum = |board: &Board| -> f64 {
        let distance = |one: usize, other: usize| {
            let pairs = board.code(one).iter().zip(board.code(other));
            pairs.map(|(&a, &b)| (f64::from(a) - f64::from(b)).powi(2)).sum::<f64>().sqrt()
        };
        let spots = (0..board.rows.len()).filter(|&spot| board.rows[spot] != board::NONE);
        spots
            .flat_map(|spot| {
                swaps::neighbours(board, spot).into_iter().flatten().map(move |other| distance(spot, other))
            })
            .sum()
    };
    let mut last = sum(&board);
    let first = last;
    for pass in 0..30 {
        swaps::pass(&mut board, pass, 7, 9, pass as u64, Progress::NONE).unwrap();
        let now = sum(&board);
        // Costs are rounded to the 64th part of a distance.
        assert!(now <= last + 900.0 * 4.0 / 64.0, "{last} {now}");
        last = now;
    }
    assert!(last < 0.9 * first, "{first} {last}");
}

#[test]
fn groups_keep_to_their_cells() {
    let codes = codes(500, 8);
    let rows: [Vec<u32>; 3] = [(0..500).step_by(2).collect(), (1..500).step_by(2).skip(1).collect(), vec![]];
    let cells: [Vec<u32>; 3] = [(0..250).collect(), (260..520).collect(), vec![900]];
    let groups = [0, 1, 2].map(|at: usize| Group { rows: &rows[at], cells: &cells[at] });
    let kept = [(3, 270)];
    let task = Task { kept: &kept, ..task(&codes, 20) };
    let mut stages = Vec::new();
    let found =
        sort_within(&task, &groups, &mut |cells, stage| stages.push((stage, cells.to_vec())), Progress::NONE).unwrap();
    assert_eq!((stages[0].0, stages.last().unwrap()), (Stage::Start, &(Stage::Done, found)));
    for (_, of) in stages {
        let own = |group: usize| rows[group].iter().map(|&row| of[row as usize]).collect::<Vec<u32>>();
        assert!(are(&own(0), 0..250) && are(&own(1), 260..509));
        assert_eq!((of[3], of[1]), (270, u32::MAX));
    }
    let twice = [groups[0], groups[0]];
    assert_eq!(sort_within(&task, &twice, &mut |_, _| (), Progress::NONE), Err(SortError::Row { row: 0 }));
}

#[test]
fn what_does_not_fit_is_refused() {
    let codes = codes(4, 1);
    let good = task(&codes, 2);
    let sorted =
        |task: Task<'_>| sort(&task, &mut |_, _| unreachable!("nothing is published"), Progress::NONE).unwrap_err();
    assert_eq!(sorted(Task { width: 0, ..good }), SortError::Codes { len: 32, width: 0 });
    assert_eq!(sorted(Task { width: 5, ..good }), SortError::Codes { len: 32, width: 5 });
    assert_eq!(sorted(Task { columns: 0, ..good }), SortError::NoColumns);
    assert_eq!(sorted(Task { cells: Some(&[0, 1, 2]), ..good }), SortError::TooFewCells { cells: 3, rows: 4 });
    assert_eq!(sorted(Task { cells: Some(&[0, 1, 2, 2]), ..good }), SortError::CellTwice { cell: 2 });
    assert_eq!(sorted(Task { kept: &[(0, 0), (0, 1)], ..good }), SortError::Kept);
    assert_eq!(sorted(Task { kept: &[(4, 0)], ..good }), SortError::Kept);
    assert_eq!(sorted(Task { kept: &[(0, 7)], cells: Some(&[0, 1, 2, 3]), ..good }), SortError::Kept);
    assert_eq!(
        sorted(Task { map: Some(&[[0.0; 2]; 3]), ..good }),
        SortError::Lengths { what: "places", found: 3, rows: 4 }
    );
    let far = sorted(Task { cells: Some(&[0, 1, 2, u32::MAX - 1]), columns: 3, ..good });
    assert!(matches!(far, SortError::Scattered { .. }));
}

#[test]
fn a_map_of_nonsense_does_no_harm() {
    let codes = codes(100, 1);
    let map: Vec<[f32; 2]> = (0..100).map(|at| [[f32::NAN, f32::INFINITY, -0.0][at % 3], f32::NEG_INFINITY]).collect();
    assert!(are(&done(&Task { map: Some(&map), ..task(&codes, 10) }), 0..100));
}

#[test]
fn it_is_given_up_at_every_look_and_what_it_published_is_whole() {
    let codes = codes(300, 1);
    let run = |allowed: u32| {
        let looks = Cell::new(0);
        let is_wanted = || looks.replace(looks.get() + 1) < allowed;
        let told = RefCell::new(0.0);
        let tell = |at| *told.borrow_mut() = at;
        let mut seen = 0;
        let mut publish = |cells: &[u32], _| {
            seen += 1;
            assert!(are(cells, 0..300));
        };
        let found = sort(&task(&codes, 18), &mut publish, Watcher::new(&is_wanted, &tell).progress());
        (found.map(|_| told.into_inner()), looks.get(), seen)
    };
    let (found, all, _) = run(u32::MAX);
    assert!(found.is_ok_and(|told| told > 0.9) && all > 500);
    for allowed in (0..all).step_by(37) {
        let (found, looks, _) = run(allowed);
        assert_eq!((found, looks), (Err(SortError::Cancelled(Cancelled)), allowed + 1));
    }
}

#[test]
fn quality_is_one_where_neighbours_are_the_likest() {
    // A line of evenly spaced values along a line of cells cannot be sorted better.
    let codes: Vec<i8> = (-100..=100).collect();
    let cells: Vec<u32> = (0..201).collect();
    let of = |cells: &[u32]| quality(&codes, 1, cells, 1, 500, 0, Progress::NONE).unwrap();
    assert!((of(&cells) - 1.0).abs() < 1e-9);
    let mut mixed = cells.clone();
    Random::new(1, 1).shuffle(&mut mixed);
    assert!(of(&mixed) < 0.5);
    assert_eq!(quality(&[1, 1], 2, &[0], 1, 9, 0, Progress::NONE), Ok(1.0));
    assert_eq!(quality(&[5; 40], 2, &cells[..20], 4, 9, 0, Progress::NONE), Ok(1.0));
    assert!(quality(&codes, 1, &cells[1..], 1, 9, 0, Progress::NONE).is_err());
}
