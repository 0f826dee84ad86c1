//! `groups`: order, shapes, packing.

use std::collections::HashSet;

use inkfield::data::columns::{BatchBuilder, Columns, Value};
use inkfield::progress::Progress;
use inkfield::scene::camera::Bounds;
use inkfield::scene::camera::Viewport;
use inkfield::scene::layout::{Layout, LayoutError, LayoutKind, MISSING};
use inkfield::scene::{Scene, Settings};
use proptest::prelude::*;

/// How many of 2,000 snowmen came from each of 92 countries.
const SNOWMEN: [u32; 92] = [
    845, 154, 75, 52, 48, 45, 43, 40, 36, 35, 31, 31, 30, 30, 29, 27, 25, 23, 22, 21, 20, 20, 18, 14, 14, 13, 13, 13,
    12, 11, 11, 11, 11, 9, 7, 7, 7, 7, 7, 7, 6, 6, 5, 5, 5, 5, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2,
    2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
];

/// Codes with these frequencies, interleaved as in a real file.
fn codes_with(counts: &[u32]) -> Vec<u32> {
    let total: u32 = counts.iter().sum();
    let sorted: Vec<u32> = (0..).zip(counts).flat_map(|(code, &n)| vec![code; n as usize]).collect();
    // 7,919 is prime and divides none of the totals used here.
    (0..u64::from(total)).map(|i| sorted[(i * 7919 % u64::from(total)) as usize]).collect()
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|i| format!("value {i:05}")).collect()
}

/// Shares 43 % for the first of 100 countries, the others falling geometrically to at least one drawing.
fn skewed(total: u32) -> Vec<u32> {
    let mut counts: Vec<u32> =
        (0..99).map(|i| (f64::from(total) * 0.57 * 0.08 * 0.92_f64.powi(i)).max(1.0) as u32).collect();
    counts.insert(0, total - counts.iter().sum::<u32>());
    counts
}

/// Everything that has to hold for any groups.
fn check(codes: &[u32], dictionary: &[String]) -> Layout {
    let layout = Layout::groups(codes, dictionary, Progress::NONE).unwrap();
    let mut cells = HashSet::new();
    for label in &layout.labels {
        let rows: Vec<u32> =
            (0..).zip(codes).filter(|&(_, &code)| label.code.unwrap_or(MISSING) == code).map(|(r, _)| r).collect();
        assert_eq!(rows.len(), label.rows as usize);
        let mut last = None;
        for row in rows {
            let center = layout.center(row).unwrap();
            let cell = (label.block.max.y - center.y - 0.5, center.x - label.block.min.x - 0.5);
            assert!(cell.0.fract() == 0.0 && cell.1.fract() == 0.0, "row {row} on a cell of its block");
            assert!(last < Some(cell), "rows ascend in reading order");
            assert!(cell.0 >= 0.0 && cell.1 >= 0.0);
            assert!(center.x + 0.5 <= label.block.max.x && center.y - 0.5 >= label.block.min.y);
            last = Some(cell);
            assert!(cells.insert(layout.fixed()[row as usize]), "row {row} alone in its place");
        }
        assert_eq!(label.gap.min.y, label.block.max.y, "the label lies directly above");
        assert!(label.gap.size().y >= 0.6);
        for part in [&label.block, &label.gap] {
            assert!(layout.bounds.contains(part.min) && layout.bounds.contains(part.max), "{label:?}");
        }
    }
    let parts: Vec<&Bounds> = layout.labels.iter().flat_map(|l| [&l.block, &l.gap]).collect();
    for (i, a) in parts.iter().enumerate() {
        for b in &parts[..i] {
            let apart = a.max.cmple(b.min).any() || b.max.cmple(a.min).any();
            assert!(apart, "{a:?} and {b:?} overlap");
        }
    }
    let expected: HashSet<u32> = codes.iter().copied().collect();
    assert_eq!(layout.labels.len(), expected.len());
    layout
}

