//! Means against plain sums: of groups, of drawings large enough to be put together in squares, and what is not read.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
use super::*;
use crate::likeness::drawings::tests::{Failed, with};
use crate::progress::Watcher;
use std::cell::RefCell;

/// Inks that look like chance and are the same each time.
fn inks(count: usize) -> Vec<u8> {
    let mut state = 7_u32;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..count).map(next).collect()
}

/// The mean of some drawings, square by square, by its definition.
fn plainly(values: &[u8], [width, height]: [usize; 2], rows: &[u32], square: usize) -> Vec<f64> {
    let mut mean = Vec::new();
    for top in (0..height).step_by(square) {
        for left in (0..width).step_by(square) {
            let (mut sum, mut count) = (0.0, 0.0);
            for row in rows {
                for y in top..height.min(top + square) {
                    for x in left..width.min(left + square) {
                        sum += f64::from(values[(*row as usize * height + y) * width + x]) / 255.0;
                        count += 1.0;
                    }
                }
            }
            mean.push(sum / count);
        }
    }
    mean
}

fn inks_of(means: &Means, group: usize) -> &[f32] {
    match &means.of[group] {
        Mean::Ink(inks) => inks,
        Mean::Color(_) => &[],
    }
}

fn assert_near(seen: &[f32], expected: &[f64]) {
    assert_eq!(seen.len(), expected.len());
    let far = seen.iter().zip(expected).find(|(seen, expected)| (f64::from(**seen) - **expected).abs() > 1e-6);
    assert_eq!(far, None);
}

#[test]
fn each_group_has_the_mean_of_its_own_drawings_and_of_no_others() {
    let (width, height, rows) = (5, 3, 4_000_u32);
    let values = inks(width * height * rows as usize);
    // The last group is beyond those that are asked for, and every seventh row is in none.
    let group_of: Vec<Option<u32>> = (0..rows).map(|row| (row % 7 != 0).then_some(row * row % 5)).collect();
    let read = RefCell::new(Vec::new());
    let found = with(&values, (width as u32, height as u32), |drawings| {
        let counted = |rows: &[u32], ink: &mut [u8]| {
            read.borrow_mut().extend_from_slice(rows);
            (drawings.read)(rows, ink)
        };
        means(&Drawings { read: &counted, ..*drawings }, 1, &group_of, 4, Progress::NONE).unwrap()
    });
    assert_eq!((found.size, found.square, found.of.len()), ([5, 3], 1, 4));
    let of = |group: u32| (0..rows).filter(|row| group_of[*row as usize] == Some(group)).collect::<Vec<u32>>();
    for group in 0..4 {
        let rows = of(group);
        assert_eq!(found.rows[group as usize], rows.len() as u64);
        if rows.is_empty() {
            assert!(inks_of(&found, group as usize).iter().all(|&ink| ink == 0.0));
        } else {
            assert_near(inks_of(&found, group as usize), &plainly(&values, [width, height], &rows, 1));
        }
    }
    // Once each, however many groups there are.
    let mut expected = [of(0), of(1), of(2), of(3)].concat();
    expected.sort_unstable();
    assert_eq!(*read.borrow(), expected);
    assert!(!of(4).is_empty() && of(2).is_empty(), "squares by 5 leave 0, 1 and 4");
}

#[test]
fn of_large_drawings_squares_are_put_together() {
    let [width, height] = [300, 129];
    let values = inks(width * height * 3);
    let found = with(&values, (300, 129), |drawings| means(drawings, 1, &[Some(0); 3], 1, Progress::NONE).unwrap());
    // 300 pixels in squares of 3 make 100, 129 make 43.
    assert_eq!((found.size, found.square), ([100, 43], 3));
    assert_near(inks_of(&found, 0), &plainly(&values, [width, height], &[0, 1, 2], 3));
    // What is left over at the edges is a smaller piece.
    let mut sums = InkSums::new(130, 1);
    sums.add(&[255; 130]);
    assert_eq!((sums.size(), sums.mean()), ([65, 1], vec![1.0; 65]));
    let mut sums = InkSums::new(257, 1);
    sums.add(&[255; 257]);
    assert_eq!((sums.size(), sums.mean()), ([86, 1], vec![1.0; 86]));
    // The largest canvas that can be opened takes no more than any.
    assert_eq!(InkSums::new(4096, 4096).size(), [128, 128]);
}

