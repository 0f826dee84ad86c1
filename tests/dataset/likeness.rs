//! Likeness on real drawings: the nearest are those of a plain comparison, and mostly of the same category.

use super::folder::Folder;
use super::real_data::real_data;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::values::ValueMap;
use inkfield::likeness::SetCodes;
use inkfield::likeness::code::Codes;
use inkfield::likeness::comparison::{ComparedBy, Comparison};
use inkfield::likeness::query::{Of, nearest};
use inkfield::progress::Progress;
use rayon::prelude::*;
use std::path::Path;

const NEAREST: usize = 12;

fn compared(path: &Path, by: ComparedBy) -> (Dataset, Codes) {
    let dataset = Dataset::open(&[path], &OpenOptions::default()).unwrap();
    let set = SetCodes::of(&dataset, &ValueMap::default().table(), &Comparison::of(by), Progress::NONE).unwrap();
    (dataset, set.codes)
}

/// The row's nearest, found by comparing it with each row in turn.
fn plainly(codes: &Codes, row: u32) -> Vec<(u32, i32)> {
    let own = codes.row(row).unwrap();
    let mut best: Vec<(u32, i32)> = Vec::new();
    for other in (0..codes.rows()).filter(|&other| other != row) {
        let dot = own.iter().zip(codes.row(other).unwrap()).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum();
        // Rows ascend: of equal ones the first stays in front.
        let at = best.partition_point(|&(_, known)| known >= dot);
        if at < NEAREST {
            best.insert(at, (other, dot));
            best.truncate(NEAREST);
        }
    }
    best
}

fn found(codes: &Codes, row: u32) -> Vec<(u32, i32)> {
    nearest(codes, Of::Row(row), NEAREST).into_iter().map(|found| (found.row, found.similarity)).collect()
}

/// How many of the nearest have the label of the row, in the mean over every `step`-th row.
fn purity(codes: &Codes, label: &(impl Fn(u32) -> usize + Sync), step: usize) -> f64 {
    let rows: Vec<u32> = (0..codes.rows()).step_by(step).collect();
    let same = |&row: &u32| found(codes, row).into_iter().filter(|&(other, _)| label(other) == label(row)).count();
    let same: usize = rows.par_iter().map(same).sum();
    same as f64 / (rows.len() * NEAREST) as f64
}

#[test]
fn a_thousand_real_drawings_have_the_nearest_of_a_plain_comparison_and_of_their_kind() {
    let Some(data) = real_data() else { return };
    let (dataset, codes) = compared(&data.join("bitmaps"), ComparedBy::Direction);
    assert_eq!(codes.rows(), 27_997);
    let rows: Vec<u32> = (0..1000).map(|i| i * 27_997 / 1000).collect();
    rows.par_iter().for_each(|&row| assert_eq!(found(&codes, row), plainly(&codes, row), "row {row}"));
    let firsts: Vec<u32> = dataset
        .parts()
        .iter()
        .scan(0, |first, part| {
            *first += part.rows();
            Some(*first)
        })
        .collect();
    let category = |row: u32| firsts.partition_point(|&end| end <= row);
    assert_eq!((category(0), category(27_996)), (0, 12));
    let by_direction = purity(&codes, &category, 7);
    let by_ink = purity(&compared(&data.join("bitmaps"), ComparedBy::Ink).1, &category, 7);
    assert!(by_direction >= 0.89 && by_ink < by_direction, "{by_direction:.4}, by ink {by_ink:.4}");
}

/// Two sets in colour of the same luma.
#[test]
fn pictures_in_colour_are_compared_by_their_colours_too() {
    let folder = Folder::new();
    let compared = |name: &str, colors: [[u8; 3]; 2]| {
        let pixel = |row: usize, at: usize| {
            let (x, y) = (at % 16, at / 16);
            if (x + y * (row % 5)) % 7 < 3 { colors[row % 2] } else { [0; 3] }
        };
        let values: Vec<u8> = (0..40).flat_map(|row| (0..256).flat_map(move |at| pixel(row, at))).collect();
        let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (40, 16, 16, 3), }";
        let header = format!("{header:<117}\n");
        let path = folder.bytes(name, &[b"\x93NUMPY\x01\x00\x76\x00".as_slice(), header.as_bytes(), &values].concat());
        let dataset = Dataset::open(&[&path], &OpenOptions::default()).unwrap();
        assert_eq!((dataset.rows(), dataset.channels()), (40, 4));
        let by = Comparison::default();
        SetCodes::of(&dataset, &ValueMap::default().table(), &by, Progress::NONE).unwrap()
    };
    let set = compared("two.npy", [[117, 0, 0], [0, 60, 0]]);
    assert!(set.is_in_color());
    // Rows 0, 10, 20, 30 are one picture; row 5 has its shape in the other colour.
    let like = set.nearest(0, 4);
    assert_eq!(like.iter().map(|alike| alike.row).collect::<Vec<_>>()[..3], [10, 20, 30]);
    assert!(like[3].distance > like[2].distance);
    let one = compared("one.npy", [[117, 0, 0]; 2]);
    assert_eq!(one.nearest(0, 4)[0].row, 5, "in one colour shapes alone count");
}

#[test]
fn digits_look_like_those_of_their_kind() {
    let Some(data) = real_data() else { return };
    let (_, codes) = compared(&data.join("other/mnist_t10k_from_sprite.npy"), ComparedBy::Direction);
    let labels = std::fs::read_to_string(data.join("other/mnist_t10k_labels.tsv")).unwrap();
    let labels: Vec<usize> =
        labels.lines().filter_map(|line| line.split('\t').next_back()?.trim().parse().ok()).collect();
    assert_eq!(labels.len(), 10_000);
    let purity = purity(&codes, &|row| labels[row as usize], 3);
    assert!(purity >= 0.95, "{purity:.4}");
}
