//! Layouts that are given up on the way, and how far they say they are: counted, not timed.

use super::switching;
use inkfield::data::columns::Columns;
use inkfield::progress::{BLOCK, Watcher};
use inkfield::scene::camera::Viewport;
use inkfield::scene::layout::{LAYOUTS, LayoutError, LayoutKind, LayoutParams};
use inkfield::scene::{Known, PlacementRequest, Scene, Settings};
use std::cell::{Cell, RefCell};

/// Rows of several blocks.
const ROWS: u32 = 5 * BLOCK + 3;

fn request(kind: LayoutKind, columns: &Columns, params: LayoutParams) -> PlacementRequest {
    let settings = Settings { layout: LayoutKind::RANDOM, ..Settings::default() };
    let mut scene = Scene::new(ROWS, 1000, settings, Viewport::new(800, 600, 1.0), None).unwrap();
    scene.settings.layout = kind;
    scene.settings.layout_params = params;
    scene.request(kind, Some(columns))
}

/// What became of a placement that is given up at its `allowed`-th look: how many looks there were, how far it said it was, and
/// how many placements it has published.
fn make(request: &PlacementRequest, columns: &Columns, allowed: u32) -> (Result<(), LayoutError>, u32, Vec<f64>, u32) {
    let (looks, parts, mut published) = (Cell::new(0), RefCell::new(Vec::new()), 0);
    let is_wanted = || {
        looks.set(looks.get() + 1);
        looks.get() < allowed
    };
    let tell = |part| parts.borrow_mut().push(part);
    // Ink of every amount and spread.
    let moments: Vec<_> = (0..ROWS).map(|row| [row as u16, (row * 7) as u16 / 2]).collect();
    let known = Known { columns: Some(columns), moments: Some(&moments), codes: None, graphs: None };
    let made = request.make(known, Watcher::new(&is_wanted, &tell).progress(), &mut |_| {
        published += 1;
        Ok(())
    });
    (made, looks.get(), parts.take(), published)
}

#[test]
fn every_layout_looks_in_at_every_block_of_rows_and_its_progress_rises_to_1() {
    let columns = switching::columns_of(ROWS);
    // What goes by likeness publishes again and again: `sorted.rs` has it.
    for &kind in LAYOUTS.iter().filter(|kind| !kind.reads_likeness()) {
        let (params, _folder) = switching::params(kind, ROWS);
        let (made, looks, parts, published) = make(&request(kind, &columns, params), &columns, u32::MAX);
        assert_eq!((made, published), (Ok(()), 1), "{kind}");
        // Once over the rows for their places, and for the index to find its extent, its cells, to sort and to find chunks.
        assert!(looks >= 6 * 6, "{kind}: {looks} looks");
        assert!(parts.windows(2).all(|pair| pair[0] < pair[1]) && parts.last() == Some(&1.0), "{kind}: {parts:?}");
        // No block is a large part of the whole.
        let steps = || std::iter::once(&0.0).chain(&parts).zip(&parts).map(|(from, to)| to - from);
        assert!(steps().all(|step| step < 0.25), "{kind}: {parts:?}");
    }
}

#[test]
fn a_layout_that_is_given_up_ends_with_that_look_and_publishes_nothing() {
    let columns = switching::columns_of(ROWS);
    // What goes by likeness publishes again and again: `sorted.rs` has it.
    for &kind in LAYOUTS.iter().filter(|kind| !kind.reads_likeness()) {
        let (params, _folder) = switching::params(kind, ROWS);
        let request = request(kind, &columns, params);
        let (_, all, ..) = make(&request, &columns, u32::MAX);
        for allowed in (1..all).step_by(7).chain([all - 1, all]) {
            let (made, looks, parts, published) = make(&request, &columns, allowed);
            assert!(matches!(made, Err(LayoutError::Cancelled(_))), "{kind} at look {allowed}: {made:?}");
            assert_eq!((looks, published), (allowed, 0), "{kind}");
            assert!(parts.last() != Some(&1.0), "{kind}: {parts:?}");
        }
    }
}

#[test]
fn a_sorted_grid_is_given_up_while_it_is_sorted() {
    let columns = switching::columns_of(ROWS);
    let request = request(
        LayoutKind::GRID,
        &columns,
        LayoutParams { sort: Some("weight:desc".to_owned()), ..LayoutParams::default() },
    );
    let (made, all, parts, _) = make(&request, &columns, u32::MAX);
    // Besides, once over the rows for their values, six blocks sorted, and three turns of merging.
    assert!(made.is_ok() && all >= 36 + 6 * 4 && parts.last() == Some(&1.0), "{all} looks: {parts:?}");
    for allowed in (1..all).step_by(11) {
        assert_eq!(make(&request, &columns, allowed).1, allowed);
    }
}

#[test]
fn crowds_in_few_places_are_given_up_as_soon() {
    // All drawings at four places: the index divides what one cell holds, again and again.
    let columns = switching::columns_of(ROWS);
    let params = LayoutParams { by: Some("odd,even".to_owned()), ..LayoutParams::default() };
    let request = request(LayoutKind::XY, &columns, params);
    let (made, all, ..) = make(&request, &columns, u32::MAX);
    assert!(made.is_ok() && all > 50, "{all}");
    for allowed in (1..all).step_by(9).chain([all]) {
        assert_eq!(make(&request, &columns, allowed).1, allowed);
    }
}
