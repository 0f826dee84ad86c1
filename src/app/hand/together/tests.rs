//! Drawings drawn at once: what the clock shows of them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::data::dataset::OpenOptions;
use crate::data::strokes::Drawing;
use std::time::Duration;

fn line(times: &[f64]) -> Written {
    let mut drawing = Drawing::default();
    drawing.push(&[0.0, 255.0], &[0.0, 0.0], Some(times)).unwrap();
    Written::of(&drawing)
}

/// What has come, of three rows.
fn together(cells: Vec<Result<Written, String>>) -> Together {
    let mut together = Together {
        dataset: Arc::new(Dataset::open(&["demo:3:1"], &OpenOptions::default()).unwrap()),
        selected: 3,
        rows: vec![5, 6, 9],
        grid: InStep::new(3, 2, 0),
        without: Vec::new(),
        job: None,
        clock: Clock::default(),
        picture: Arc::default(),
        of: None,
    };
    [5, 6, 9].into_iter().zip(cells).for_each(|read| together.push(read));
    together
}

#[test]
fn they_are_played_by_the_clock_and_nothing_is_drawn_while_they_rest() {
    let start = Instant::now();
    let at = |ms| start + Duration::from_millis(ms);
    let mut all = together(vec![Ok(line(&[0.0, 100.0])), Err("no record".to_owned()), Ok(line(&[70.0, 370.0]))]);
    let inked = |all: &mut Together, ms: u64| {
        all.follow([100.0, 60.0], Theme::Paper, Colormap::default(), at(ms));
        (all.in_log(), Arc::clone(&all.picture))
    };
    all.play(PlayWish::Toggle, at(0));
    let (log, _) = inked(&mut all, 0);
    assert_eq!((log.counts, log.is_read, log.plays, log.size_px), ([3, 3, 1], true, true, [60, 60]));
    assert_eq!(log.played_ms, [0.0, 300.0]);
    let (early, _) = inked(&mut all, 150);
    assert_eq!((early.played_ms[0], early.plays), (150.0, true));
    assert!(log.inked > 0 && log.inked < early.inked, "{log:?} {early:?}");
    // At the end it stops, and the same picture stays.
    let (end, whole) = inked(&mut all, 2_000);
    assert_eq!((end.played_ms[0], end.plays), (300.0, false));
    assert!(end.inked > early.inked);
    let (_, later) = inked(&mut all, 9_000);
    assert!(Arc::ptr_eq(&whole, &later));
    // Back and forth by hand; in other colours it is another picture.
    all.play(PlayWish::Seek(150.0), at(9_000));
    assert_eq!(inked(&mut all, 9_500).0, TogetherLine { plays: false, ..early });
    let before = Arc::clone(&all.picture);
    all.follow([100.0, 60.0], Theme::Night, Colormap::default(), at(9_600));
    assert_ne!(all.picture.pixels, before.pixels);
    assert_eq!(all.model().without, [(6, "no record".to_owned())]);
}
