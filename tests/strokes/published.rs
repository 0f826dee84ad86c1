//! Bitmaps rendered from strokes against the published ones.

use super::real_data::real_data;
use inkfield::data::ndjson::DrawingReader;
use inkfield::data::strokes::Rasterizer;
use ndarray::Array2;
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

/// The pairs of a folder whose records end so.
pub fn pairs(folder: &Path, ending: &str) -> Vec<[PathBuf; 2]> {
    let mut records: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    records.retain(|path| path.to_str().unwrap().ends_with(ending));
    records.sort();
    records.into_iter().map(|records| [records.with_extension("npy"), records]).collect()
}

/// The bitmap of a record.
fn render(line: &str) -> [u8; 784] {
    let mut drawn = [0; 784];
    let mut reader = DrawingReader::default();
    let drawing = reader.read(line.as_bytes()).unwrap().unwrap();
    Rasterizer::new(28).render(drawing, &mut drawn).unwrap();
    drawn
}

/// The mean difference of every drawing of a pair.
fn apart([bitmaps, records]: &[PathBuf; 2]) -> Vec<f64> {
    let published: Array2<u8> = ndarray_npy::read_npy(bitmaps).unwrap();
    let text = fs::read_to_string(records).unwrap();
    let lines: Vec<&str> = text.lines().take(published.nrows()).collect();
    let of = |(row, line): (usize, &&str)| {
        let drawn = render(line);
        let sum: u32 = drawn.iter().zip(published.row(row)).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
        f64::from(sum) / 784.0
    };
    lines.par_iter().enumerate().map(of).collect()
}

#[test]
fn every_simplified_drawing_comes_within_three_tenths_of_its_published_bitmap() {
    let Some(data) = real_data() else { return };
    let all: Vec<f64> = pairs(&data.join("pairs"), ".simplified.ndjson").iter().flat_map(apart).collect();
    assert_eq!(all.len(), 325);
    let worst = all.iter().copied().fold(0.0, f64::max);
    let mean = all.iter().sum::<f64>() / all.len() as f64;
    assert!(worst <= 0.3 && mean <= 0.05, "worst {worst}, mean {mean}");
}

#[test]
fn raw_drawings_come_near_theirs_by_way_of_simplification() {
    let Some(data) = real_data() else { return };
    let all: Vec<f64> = pairs(&data.join("pairs"), ".raw.ndjson").iter().flat_map(apart).collect();
    assert!(all.len() >= 298);
    // Where a corner is nearly a tie another one may be taken.
    assert!(all.iter().all(|&apart| apart < 2.0), "{all:?}");
    assert!(all.iter().filter(|&&apart| apart <= 0.3).count() * 100 >= all.len() * 98, "{all:?}");
}

/// The first row of `pool` that differs least from a bitmap. What differs more than the best so far is given up half-way.
fn nearest(drawn: &[u8], pool: &Array2<u8>) -> usize {
    let mut best = (u32::MAX, 0);
    for (row, other) in pool.rows().into_iter().enumerate() {
        let mut sum = 0;
        for (a, b) in drawn.chunks(28).zip(other.as_slice().unwrap().chunks(28)) {
            sum += a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(*b))).sum::<u32>();
            if sum >= best.0 {
                break;
            }
        }
        if sum < best.0 {
            best = (sum, row);
        }
    }
    best.1
}

#[test]
fn of_all_published_bitmaps_the_nearest_to_a_rendered_drawing_is_its_own() {
    let Some(data) = real_data() else { return };
    let pairs = pairs(&data.join("pairs"), ".simplified.ndjson");
    let mut found = 0;
    // Every category's bitmaps, one below the other; a pair's bitmaps are the first of its category.
    let category = |path: &Path| path.file_name().unwrap().to_str().unwrap().split('.').next().unwrap().to_owned();
    let pools: Vec<Array2<u8>> = pairs
        .iter()
        .map(|[bitmaps, _]| {
            let name = format!("{}.npy", category(bitmaps));
            ndarray_npy::read_npy(data.join("bitmaps").join(name)).unwrap()
        })
        .collect();
    let views: Vec<_> = pools.iter().map(|pool| pool.view()).collect();
    let pool = ndarray::concatenate(ndarray::Axis(0), &views).unwrap();
    assert_eq!(pool.nrows(), 27_997);
    let mut first = 0;
    for ([_, records], own) in pairs.iter().zip(&pools) {
        let text = fs::read_to_string(records).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let nearest_of = |line: &&str| nearest(&render(line), &pool);
        let rows: Vec<usize> = lines.par_iter().map(nearest_of).collect();
        for (row, &at) in rows.iter().enumerate() {
            // The same bitmap may stand in the files twice: the first is as good.
            assert!(at == first + row || pool.row(at) == pool.row(first + row), "{records:?} {row}: {at}");
        }
        found += rows.len();
        first += own.nrows();
    }
    assert_eq!(found, 325);
}
