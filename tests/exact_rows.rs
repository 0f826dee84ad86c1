//! What the GPU says of a row is exact. The inspector shows the bytes of the file: every category, read by an independent reader, through
//! the library and the binary. The rows most like it are those that the processor finds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::real_data::real_data;
use common::{Noise, Stage, gpu_is_there, gray, open};
use inkfield::data::Row;
use inkfield::data::values::ValueMap;
use inkfield::gpu::context::{Gpu, GpuOptions};
use inkfield::gpu::nearest::NearestOnGpu;
use inkfield::likeness::SetCodes;
use inkfield::likeness::comparison::Comparison;
use inkfield::likeness::query::{Of, nearest};
use inkfield::progress::Progress;
use inkfield::scene::frame::{Content, DrawingPicture, PxRect, View};
use std::path::Path;
use std::sync::Arc;

const OCTOPUS_123_LINE_14: [u8; 28] =
    [0, 0, 0, 0, 7, 83, 178, 250, 254, 195, 100, 15, 0, 0, 0, 0, 217, 255, 242, 101, 42, 243, 200, 11, 0, 0, 0, 0];
const OCTOPUS_123_SUM: u32 = 35925;

/// Pixels that are no gray fail; the others are their gray byte.
fn grays(rgba: &[u8]) -> Vec<u8> {
    let gray = |pixel: &[u8]| {
        assert!(pixel[0] == pixel[1] && pixel[1] == pixel[2] && pixel[3] == 255, "{pixel:?}");
        pixel[0]
    };
    rgba.chunks_exact(4).map(gray).collect()
}

#[test]
fn sampled_rows_of_thirteen_categories_equal_their_files() {
    let Some(data) = real_data() else { return };
    let dataset = open(&[data.join("bitmaps")]);
    assert_eq!((dataset.rows(), dataset.parts().len()), (27_997, 13));
    let Some(mut stage) = Stage::new(&dataset, gray(), [64, 64], &GpuOptions::default()) else { return };
    let mut noise = Noise(11);
    let mut first = 0;
    for part in dataset.parts() {
        let file: ndarray::Array2<u8> = ndarray_npy::read_npy(part.path().unwrap()).unwrap();
        let rows = file.nrows() as u32;
        assert_eq!(rows, part.rows());
        for row in [0, rows - 1].into_iter().chain((0..10).map(|_| noise.below(rows))) {
            let seen = grays(&stage.headless.inspect(Row(first + row), [28, 28]).unwrap());
            let bytes = file.row(row as usize);
            assert!(seen.iter().eq(bytes), "{} row {row}", part.stem());
        }
        // Five pixels a texel, and two spare ones on the right and at the bottom that stay paper.
        let seen = grays(&stage.headless.inspect(Row(first + rows / 2), [142, 142]).unwrap());
        let bytes = file.row(rows as usize / 2);
        for (i, &byte) in (0..).zip(&seen) {
            let (x, y) = (i % 142_usize, i / 142);
            let texel = |at: usize| at.checked_sub(1).map(|at| at / 5).filter(|&at| at < 28);
            let expected = texel(x).zip(texel(y)).map_or(0, |(x, y)| bytes[y * 28 + x]);
            assert_eq!(byte, expected, "{} at {x}, {y}", part.stem());
        }
        first += rows;
    }
    stage.assert_no_gpu_errors();
}

#[test]
fn the_nearest_of_a_thousand_real_drawings_are_those_of_the_processor() {
    let Some(data) = real_data() else { return };
    if !gpu_is_there() {
        return;
    }
    let (dataset, table) = (open(&[data.join("bitmaps")]), ValueMap::default().table());
    let codes = SetCodes::of(&dataset, &table, &Comparison::default(), Progress::NONE).unwrap().codes;
    let gpu = Arc::new(Gpu::headless(&GpuOptions::default()).unwrap());
    let on_gpu = NearestOnGpu::new(&gpu, &codes).unwrap();
    for row in (0..1000).map(|i| i * codes.rows() / 1000) {
        let expected = nearest(&codes, Of::Row(row), 12);
        assert_eq!(expected.len(), 12);
        assert_eq!(on_gpu.nearest(&codes, Of::Row(row), 12).unwrap(), expected, "row {row}");
    }
    assert_eq!(gpu.errors(), 0);
}

