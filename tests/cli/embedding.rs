//! `--embedding`: drawings are compared by rows of numbers that somebody else computed, held against a plain comparison of them.

use super::{complaint, documents, inkfield};
use crate::npy::npy_bytes;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const INPUT: &str = "demo:300:3";
const WIDTH: usize = 5;

/// Numbers without a pattern, of which 16-bit floats are exact: multiples of 1/256 between −1 and 1. The first third of the rows
/// points elsewhere than the rest.
fn rows(count: usize) -> Vec<[f64; WIDTH]> {
    let number = |i: usize| {
        let mixed = (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        f64::from((mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9).to_be_bytes()[0]) / 256.0
    };
    let row = |row: usize| {
        let mut own: [f64; WIDTH] = std::array::from_fn(|column| number(row * WIDTH + column));
        own[usize::from(row >= count / 3)] -= 4.0;
        own
    };
    (0..count).map(row).collect()
}

fn write(path: &Path, descr: &str, rows: &[[f64; WIDTH]]) {
    let is_by_columns = descr == ">f8";
    let each: Vec<f64> = if is_by_columns {
        (0..WIDTH).flat_map(|column| rows.iter().map(move |row| row[column])).collect()
    } else {
        rows.iter().flatten().copied().collect()
    };
    let bytes: Vec<u8> = match descr {
        "<f2" => each.iter().flat_map(|&value| half(value).to_le_bytes()).collect(),
        "<f4" => each.iter().flat_map(|&value| (value as f32).to_le_bytes()).collect(),
        _ => each.iter().flat_map(|&value| value.to_be_bytes()).collect(),
    };
    let order = if is_by_columns { "True" } else { "False" };
    let header = format!("{{'descr': '{descr}', 'fortran_order': {order}, 'shape': ({}, {WIDTH}), }}", rows.len());
    fs::write(path, npy_bytes(1, &header, &bytes)).unwrap();
}

/// The bits of a 16-bit float that a number is exactly.
fn half(value: f64) -> u16 {
    let bits = value.to_bits();
    let (sign, exponent, fraction) = (bits >> 48 & 0x8000, (bits >> 52 & 0x7ff) as i64 - 1023 + 15, bits >> 42 & 0x3ff);
    let magnitude = if value == 0.0 { 0 } else { (exponent as u64) << 10 | fraction };
    (sign | magnitude) as u16
}

fn distance(metric: &str, a: &[f64; WIDTH], b: &[f64; WIDTH]) -> f64 {
    let dot = |a: &[f64; WIDTH], b: &[f64; WIDTH]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    if metric == "cosine" {
        1.0 - dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
    } else {
        a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
    }
}

fn answers(of: &Path, metric: &str, more: &[&str]) -> Vec<Value> {
    let words = ["similar", INPUT, "--json", "--k", "9", "--metric", metric, "--embedding"];
    documents(inkfield().args(words).arg(of).args(more))
}

#[test]
fn the_numbers_decide_what_is_nearest_however_they_are_written() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("model.npy");
    let rows = rows(300);
    for (descr, metric) in [("<f4", "cosine"), ("<f4", "euclid"), (">f8", "cosine"), ("<f2", "euclid")] {
        write(&path, descr, &rows);
        let found = answers(&path, metric, &["--row", "0", "--row", "250"]);
        for (answer, row) in found.iter().zip([0, 250]) {
            let mut all: Vec<_> =
                (0..300).filter(|&o| o != row).map(|o| (distance(metric, &rows[row], &rows[o]), o)).collect();
            all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            assert_eq!((&answer["measure"], answer["row"].as_u64()), (&"file".into(), Some(row as u64)));
            let neighbours = answer["neighbours"].as_array().unwrap();
            assert_eq!(neighbours.len(), 9);
            for (neighbour, (distance, other)) in neighbours.iter().zip(&all) {
                assert_eq!(neighbour["row"].as_u64(), Some(*other as u64), "{descr}, {metric}, row {row}");
                assert!((neighbour["distance"].as_f64().unwrap() - distance).abs() < 1e-9, "{neighbour}");
                assert!(neighbour["dot"].is_null());
            }
        }
    }
}

#[test]
fn of_a_slice_the_rows_of_the_whole_set_count() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("model.npy");
    let rows = rows(300);
    write(&path, "<f4", &rows);
    let found = answers(&path, "euclid", &["--rows", "100:200", "--row", "5"]).remove(0);
    let nearest = (100..200)
        .filter(|&o| o != 105)
        .min_by(|&a, &b| distance("euclid", &rows[105], &rows[a]).total_cmp(&distance("euclid", &rows[105], &rows[b])));
    assert_eq!(found["neighbours"][0]["row"].as_u64(), nearest.map(|row| row as u64 - 100));
}

