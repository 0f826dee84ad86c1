//! The demo data set: is it drawn as the published data is, does it look like it in numbers, is it the same everywhere?
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed unwrap is a failed test")]
#![allow(clippy::print_stderr, reason = "a test that could not run says so")]

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use inkfield::data::demo::Demo;
use inkfield::data::demo::raster::{PIXELS, render_strokes};
use inkfield::data::demo::simplify::simplify;
use serde_json::Value;

/// The real data, or `None` (said loudly) where there is none.
fn real_data() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let path = std::env::var_os("INKFIELD_DATA").map_or(beside, PathBuf::from);
    if path.join("pairs").is_dir() {
        return Some(path);
    }
    eprintln!("NOT RUN: no real data at {}; set INKFIELD_DATA to its folder", path.display());
    None
}

fn strokes(record: &Value) -> Vec<Vec<[f32; 2]>> {
    let numbers =
        |axis: &Value| -> Vec<f32> { axis.as_array().unwrap().iter().map(|n| n.as_f64().unwrap() as f32).collect() };
    let stroke =
        |stroke: &Value| numbers(&stroke[0]).into_iter().zip(numbers(&stroke[1])).map(|(x, y)| [x, y]).collect();
    record["drawing"].as_array().unwrap().iter().map(stroke).collect()
}

type Stroke = Vec<[f32; 2]>;

/// Mean absolute difference to the published bitmaps over all pairs of one kind, and the number of drawings.
fn difference(data: &Path, ending: &str, prepare: fn(&[Stroke]) -> Vec<Stroke>) -> (f64, usize) {
    let (mut sum, mut rows) = (0_u64, 0);
    for entry in fs::read_dir(data.join("pairs")).unwrap() {
        let records = entry.unwrap().path();
        if !records.to_string_lossy().ends_with(ending) {
            continue;
        }
        let bitmaps = fs::read(records.with_extension("npy")).unwrap();
        let text = fs::read_to_string(&records).unwrap();
        // The published files have 80 bytes of header.
        for (line, bitmap) in text.lines().zip(bitmaps[80..].chunks_exact(PIXELS)) {
            let drawn = render_strokes(&prepare(&strokes(&serde_json::from_str(line).unwrap())));
            sum += drawn.iter().zip(bitmap).map(|(a, b)| u64::from(a.abs_diff(*b))).sum::<u64>();
            rows += 1;
        }
    }
    (sum as f64 / (rows * PIXELS) as f64, rows)
}

#[test]
fn real_strokes_are_rendered_as_published() {
    let Some(data) = real_data() else { return };
    let (simplified, rows) = difference(&data, ".simplified.ndjson", <[_]>::to_vec);
    assert_eq!(rows, 325, "13 categories of 25 drawings");
    assert!(simplified < 0.8, "mean difference {simplified} of 255 from simplified strokes");
    let (raw, rows) = difference(&data, ".raw.ndjson", simplify);
    assert!(rows > 300 && raw < 1.5, "mean difference {raw} of 255 from raw strokes of {rows} drawings");
}

#[test]
fn hostile_strokes_are_drawn_without_harm() {
    let far =
        vec![vec![[-1e9, 3.0], [1e9, 4.0], [f32::MAX, f32::MIN]], vec![[f32::NAN, 1.0], [f32::INFINITY, 2.0]], vec![]];
    let _ = render_strokes(&far);
    assert_eq!(render_strokes(&[]), [0; PIXELS]);
    assert_eq!(simplify(&[vec![[5.0, 5.0]; 3]]), [[[0.0, 0.0], [0.0, 0.0]]]);
}

#[test]
fn a_dot_is_a_disc_in_the_middle() {
    let dot = render_strokes(&[vec![[0.0, 0.0]]]);
    let ink: f64 = dot.iter().map(|&byte| f64::from(byte) / 255.0).sum();
    // A disc of radius 8 canvas units, 28 / 304 pixels each.
    let area = std::f64::consts::PI * (8.0 * 28.0 / 304.0_f64).powi(2);
    assert!((ink - area).abs() < 0.03, "{ink} pixels, not {area}");
    let lit: Vec<usize> = (0..PIXELS).filter(|&pixel| dot[pixel] > 0).collect();
    assert_eq!(lit, [13 * 28 + 13, 13 * 28 + 14, 14 * 28 + 13, 14 * 28 + 14]);
}

#[test]
fn ink_is_distributed_as_in_real_octopuses() {
    // `m = numpy.load("octopus.npy").mean(1); m.mean(), m.std()` over the first 1,000 published octopuses.
    const REAL_MEAN: f64 = 49.3326;
    const REAL_SPREAD: f64 = 9.5034;
    for seed in [1, 2] {
        let mut bitmaps = vec![0; 20_000 * PIXELS];
        Demo::new(20_000, seed).draw_rows(0, &mut bitmaps);
        let ink = bitmaps
            .chunks_exact(PIXELS)
            .map(|bitmap| bitmap.iter().map(|&byte| f64::from(byte)).sum::<f64>() / PIXELS as f64);
        let ink: Vec<f64> = ink.collect();
        let mean = ink.iter().sum::<f64>() / ink.len() as f64;
        let spread = (ink.iter().map(|ink| (ink - mean).powi(2)).sum::<f64>() / ink.len() as f64).sqrt();
        assert!((mean / REAL_MEAN - 1.0).abs() < 0.1, "seed {seed}: mean ink {mean}");
        assert!((spread / REAL_SPREAD - 1.0).abs() < 0.25, "seed {seed}: spread of ink {spread}");
    }
}

