//! The inspector shows each value as the ink that the range makes of it.

use super::folder::Folder;
use super::outside::{answer, gpu, inkfield};
use super::values::{made, noise, write};
use ndarray::Array3;
use std::path::Path;

/// The gray bytes of a picture whose canvas of `side` values fills it.
fn inspected(path: &Path, row: usize, side: usize, arguments: &[&str]) -> Vec<u8> {
    let out = path.with_extension("png");
    let size = format!("{0}x{0}", side * 4);
    let view = ["--colormap", "gray", "--inspect", &row.to_string(), "--size", &size];
    answer(inkfield().arg("render").arg(path).args(view).args(arguments).arg("--out").arg(&out));
    let mut reader = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(out).unwrap())).read_info().unwrap();
    let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut rgb).unwrap();
    let middle = |y: usize, x: usize| rgb[((y * 4 + 2) * side * 4 + x * 4 + 2) * 3];
    (0..side * side).map(|at| middle(at / side, at % side)).collect()
}

#[test]
fn case_c03_each_pixel_shows_its_value_and_padding_is_paper() {
    if !gpu() {
        return;
    }
    let folder = Folder::new();
    let path = write(&folder, "classes");
    for (arguments, inks) in [
        (&[][..], [0, 128, 255]),
        (&["--invert"], [255, 127, 0]),
        (&["--range", "raw"], [0, 1, 2]),
        (&["--range", "1:5"], [0, 0, 64]),
    ] {
        let expected: Vec<u8> = (0..784).map(|at| inks[usize::from(made("classes", 3 * 784 + at))]).collect();
        assert_eq!(inspected(&path, 3, 28, arguments), expected, "{arguments:?}");
    }
    let path = write(&folder, "bools");
    for (arguments, inks) in [(&[][..], [0, 255]), (&["--range", "raw"], [0, 255]), (&["--range", "0:2"], [0, 128])] {
        let expected: Vec<u8> = (0..784).map(|at| inks[usize::from(noise(784 + at).is_multiple_of(4))]).collect();
        assert_eq!(inspected(&path, 1, 28, arguments), expected, "{arguments:?}");
    }
    // 20 × 30 on a canvas of 32: what lies around is paper, also where 0 is ink.
    let path = folder.path("tall.npy");
    ndarray_npy::write_npy(
        &path,
        &Array3::from_shape_fn((5, 30, 20), |(n, y, x)| u8::from((n + y + x).is_multiple_of(3))),
    )
    .unwrap();
    for (arguments, inks) in [(&[][..], [0, 255]), (&["--invert"], [255, 0])] {
        let expected = |y: usize, x: usize| {
            let inside = (1..31).contains(&y) && (6..26).contains(&x);
            if inside { inks[usize::from((2 + y - 1 + x - 6).is_multiple_of(3))] } else { 0 }
        };
        let expected: Vec<u8> = (0..32 * 32).map(|at| expected(at / 32, at % 32)).collect();
        assert_eq!(inspected(&path, 2, 32, arguments), expected, "{arguments:?}");
    }
}