#[test]
fn blocks_come_most_frequent_first_ties_by_value_missing_last() {
    let dictionary: Vec<String> = ["US", "FI", "", "DE", "unused"].map(String::from).into();
    let codes = [MISSING, 1, 0, 3, 0, MISSING, 2, MISSING, MISSING, 0];
    let layout = check(&codes, &dictionary);
    let seen: Vec<_> = layout.labels.iter().map(|l| (l.text_value.as_str(), l.code, l.rows)).collect();
    assert_eq!(seen, [("US", Some(0), 3), ("", Some(2), 1), ("DE", Some(3), 1), ("FI", Some(1), 1), ("", None, 4)]);
}

#[test]
fn real_skew_is_packed_well() {
    for (counts, total) in [(SNOWMEN.to_vec(), 2000), (skewed(150_152), 150_152)] {
        let codes = codes_with(&counts);
        assert_eq!(codes.len(), total);
        let layout = check(&codes, &names(counts.len()));
        let size = layout.bounds.size();
        let fill = f64::from(layout.rows()) / (size.x * size.y);
        assert!(fill >= 0.75, "{total}: {fill}");
        let aspect = size.x / size.y;
        assert!((1.3..1.95).contains(&aspect), "{total}: {aspect}");
        // At fit in a window of 1280 x 800 with its margins of 12 px.
        let s = ((1280.0 - 24.0) / size.x).min((800.0 - 24.0) / size.y);
        for label in &layout.labels[..10] {
            assert!(label.gap.size().y * s >= 15.0, "{total}: a gap of {} px", label.gap.size().y * s);
            let block = label.block.size();
            assert!(block.max_element() / block.min_element() < 2.5, "near-square: {block}");
        }
        // Reading order: no block lies above a shelf that began before it.
        let tops: Vec<f64> = layout.labels.iter().map(|l| l.gap.max.y).collect();
        assert!(tops[0] >= tops.iter().copied().fold(f64::MIN, f64::max));
        assert_eq!(layout.labels[0].block.min.x, 0.0);
    }
}

#[test]
fn many_values_and_a_single_one() {
    check(&[0], &names(1));
    check(&[MISSING; 7], &[]);
    let distinct: Vec<u32> = (0..500).collect();
    check(&distinct, &names(500));
    let layout = Layout::groups(&(0..65_535).collect::<Vec<u32>>(), &names(65_535), Progress::NONE).unwrap();
    assert_eq!(layout.labels.len(), 65_535);
    // A large missing block after tiny ones is no ribbon.
    let codes: Vec<u32> = (0..40).chain([MISSING; 400]).collect();
    let last = check(&codes, &names(40)).labels.pop().unwrap();
    assert!(last.block.size().max_element() / last.block.size().min_element() < 1.5, "{last:?}");
}

#[test]
fn wrong_codes_are_named() {
    let error = Layout::groups(&[0, 1, 2], &names(2), Progress::NONE).unwrap_err();
    assert_eq!(error, LayoutError::Code { row: 2, code: 2, values: 2 });
    assert_eq!(Layout::groups(&[], &names(2), Progress::NONE), Err(LayoutError::NoRows));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_groups_are_packed_without_overlap(counts in prop::collection::vec(1_u32..400, 1..24), missing in 0_usize..300) {
        let mut codes: Vec<u32> = (0..).zip(&counts).flat_map(|(code, &n)| vec![code; n as usize]).collect();
        codes.extend(vec![MISSING; missing]);
        check(&codes, &names(counts.len()));
    }
}

#[test]
fn case_empty_and_missing_values_have_labels_of_their_own() {
    let mut builder = BatchBuilder::new();
    for value in ["x", "x", "x", "", "unknown"] {
        builder.push_row();
        builder.set("word", Value::Text(value));
    }
    builder.push_row();
    let mut columns = Columns::new();
    columns.append(0, builder.finish());
    columns.finish(6);
    let settings = Settings { layout: LayoutKind::GROUPS, ..Settings::default() };
    let scene = Scene::new(6, u32::MAX, settings, Viewport::new(800, 600, 1.0), Some(&columns)).unwrap();
    let labels: Vec<String> = scene.labels(&|_| None).into_iter().map(|label| label.text).collect();
    assert_eq!(labels, ["x", "\"\"", "unknown", "(missing)"]);
}