#[test]
fn a_drawing_that_scrolls_under_its_frame_shows_what_is_in_sight_of_it() {
    let dataset = open(&["demo:20:1"]);
    let Some(stage) = Stage::new(&dataset, gray(), [64, 64], &GpuOptions::default()) else { return };
    let mut stage = stage.with_ink();
    let ink = stage.ink_of(7).to_vec();
    // Three pixels a texel, of a drawing of 86 pixels; one pixel is left over on each side.
    let whole = 86_u32;
    for hidden_px in [[0; 4], [13, 0, 0, 0], [0, 31, 0, 0], [0, 0, 40, 2], [5, 60, 7, 0]] {
        let [left, top, right, bottom] = hidden_px;
        let (width, height) = (whole - left - right, whole - top - bottom);
        let mut frame = stage.headless.scene.scatter_frame();
        let content = Content::Drawing(DrawingPicture { hidden_px, ..DrawingPicture::whole(Row(7)) });
        frame.views = vec![View { rect: PxRect::of_size([width, height]), content }];
        frame.target_px = [width, height];
        let seen = grays(&stage.rgba(&frame));
        let texel = |at: u32| at.checked_sub(1).map(|at| at / 3).filter(|&at| at < 28);
        for (i, &byte) in (0..).zip(&seen) {
            let at = texel(i % width + left).zip(texel(i / width + top));
            let expected = at.map_or(0, |(x, y)| ink[(y * 28 + x) as usize]);
            assert_eq!(byte, expected, "pixel {i} with {hidden_px:?} hidden");
        }
    }
    stage.assert_no_gpu_errors();
}

/// Renders a row with the binary at one pixel a texel.
fn rendered(file: &Path, row: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("row.png");
    let mut command = assert_cmd::Command::cargo_bin("inkfield").unwrap();
    command
        .arg("render")
        .arg(file)
        .args(["--inspect", row, "--colormap", "gray", "--size", "28x28", "--out"])
        .arg(&picture);
    command.assert().success();
    let decoder = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(&picture).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    assert_eq!((info.width, info.height), (28, 28));
    let channels = info.color_type.samples();
    bytes.chunks_exact(channels).map(|pixel| pixel[0]).collect()
}

#[test]
fn the_binary_renders_the_bytes_of_a_row() {
    let Some(data) = real_data() else { return };
    if !gpu_is_there() {
        return;
    }
    for (file, number, row) in
        [("bitmaps/train.npy", "999", 999), ("bitmaps/octopus.npy", "-1", 999), ("bitmaps/cat.npy", "0", 0)]
    {
        let path = data.join(file);
        let bytes: ndarray::Array2<u8> = ndarray_npy::read_npy(&path).unwrap();
        assert!(rendered(&path, number).iter().eq(bytes.row(row)), "{file} row {number}");
    }
    // Row 123 of the octopuses as numpy reads it: line 14, columns 0 to 27, and the sum of all 784 bytes.
    let octopus = rendered(&data.join("bitmaps/octopus.npy"), "123");
    assert_eq!(octopus[14 * 28..15 * 28], OCTOPUS_123_LINE_14);
    assert_eq!(octopus.iter().map(|&byte| u32::from(byte)).sum::<u32>(), OCTOPUS_123_SUM);
}

#[test]
fn the_published_pairs_open_without_their_positions() {
    let Some(data) = real_data() else { return };
    let dataset = open(&[data.join("pairs2000")]);
    assert_eq!(dataset.rows(), 8_000);
    let report = dataset.report().to_string();
    for category in ["necklace", "piano", "smiley-face", "snowman"] {
        assert!(report.contains(&format!("{category}_2000.umap.npy")), "{report}");
    }
}
