//! `clusters` and the column of clusters: the same in every command, and close to the categories that people gave real drawings.

use super::real_data::real_data;
use super::{complaint, documents, inkfield, read_png};
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::scene::palette::{Colormap, Theme, color};
use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use tempfile::TempDir;

const INPUT: &str = "demo:900:3";

fn clusters_of(answer: &Value) -> Vec<Option<u64>> {
    answer["cluster_of"].as_array().unwrap().iter().map(Value::as_u64).collect()
}

/// Normalised mutual information of two labellings, by its definition: 2 I(a; b) / (H(a) + H(b)).
fn nmi(a: &[u64], b: &[u64]) -> f64 {
    let n = a.len() as f64;
    let shares = |labels: &mut dyn Iterator<Item = (u64, u64)>| {
        let mut counts: HashMap<(u64, u64), f64> = HashMap::new();
        labels.for_each(|label| *counts.entry(label).or_default() += 1.0);
        -counts.values().map(|count| count / n * (count / n).ln()).sum::<f64>()
    };
    let of = |labels: &[u64]| shares(&mut labels.iter().map(|&label| (label, 0)));
    let both = shares(&mut a.iter().copied().zip(b.iter().copied()));
    let (of_a, of_b) = (of(a), of(b));
    2.0 * (of_a + of_b - both) / (of_a + of_b)
}

#[test]
fn clusters_partition_the_drawings_and_each_is_shown_by_its_own() {
    let answer = documents(inkfield().args(["clusters", INPUT, "--json"])).remove(0);
    let of_row = clusters_of(&answer);
    assert_eq!(of_row.len(), 900);
    let listed = answer["clusters"].as_array().unwrap();
    assert_eq!(listed.len() as u64, answer["count"].as_u64().unwrap());
    assert!(listed.len() > 2, "{answer}");
    let mut last = u64::MAX;
    for (number, cluster) in (1..).zip(listed) {
        let rows = of_row.iter().filter(|of| **of == Some(number)).count() as u64;
        assert_eq!(cluster["rows"].as_u64(), Some(rows));
        assert!(rows <= last, "they are not numbered from the largest");
        last = rows;
        let examples = cluster["examples"].as_array().unwrap();
        assert_eq!(cluster["medoid"], examples[0]);
        assert!(examples.iter().all(|row| of_row[row.as_u64().unwrap() as usize] == Some(number)));
    }
    let outside = of_row.iter().filter(|of| of.is_none()).count() as u64;
    assert_eq!(answer["outside"].as_u64(), Some(outside));
    // More of them where that is asked for, the same ones again where not.
    let again = documents(inkfield().env("RAYON_NUM_THREADS", "1").args(["clusters", INPUT, "--json"])).remove(0);
    assert_eq!(again, answer);
    let finer = documents(inkfield().args(["clusters", INPUT, "--json", "--resolution", "4"])).remove(0);
    assert!(finer["count"].as_u64() > answer["count"].as_u64());
    assert!(complaint(inkfield().args(["clusters", INPUT, "--resolution", "0"]), 2).contains("0.01 to 100"));
}

#[test]
fn the_sheet_of_means_shows_the_mean_of_each_cluster_s_own_drawings() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("means.png");
    let mut command = inkfield();
    let answer =
        documents(command.args(["clusters", INPUT, "--json", "--resolution", "3", "--means"]).arg(&path)).remove(0);
    let of_row = clusters_of(&answer);
    let count = answer["count"].as_u64().unwrap() as usize;
    assert!(count > 10, "{count} clusters make one line only");
    // Plainly added up.
    let dataset = Dataset::open(&[INPUT], &OpenOptions::default()).unwrap();
    let mut values = vec![0; 900 * 784];
    dataset.read_rows(0, &mut values).unwrap();
    let (mut sums, mut rows) = (vec![[0_u64; 784]; count], vec![0_u64; count]);
    for (drawing, of) in values.chunks(784).zip(&of_row) {
        let Some(at) = of.map(|number| number as usize - 1) else { continue };
        rows[at] += 1;
        sums[at].iter_mut().zip(drawing).for_each(|(sum, value)| *sum += u64::from(*value));
    }
    // Four pixels each, eight of paper between them, ten in a line.
    let ([width, height], samples, bytes) = read_png(&path);
    assert_eq!([width as usize, height as usize], [10 * 120 + 8, count.div_ceil(10) * 120 + 8]);
    let seen = |x: usize, y: usize| &bytes[(y * width as usize + x) * samples..][..3];
    let paper = seen(0, 0).to_vec();
    for cluster in 0..count {
        let (left, top) = (cluster % 10 * 120 + 8, cluster / 10 * 120 + 8);
        for (at, &sum) in sums[cluster].iter().enumerate() {
            let mean = sum as f64 / rows[cluster] as f64 / 255.0;
            let expected = color(Colormap::Ink, Theme::Paper, mean as f32);
            for (dx, dy) in [(0, 0), (3, 3)] {
                let seen = seen(left + at % 28 * 4 + dx, top + at / 28 * 4 + dy);
                assert!(seen.iter().zip(expected).all(|(seen, own)| seen.abs_diff(own) <= 1), "{cluster}, pixel {at}");
            }
        }
        assert_eq!(seen(left + 112, top + 5), paper);
    }
    let refused = |name: &str| complaint(inkfield().args(["clusters", INPUT, "--means", name]), 2);
    assert!(refused("means.jpg").contains(".png"), "{}", refused("means.jpg"));
}

