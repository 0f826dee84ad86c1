//! What is kept of placements, and what comes back.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
use super::*;
use crate::scene::layout::LayoutSpec;

fn grid(columns: u32) -> PlacementRequest {
    let params = LayoutParams { columns: Some(columns), ..LayoutParams::default() };
    PlacementRequest { kind: LayoutKind::GRID, params, rows: 1000, rows_per_chunk: 100 }
}

/// 12 bytes a drawing: 8 for its place and 4 for its index.
fn grids(placements: &mut Placements, columns: &[u32]) -> Vec<u64> {
    let revision =
        |&columns: &u32| placements.place(&grid(columns), Known::default(), Progress::NONE).unwrap().revision;
    columns.iter().map(revision).collect()
}

#[test]
fn what_was_computed_before_comes_back_as_it_was() {
    let mut placements = Placements::default();
    assert_eq!(grids(&mut placements, &[1, 2, 3, 1, 2, 2, 3, 4]), [1, 2, 3, 1, 2, 2, 3, 4]);
}

#[test]
fn beyond_the_stated_bytes_the_longest_unused_go_first_and_the_last_two_stay() {
    let mut placements = Placements::default();
    grids(&mut placements, &[1, 2, 3, 1]);
    let kept = |placements: &Placements| -> Vec<u32> {
        placements.all.iter().map(|kept| kept.params.columns.unwrap()).collect()
    };
    assert_eq!(kept(&placements), [1, 3, 2]);
    placements.give_up_beyond(24_000);
    assert_eq!(kept(&placements), [1, 3, 2], "two of 12,000 bytes each fit beside the one in force");
    placements.give_up_beyond(23_999);
    assert_eq!(kept(&placements), [1, 3]);
    placements.give_up_beyond(0);
    assert_eq!(kept(&placements), [1, 3], "to and fro is instant whatever it takes");
}

#[test]
fn of_several_placements_that_a_layout_publishes_the_last_one_stays() {
    const TWICE: LayoutKind = LayoutKind(&LayoutSpec {
        name: "twice",
        title: "Twice",
        about: "a quick placement, then a better one",
        params: &[],
        point_px: 0.0,
        check: |_| Ok(()),
        build: |input, publish| {
            publish(Layout::grid(input.rows, Some(1), input.progress)?)?;
            publish(Layout::grid(input.rows, Some(2), input.progress)?)
        },
    });
    let request = PlacementRequest { kind: TWICE, rows: 10, ..grid(1) };
    let placed = Placements::default().place(&request, Known::default(), Progress::NONE).unwrap();
    assert_eq!(placed.layout.bounds.size().x, 2.0);
}

#[test]
fn a_preliminary_placement_is_replaced_by_a_better_one_and_is_not_what_is_asked_for() {
    let (mut placements, request) = (Placements::default(), grid(1));
    let layout = |columns| Layout::grid(1000, Some(columns), Progress::NONE).unwrap();
    let made = |columns| request.index(layout(columns), Progress::NONE).unwrap();
    let quick = placements.keep(&request, made(2));
    assert!(placements.find(&request).is_none(), "what would have made it better was given up");
    let better = placements.keep(&request, made(3));
    placements.settle(&request);
    assert!(better.revision > quick.revision);
    assert_eq!(placements.find(&request).unwrap().revision, better.revision);
    assert_eq!(placements.all.len(), 1);
}