#[test]
fn clusters_maps_and_groups_go_by_the_numbers() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("model.npy");
    write(&path, "<f4", &rows(300));
    // The two halves of the model share no cluster, and no half of the plain map.
    let clusters =
        documents(inkfield().args(["clusters", INPUT, "--json", "--resolution", "0.2", "--embedding"]).arg(&path));
    let cluster_of = clusters[0]["cluster_of"].as_array().unwrap();
    let of = |rows: std::ops::Range<usize>| {
        let mut own: Vec<_> = cluster_of[rows].iter().map(|cluster| cluster.as_u64().unwrap()).collect();
        own.sort_unstable();
        own.dedup();
        own
    };
    let (first, second) = (of(0..100), of(100..300));
    assert!(first.iter().all(|cluster| !second.contains(cluster)), "{first:?}, {second:?}");
    let map = documents(inkfield().args(["arrange", INPUT, "--layout", "pca", "--json", "--embedding"]).arg(&path));
    let xs: Vec<f64> = map[0]["x"].as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect();
    let span = |xs: &[f64]| xs.iter().fold((f64::MAX, f64::MIN), |(low, high), &x| (low.min(x), high.max(x)));
    let ((a, b), (c, d)) = (span(&xs[..100]), span(&xs[100..]));
    assert!(b < c || d < a, "{a} to {b}, {c} to {d}");
    // Another measure of the same drawings, another map.
    let by_ink = documents(inkfield().args(["arrange", INPUT, "--layout", "pca", "--json", "--measure", "ink"]));
    assert_ne!(by_ink[0]["x"], map[0]["x"]);
}

#[test]
fn numbers_that_do_not_fit_the_drawings_are_refused_in_words() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    write(&path("short.npy"), "<f4", &rows(299));
    write(&path("nothing.npy"), "<f4", &[[f64::NAN; WIDTH]; 300]);
    fs::write(path("text.npy"), "1.0, 2.0").unwrap();
    let cut = {
        write(&path("cut.npy"), "<f4", &rows(300));
        fs::read(path("cut.npy")).unwrap()
    };
    fs::write(path("cut.npy"), &cut[..cut.len() - 1]).unwrap();
    let whole = npy_bytes(1, "{'descr': '<i4', 'fortran_order': False, 'shape': (300, 1), }", &[0; 1200]);
    fs::write(path("integers.npy"), whole).unwrap();
    let flat = npy_bytes(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (300,), }", &[0; 1200]);
    fs::write(path("flat.npy"), flat).unwrap();
    let wide = "{'descr': '<f4', 'fortran_order': False, 'shape': (300, 4611686018427387904), }";
    fs::write(path("wide.npy"), npy_bytes(1, wide, &[0; 1200])).unwrap();
    let packed = {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packer, &fs::read(path("short.npy")).unwrap()).unwrap();
        packer.finish().unwrap()
    };
    fs::write(path("model.npy.gz"), packed).unwrap();
    let broad = npy_bytes(1, "{'descr': '<f2', 'fortran_order': False, 'shape': (300, 65537), }", &[]);
    fs::write(path("broad.npy"), &broad).unwrap();
    fs::File::options()
        .write(true)
        .open(path("broad.npy"))
        .unwrap()
        .set_len(broad.len() as u64 + 300 * 65_537 * 2)
        .unwrap();
    for (name, what) in [
        ("model.npy.gz", "unpack it first"),
        ("broad.npy", "rows of 65537 numbers cannot be compared, 65536 at most can"),
        ("short.npy", "it has 299 rows, and there are 300 drawings: one row a drawing is needed"),
        ("nothing.npy", "no two of its rows can be compared"),
        ("text.npy", "--embedding takes a .npy array of floats"),
        ("cut.npy", "it was cut short"),
        ("integers.npy", "<i4 (32-bit integers)"),
        ("flat.npy", "its shape is (300,), and rows to compare by have the shape (N, D)"),
        ("wide.npy", "it was cut short"),
        ("none.npy", "there is no such file"),
    ] {
        let text = complaint(inkfield().args(["similar", INPUT, "--row", "1", "--embedding"]).arg(path(name)), 2);
        assert!(text.contains(what) && text.contains(name), "{name}: {text}");
    }
    let text = complaint(inkfield().args(["similar", INPUT, "--row", "1", "--measure", "file"]), 2);
    assert!(text.contains("--embedding"), "{text}");
    let text = complaint(inkfield().args(["similar", INPUT, "--image", "x.png", "--embedding", "y.npy"]), 2);
    assert!(text.contains("--image"), "{text}");
}