#[test]
fn the_column_cluster_can_be_filtered_exported_and_coloured_by() {
    let folder = TempDir::new().unwrap();
    let answer = documents(inkfield().args(["clusters", INPUT, "--json"])).remove(0);
    let expected: Vec<usize> = (0..900).filter(|&row| clusters_of(&answer)[row] == Some(2)).collect();
    let csv = folder.path().join("two.csv");
    let filter = ["--where", "cluster = 2", "--fields", "cluster"];
    inkfield().args(["export", INPUT, "--clusters", "--csv"]).arg(&csv).args(filter).assert().success();
    let written = fs::read_to_string(&csv).unwrap();
    let rows: Vec<usize> =
        written.lines().skip(1).map(|line| line.split(',').next().unwrap().parse().unwrap()).collect();
    assert_eq!(rows, expected);
    assert!(written.lines().skip(1).all(|line| line.ends_with(",2")), "{written}");
    let place = |more: &[&str]| {
        let args = ["locate", INPUT, "--json", "--row", "0", "--layout", "groups", "--by", "cluster"];
        documents(inkfield().args(args).args(more)).remove(0)
    };
    assert!(place(&["--clusters"])["x_px"].is_number());
    let missing = ["locate", INPUT, "--row", "0", "--layout", "groups", "--by", "cluster"];
    assert!(complaint(inkfield().args(missing), 2).contains("no such column"));
}

#[test]
fn clusters_of_real_drawings_are_close_to_their_categories() {
    let Some(folder) = real_data().map(|data| data.join("bitmaps")) else { return };
    let answer = documents(inkfield().arg("clusters").arg(&folder).arg("--json")).remove(0);
    let mut categories = Vec::new();
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for (category, file) in (0..).zip(files.iter().filter(|path| path.extension().is_some_and(|end| end == "npy"))) {
        let rows = (file.metadata().unwrap().len() - 80) / 784;
        categories.extend((0..rows).map(|_| category));
    }
    let of_row: Vec<u64> = clusters_of(&answer).into_iter().map(Option::unwrap_or_default).collect();
    assert_eq!(of_row.len(), categories.len());
    let seen = nmi(&of_row, &categories);
    assert!(seen > 0.73, "{seen}");
    // What a cluster is for the most part is what it is said to be.
    let of_most = |number: u64| {
        let mut counts: HashMap<u64, u64> = HashMap::new();
        of_row
            .iter()
            .zip(&categories)
            .filter(|(of, _)| **of == number)
            .for_each(|(_, &category)| *counts.entry(category).or_default() += 1);
        counts.into_iter().max_by_key(|&(_, count)| count).unwrap()
    };
    let (category, count) = of_most(1);
    let largest = &answer["clusters"][0];
    let name = files[category as usize].file_stem().unwrap().to_string_lossy().into_owned();
    assert_eq!(
        (largest["traits"][0]["value"].as_str(), largest["traits"][0]["rows"].as_u64()),
        (Some(&*name), Some(count))
    );
    let all = categories.iter().filter(|&&of| of == category).count() as f64;
    let lift = count as f64 * categories.len() as f64 / (largest["rows"].as_f64().unwrap() * all);
    assert!((largest["traits"][0]["lift"].as_f64().unwrap() - lift).abs() < 1e-9);
}