#[test]
fn means_can_be_given_up_and_say_what_could_not_be_read() {
    let values = inks(4 * 100);
    let given_up = with(&values, (2, 2), |drawings| {
        let watcher = Watcher::new(&|| false, &|_| ());
        means(drawings, 1, &[Some(0); 100], 1, watcher.progress())
    });
    assert_eq!(given_up, Err(Failed::Cancelled));
    let read = |_: &[u32], _: &mut [u8]| Err(Failed::Read);
    let drawings = Drawings { rows: 100, width: 2, height: 2, read: &read };
    assert_eq!(means(&drawings, 1, &[Some(0); 100], 1, Progress::NONE), Err(Failed::Read));
    // Nobody is in a group: nothing is read.
    let none = means(&drawings, 1, &[None; 100], 1, Progress::NONE).unwrap();
    assert_eq!(none.of, [Mean::Ink(vec![0.0; 4])]);
}

#[test]
fn groups_of_drawings_in_colour_have_means_in_colour() {
    // Drawings of one pixel: red and half of blue in the first group, green in the third, nobody in the second.
    let pixels = [[255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 200, 51], [9, 9, 9, 9]];
    let read = |rows: &[u32], out: &mut [u8]| {
        out.as_chunks_mut::<4>().0.iter_mut().zip(rows).for_each(|(to, &row)| *to = pixels[row as usize]);
        Ok::<_, Failed>(())
    };
    let drawings = Drawings { rows: 4, width: 1, height: 1, read: &read };
    let group_of = [Some(0), Some(2), Some(0), None];
    let found = means(&drawings, 4, &group_of, 3, Progress::NONE).unwrap();
    assert_eq!((found.rows.as_slice(), found.of.len()), ([2, 0, 1].as_slice(), 3));
    let expected = [[0.5, 0.0, 200.0 * 0.2 / 510.0, 0.6], [0.0; 4], [0.0, 1.0, 0.0, 1.0]];
    for (mean, expected) in found.of.iter().zip(expected) {
        let Mean::Color(seen) = mean else { unreachable!("{mean:?}") };
        assert!(seen[0].iter().zip(expected).all(|(seen, expected)| (seen - expected).abs() < 1e-6), "{seen:?}");
    }
}

#[test]
fn a_mean_in_colour_weighs_what_is_seen() {
    // Two drawings of two pixels: opaque red and half of green on one, black and nothing on the other.
    let mut sums = ColorSums::new(2, 1);
    assert_eq!(sums.mean(), [[0.0; 4]; 2], "nothing yet");
    sums.add(&[200, 0, 0, 255, 90, 70, 50, 0]);
    sums.add(&[0, 100, 0, 51, 0, 0, 0, 255]);
    let expected = [[200.0 / 510.0, 100.0 * 0.2 / 510.0, 0.0, 0.6], [0.0, 0.0, 0.0, 0.5]];
    for (seen, expected) in sums.mean().iter().flatten().zip(expected.as_flattened()) {
        assert!((seen - expected).abs() < 1e-6, "{seen} for {expected}");
    }
    // Larger ones square by square: of 256 × 1 pixels two at a time.
    let mut sums = ColorSums::new(256, 1);
    sums.add(&(0..256).flat_map(|x| [x as u8, 255, 0, 255]).collect::<Vec<u8>>());
    let mean = sums.mean();
    assert_eq!(mean.len(), 128);
    assert!((mean[3][0] - 6.5 / 255.0).abs() < 1e-6 && mean[3][1..] == [1.0, 0.0, 1.0]);
}