#[test]
fn no_drawing_appears_twice() {
    let demo = Demo::new(150_152, 1);
    let mut bitmaps = vec![0; 150_152 * PIXELS];
    demo.draw_rows(0, &mut bitmaps);
    let distinct: HashSet<&[u8]> = bitmaps.chunks_exact(PIXELS).collect();
    assert_eq!(distinct.len(), 150_152);
    let ids: HashSet<u64> = (0..150_152).map(|row| demo.meta(row).key_id).collect();
    assert_eq!(ids.len(), 150_152);
}

#[test]
fn people_come_from_many_countries_and_mostly_one() {
    let demo = Demo::new(100_000, 1);
    let mut counts: HashMap<&str, u32> = HashMap::new();
    let mut unrecognized = 0;
    for row in 0..demo.rows() {
        let meta = demo.meta(row);
        *counts.entry(meta.countrycode).or_default() += 1;
        unrecognized += u32::from(!meta.recognized);
    }
    assert!(counts.keys().all(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())));
    assert!((42_000..44_000).contains(&counts["US"]), "{} of 100,000 from the US", counts["US"]);
    assert!((95..=120).contains(&counts.len()), "{} countries", counts.len());
    assert!((5_000..10_000).contains(&unrecognized), "{unrecognized} of 100,000 unrecognised");
}

#[test]
fn an_octopus_drawn_in_many_strokes_has_most_often_eight_arms() {
    let demo = Demo::new(4000, 1);
    let mut counts = [0; 64];
    for row in (0..demo.rows()).filter(|&row| demo.meta(row).recognized) {
        counts[demo.raw_strokes(row).len()] += 1;
    }
    // Fewer strokes: the arms are part of an outline.
    let most = (6..counts.len()).max_by_key(|&strokes| counts[strokes]);
    assert_eq!(most, Some(1 + 8), "a head and eight arms: {counts:?}");
}

#[test]
fn records_have_the_published_form_and_describe_the_bitmap() {
    let demo = Demo::new(300, 7);
    for row in 0..demo.rows() {
        let line = demo.record_line(row);
        let record: Value = serde_json::from_str(&line).unwrap();
        let keys: Vec<&String> = record.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["word", "countrycode", "timestamp", "recognized", "key_id", "drawing"]);
        let meta = demo.meta(row);
        assert_eq!(record["word"], "octopus");
        assert_eq!(record["countrycode"], meta.countrycode);
        assert_eq!(record["recognized"], meta.recognized);
        assert_eq!(record["key_id"], meta.key_id.to_string());
        assert_eq!(meta.key_id.to_string().len(), 16);
        assert_eq!(microseconds(record["timestamp"].as_str().unwrap()), meta.timestamp_us);

        let mut now = -1.0;
        for stroke in record["drawing"].as_array().unwrap() {
            let [xs, ys, ts] = [0, 1, 2].map(|axis| stroke[axis].as_array().unwrap());
            assert!(!xs.is_empty() && xs.len() == ys.len() && xs.len() == ts.len(), "row {row}");
            for time in ts {
                assert!(time.as_f64().unwrap() > now, "row {row}: time stands still");
                now = time.as_f64().unwrap();
            }
        }
        assert!((200.0..60_000.0).contains(&now), "row {row} took {now} ms");
        assert_eq!(render_strokes(&simplify(&strokes(&record))), demo.bitmap(row), "row {row}");
    }
}

/// `2017-03-08 21:12:07.26604 UTC` in microseconds since 1970.
fn microseconds(text: &str) -> i64 {
    let number = |range: std::ops::Range<usize>| text[range].parse::<i64>().unwrap();
    assert_eq!(number(0..4), 2017);
    assert!(text.ends_with(" UTC") && !text.ends_with("0 UTC"), "{text}");
    let fraction = text[20..].trim_end_matches(" UTC");
    assert!(fraction.len() <= 5, "{text}");
    let days_before = [0, 31, 59][usize::try_from(number(5..7) - 1).unwrap()];
    // 2017-01-01 is day 17,167 (`date -ud 2017-01-01 +%s` / 86,400).
    let days = 17_167 + days_before + number(8..10) - 1;
    let seconds = (days * 24 + number(11..13)) * 3600 + number(14..16) * 60 + number(17..19);
    seconds * 1_000_000 + format!("{fraction:0<6}").parse::<i64>().unwrap()
}

#[test]
fn a_row_depends_on_seed_and_number_alone() {
    let (small, large) = (Demo::new(10, 3), Demo::new(60_000_000, 3));
    let mut block = vec![0; 200 * PIXELS + 5];
    large.draw_rows(59_999_800, &mut block);
    for (row, bitmap) in (59_999_800..).zip(block.chunks_exact(PIXELS)) {
        assert_eq!(small.bitmap(row), bitmap, "row {row}");
        assert_eq!(small.record_line(row), large.record_line(row));
    }
    assert_ne!(small.bitmap(0), Demo::new(10, 4).bitmap(0));
    assert_ne!(small.meta(0).key_id, Demo::new(10, 4).meta(0).key_id);
}

#[test]
fn the_same_bytes_on_every_machine() {
    // These two numbers are what the generator gave when it was last changed on purpose: what is asserted is that they
    // stay the same, from machine to machine and from version to version, not that they are right.
    let demo = Demo::new(150_152, 1);
    let mut bitmaps = vec![0; 1000 * PIXELS];
    demo.draw_rows(0, &mut bitmaps);
    let lines: String = (0..1000).map(|row| demo.record_line(row) + "\n").collect();
    let sums = [fnv1a(&bitmaps), fnv1a(lines.as_bytes())].map(|sum| format!("{sum:016x}"));
    assert_eq!(sums, ["50cac26975b25329", "b821ad5f25261a55"]);
}

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
