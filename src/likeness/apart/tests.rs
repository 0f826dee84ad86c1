//! Strokes that were kept apart add up to what each is by itself.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

/// Straight strokes from point to point.
fn drawing(strokes: &[[[f64; 2]; 2]]) -> Drawing {
    let mut drawing = Drawing::default();
    for [[x, y], [to_x, to_y]] in strokes {
        drawing.push(&[*x, *to_x], &[*y, *to_y], None).unwrap();
    }
    drawing
}

const ACROSS: [[f64; 2]; 2] = [[0.0, 0.0], [255.0, 0.0]];
const DOWN: [[f64; 2]; 2] = [[0.0, 0.0], [0.0, 255.0]];

fn whole(drawing: &Drawing) -> Vec<u64> {
    let mut bitmap = vec![0; 28 * 28];
    Rasterizer::new(28).render(drawing, &mut bitmap).unwrap();
    bitmap.into_iter().map(u64::from).collect()
}

#[test]
fn strokes_are_added_up_by_their_number_exactly() {
    let both = drawing(&[ACROSS, DOWN]);
    let mirrored = drawing(&[DOWN, ACROSS]);
    let mut packer = Packer::new(28);
    let mut apart = StrokesApart::new(28);
    for packed in [packer.pack(&both), packer.pack(&mirrored), Vec::new(), packer.pack(&drawing(&[ACROSS; 9]))] {
        assert!(apart.push(&packed));
    }
    let (sums, without) = apart.sums(&[0]);
    assert_eq!((sums.iter().map(|part| part.rows).collect::<Vec<_>>(), without), (vec![1, 1, 0, 0, 0, 0, 0], 0));
    // In one drawing a stroke lies where the whole has it: what either leaves out the other has, and the corner is of both.
    let drawn = whole(&both);
    for ((whole, across), down) in drawn.iter().zip(&sums[0].sums).zip(&sums[1].sums) {
        assert_eq!((*whole == 0, (*whole).max(*across).max(*down)), (across + down == 0, *whole));
        assert!(*across == 0 || *down == 0 || across.max(down) <= whole);
    }
    // Mirrored about the diagonal one is the other: as many have each as first and as second.
    let (all, without) = apart.sums(&[0, 1, 2, 3]);
    assert_eq!((all[0].rows, all[1].rows, all[5].rows, all[6].rows, without), (3, 3, 1, 1, 1));
    let (first, second) = (apart.sums(&[0, 1]).0[0].clone(), apart.sums(&[0, 1]).0[1].clone());
    assert_eq!(first, second);
    // Of nine strokes the last three are one picture.
    assert_eq!(apart.sums(&[3]).0[6].sums, whole(&drawing(&[ACROSS; 3])));
    assert_eq!(apart.sums(&[3]).0[0].sums, whole(&drawing(&[ACROSS])));
    // Twice the same row counts twice, and rows that are not there have nothing.
    let (twice, without) = apart.sums(&[3, 3, 77]);
    assert_eq!((twice[0].rows, without), (2, 1));
    assert!(twice[0].sums.iter().zip(&apart.sums(&[3]).0[0].sums).all(|(two, one)| *two == 2 * one));
    assert_eq!(twice[0].mean(), apart.sums(&[3]).0[0].mean());
}

#[test]
fn long_stretches_and_full_pictures_are_packed_as_they_are() {
    // A thick scribble of the whole canvas in 64 pixels, more than 255 pixels of ink and of paper on end.
    let lines: Vec<[[f64; 2]; 2]> =
        (100..=255).step_by(4).map(|y| [[0.0, f64::from(y)], [255.0, f64::from(y)]]).collect();
    let mut scribble = Drawing::default();
    let (x, y): (Vec<f64>, Vec<f64>) = lines.iter().flatten().map(|&[x, y]| (x, y)).unzip();
    scribble.push(&[0.0], &[0.0], None).unwrap();
    scribble.push(&x, &y, None).unwrap();
    let mut apart = StrokesApart::new(64);
    apart.push(&Packer::new(64).pack(&scribble));
    let mut bitmaps = vec![0; PARTS * 64 * 64];
    Rasterizer::new(64).render_parts(&scribble, PARTS, &mut bitmaps).unwrap();
    let (sums, _) = apart.sums(&[0]);
    for (part, bitmap) in sums.iter().zip(bitmaps.chunks_exact(64 * 64)) {
        assert!(part.sums.iter().zip(bitmap).all(|(sum, ink)| *sum == u64::from(*ink)));
    }
    assert!(sums[1].sums.iter().filter(|&&sum| sum == 255).count() > 1_000);
}
