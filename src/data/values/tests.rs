//! Unit tests of the rule, the map and the words.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::*;

fn of(counts: &[(u8, usize)]) -> Tally {
    let mut tally = Tally::default();
    for &(value, count) in counts {
        tally.count(&vec![value; count]);
    }
    tally
}

fn range(counts: &[(u8, usize)]) -> (f64, f64) {
    let range = ValueRange::of(&of(counts));
    (range.low, range.high)
}

fn map(range: ValueRange) -> ValueMap {
    ValueMap { range, ..ValueMap::default() }
}

#[test]
fn counting_is_the_same_in_runs_and_out_of_them() {
    let values: Vec<u8> = (0..10_007_u32).map(|i| if i % 50 < 20 { 9 } else { ((i * i) >> 3) as u8 }).collect();
    let mut expected = [0; 256];
    for &value in &values {
        expected[usize::from(value)] += 1;
    }
    assert_eq!(Tally::of(&values).counts(), &expected);
    let mut parts = Tally::of(&values[..777]);
    parts.add(&Tally::of(&values[777..]));
    assert_eq!(parts, Tally::of(&values));
}

#[test]
fn the_rule_at_its_edges() {
    // The largest value below 255 that 0.01 % of the values are, where it is below 128.
    assert_eq!(range(&[(0, 61_619), (1, 16_781)]), (0.0, 1.0));
    assert_eq!(range(&[(0, 9_999), (127, 1)]), (0.0, 127.0));
    assert_eq!(range(&[(0, 9_999), (128, 1)]), (0.0, 255.0));
    assert_eq!(range(&[(0, 9_000), (3, 1_000), (128, 1)]), (0.0, 3.0), "one of 10,001 is less than 0.01 %");
    assert_eq!(range(&[(0, 9_000), (20, 999), (255, 1)]), (0.0, 20.0));
    assert_eq!(
        range(&[(0, 50), (20, 10), (255, 40)]),
        (0.0, 20.0),
        "255 is the void of class maps, however much of it"
    );
    assert_eq!(range(&[(0, 50), (255, 50)]), (0.0, 255.0));
    // Minimum to maximum, where 0 is none of them and they span less than 64.
    assert_eq!(range(&[(200, 5), (230, 5), (255, 5)]), (200.0, 255.0));
    assert_eq!(range(&[(190, 5), (253, 5)]), (190.0, 253.0));
    assert_eq!(range(&[(190, 5), (254, 5)]), (0.0, 255.0));
    assert_eq!(range(&[(190, 5), (0, 1), (250, 5)]), (0.0, 255.0));
    // The first of these rules comes first.
    assert_eq!(range(&[(1, 5), (2, 5)]), (0.0, 2.0));
    // One single value.
    assert_eq!([0, 200, 254, 255].map(|value| range(&[(value, 784)])), [(0.0, 255.0); 4]);
    assert_eq!(range(&[(7, 784)]), (0.0, 7.0));
    assert_eq!(range(&[]), (0.0, 255.0));
}

#[test]
fn what_is_settled_stays_whatever_comes() {
    let open = [&[(0, 5_000), (128, 999)][..], &[(60, 5_000), (123, 5_000)], &[(0, 9_000), (255, 9_000)]];
    for counts in open {
        assert!(!ValueRange::is_settled(&of(counts), 10_000_000), "{counts:?}");
    }
    for counts in [&[(0, 1), (128, 1_000)][..], &[(60, 5_000), (124, 1), (254, 1_000)]] {
        assert!(ValueRange::is_settled(&of(counts), 10_000_000), "{counts:?}");
        // All that is left may be one value.
        for rest in [0, 1, 60, 127, 255] {
            let mut all = of(counts);
            all.count(&vec![rest; 10_000_000 - all.total() as usize]);
            assert_eq!(ValueRange::of(&all), ValueRange::BYTES, "{counts:?} and {rest}");
        }
    }
}

#[test]
fn ink_is_the_nearest_byte_and_ends_are_kept() {
    let three = map(ValueRange { low: 0.0, high: 3.0 });
    assert_eq!([0, 1, 2, 3, 4, 255].map(|value| three.ink(value)), [0, 85, 170, 255, 255, 255]);
    let high = map(ValueRange { low: 200.0, high: 255.0 });
    assert_eq!([0, 199, 200, 201, 254, 255].map(|value| high.ink(value)), [0, 0, 0, 5, 250, 255]);
    let inverted = ValueMap { inverted: true, ..map(ValueRange::BYTES) };
    assert_eq!([0, 1, 255].map(|value| inverted.ink(value)), [255, 254, 0]);
    let plain = map(ValueRange::BYTES);
    assert!((0..=255).all(|value| plain.ink(value) == value));

    let mut bytes = [0, 1, 255];
    three.table().apply(&mut bytes);
    assert_eq!(bytes, [0, 85, 255]);
    // Bools are read as 0 and 255, and are 0 and 1.
    let bools = ValueMap { bools: true, ..map(ValueRange::BOOLS) };
    assert_eq!([0, 255].map(|read| bools.table().ink(read)), [0, 255]);
    let dim = ValueMap { range: ValueRange::BYTES, ..bools };
    assert_eq!([0, 255].map(|read| dim.table().ink(read)), [0, 1]);
}

#[test]
fn ranges_are_typed_as_they_are_told() {
    for (text, told) in [("raw", "raw"), ("0:1", "0:1"), (" 10 : 20.5 ", "10:20.5"), ("-1:1e3", "-1:1000")] {
        let choice: RangeChoice = text.parse().unwrap();
        assert_eq!(choice.to_string(), told);
        assert_eq!(told.parse(), Ok(choice));
    }
    for text in ["", "1", "a:b", "0:", ":1", "0:inf", "nan:1", "0:1:2", "0-1"] {
        assert!(matches!(text.parse::<RangeChoice>(), Err(RangeError::Syntax(_))), "{text}");
    }
    for text in ["1:1", "255:0"] {
        assert!(matches!(text.parse::<RangeChoice>(), Err(RangeError::Order(_))), "{text}");
    }
}

#[test]
fn shares_are_named_one_by_one_or_in_bins() {
    assert_eq!(shares(&of(&[(0, 99_990), (2, 10)])), "0 99.9 %, 2 < 0.1 %");
    assert_eq!(shares(&of(&[(7, 3)])), "7 100 %");
    let many: Vec<(u8, usize)> = (0..=255).map(|value| (value, 1)).collect();
    assert!(shares(&of(&many)).starts_with("0–31 12.5 %, 32–63 12.5 %, "));
}

#[test]
fn what_looks_alike_is_said() {
    let plain = map(ValueRange::BYTES);
    let flat = |map: &ValueMap, counts| map.flat_in_words(&of(counts));
    assert_eq!(flat(&plain, &[(0, 9)]).unwrap(), "every value is 0: the paper is blank");
    assert_eq!(flat(&plain, &[(255, 9)]).unwrap(), "every value is 255: the paper is covered with ink");
    assert_eq!(flat(&plain, &[(200, 9)]).unwrap(), "every value is 200: the paper has one even shade");
    assert_eq!(flat(&plain, &[(0, 9), (1, 1)]), None);
    let beyond = map(ValueRange { low: 300.0, high: 400.0 });
    let told = "all values, 0 … 255, look alike with --range 300:400: the paper is blank";
    assert_eq!(flat(&beyond, &[(0, 9), (255, 1)]).unwrap(), told);
}

/// Values of one type of set, spread over several counters as threads would.
fn spread(values: &[f64], channels: usize) -> Spread {
    let of = |some: &[f64]| {
        let mut spread = Spread::default();
        spread.count(some, channels);
        spread
    };
    values.chunks(12).map(of).fold(Spread::default(), |sum, some| sum.plus(&some))
}

fn range_of(values: &[f64]) -> (f64, f64) {
    let spread = spread(values, 1);
    let range = spread.range_of_most().unwrap_or_else(|| {
        let wanted = spread.finer();
        let of = |some: &[f64]| {
            let mut finer = wanted.emptied();
            finer.count(some, 1);
            finer
        };
        values.chunks(11).map(of).fold(wanted.emptied(), |sum, some| sum.plus(&some)).range(spread.summary())
    });
    (range.low, range.high)
}

#[test]
fn a_range_is_that_of_the_ends_or_of_percentiles_as_numpy_has_them() {
    assert_eq!(range_of(&[0.0, 0.25]), (0.0, 1.0));
    assert_eq!(range_of(&[0.0, 1.0, f64::NAN, f64::INFINITY]), (0.0, 1.0));
    assert_eq!(range_of(&[0.0, 1.001]), (0.0, 1.001));
    assert_eq!(range_of(&[-0.0, 255.0]), (0.0, 255.0));
    assert_eq!(range_of(&[-0.5, 3.25]), (-0.5, 3.25));
    assert_eq!(range_of(&[7.0; 3]), (0.0, 7.0));
    assert_eq!(range_of(&[700.0; 3]), (0.0, 700.0));
    assert_eq!(range_of(&[-3.0; 3]), (-3.0, 0.0));
    assert_eq!(range_of(&[f64::NAN, f64::INFINITY]), (0.0, 1.0));
    assert_eq!(range_of(&[]), (0.0, 1.0));
    // All but one value in 10,000 are the same: the percentiles are no range.
    let mut rare = vec![5.0; 10_000];
    rare[77] = -2.0;
    assert_eq!(range_of(&rare), (-2.0, 5.0));
    // numpy.sort(…)[[ceil(n / 1000) - 1, ceil(n * 999 / 1000) - 1]]
    let share = |i: u64| (i * 2_654_435_761 % (1 << 32)) as f64 / f64::from(1 << 16) / f64::from(1 << 16);
    let of = |value: &dyn Fn(f64) -> f64| (0..20_000).map(|i| value(share(i))).collect::<Vec<f64>>();
    let near = |(low, high): (f64, f64), right: (f64, f64)| {
        let near = |own: f64, right: f64| (own - right).abs() <= right.abs() / f64::from(1 << 20);
        assert!(near(low, right.0) && near(high, right.1), "{low} … {high}");
    };
    let mut floats = of(&|share| share * share * 2000.0 - 700.0);
    near(range_of(&floats), (-699.998_272_752_050_1, 1_295.725_905_985_283));
    floats.extend([1e300, -1e300, f64::NEG_INFINITY]);
    near(range_of(&floats), (-699.998_272_752_050_1, 1_296.043_542_460_951_4));
    assert_eq!(range_of(&of(&|share| ((share * share * 2000.0 - 700.0) * 100.0).floor())), (-70_000.0, 129_572.0));
    assert_eq!(range_of(&of(&|share| -(share * share * 60_000.0).floor())), (-59_881.0, 0.0));
}

#[test]
fn numbers_of_other_types_are_shown_as_bytes_of_the_same_values_are() {
    for bytes in
        [&[0, 1, 2, 3][..], &[0, 20, 255, 7], &[0, 127], &[0, 128], &[0, 255], &[200, 230], &[190, 254], &[9], &[200]]
    {
        let numbers: Vec<f64> = bytes.iter().map(|&byte| f64::from(byte)).collect();
        assert_eq!(range_of(&numbers), range(&bytes.iter().map(|&byte| (byte, 1)).collect::<Vec<_>>()), "{bytes:?}");
    }
    // Depths in metres, and what lies close together far from 0.
    assert_eq!(range_of(&[0.0, 0.5, 8.75]), (0.0, 8.75));
    assert_eq!(range_of(&[0.5, 128.5]), (0.0, 255.0));
    assert_eq!(range_of(&[200.5, 210.25]), (200.5, 210.25));
    // Dark pictures are dark.
    assert_eq!(spread(&[0.0, 3.0, 60.5], 3).range_of_most(), Some(ValueRange::BYTES));
    let map = ValueMap { range: ValueRange { low: 0.0, high: 3.0 }, in_reading: true, ..ValueMap::default() };
    assert_eq!(
        map.stretch_in_words((0.0, 255.0)).unwrap(),
        "values 0 … 3 are stretched: 0 is paper, 3 and above are ink (--range A:B chooses others)"
    );
}

#[test]
fn alpha_is_counted_apart_and_never_stretched() {
    let colours = spread(&[300.0, -2.0, 7.0, 0.5, 300.0, f64::NAN, 7.0, f64::NAN, 1.0, 2.0, 3.0, 0.25], 4);
    let summary = colours.summary();
    assert_eq!((summary.ends, summary.most_alpha), (Some((-2.0, 300.0)), 0.5));
    assert_eq!((summary.finite, summary.nan, summary.infinite), (8, 1, 0));
    let range = ValueRange { low: -2.0, high: 300.0 };
    // Floats whose alphas lie in 0…1 mean just that, and so do integers where colours do; else it is 0…255, or more bits.
    let alphas = |scale: Scale| [0.0, 0.5, 1.0, 255.0, f64::NAN].map(|alpha| scale.alpha(alpha));
    assert_eq!(alphas(Scale::new(range, true, true, summary)), [0, 128, 255, 255, 0]);
    assert_eq!(alphas(Scale::new(range, false, false, summary)), [0, 1, 1, 255, 0]);
    let opaque = Summary { most_alpha: 255.0, ..summary };
    assert_eq!(alphas(Scale::new(range, false, true, opaque)), [0, 1, 1, 255, 0]);
    assert_eq!(alphas(Scale::new(ValueRange::BOOLS, false, true, opaque)), [0, 1, 1, 255, 0]);
    let one = Summary { most_alpha: 1.0, ..summary };
    assert_eq!(alphas(Scale::new(ValueRange::BOOLS, false, false, one)), [0, 128, 255, 255, 0]);
    for (most_alpha, opaque) in [(256.0, 511.0), (1_000.0, 1_023.0), (1_023.0, 1_023.0), (65_535.0, 65_535.0)] {
        let scale = Scale::new(range, false, false, Summary { most_alpha, ..summary });
        assert_eq!(
            [opaque, f64::midpoint(opaque, 1.0), 0.0].map(|alpha| scale.alpha(alpha)),
            [255, 128, 0],
            "{most_alpha}"
        );
    }
}

#[test]
fn values_that_were_measured_in_reading_are_told() {
    let summary = Summary { finite: 9, nan: 1, infinite: 2_000, ends: Some((-1.5, 1_234.567_89)), most_alpha: 0.0 };
    let range = ValueRange { low: -1.0, high: 1000.0 / 3.0 };
    let map = ValueMap { range, in_reading: true, ..ValueMap::default() };
    assert!(!map.is_plain() && map.table() == ValueMap::default().table(), "bytes are shown as they are read");
    assert_eq!(map.in_short().unwrap(), "values -1…333.333 stretched");
    let told = summary_in_words(&summary, &map);
    assert!(
        told.starts_with("values -1.5 … 1234.57, shown from the 0.1 to the 99.9 percentile: -1 and below are paper")
    );
    assert!(told.ends_with("333.333 and above are ink; --range A:B chooses others"), "{told}");
    let not =
        "one value is no number (NaN) and shown as paper, 2,000 values are infinite and shown as ends of the range";
    assert_eq!(not_finite(&summary).unwrap(), not);
    let usual = ValueMap { range: ValueRange::BOOLS, ..map };
    assert_eq!(usual.in_short(), None);
    assert_eq!(usual.stretch_in_words((0.0, 0.5)), None);
    let alike = Summary { infinite: 0, ends: Some((3.0, 3.1)), ..summary };
    let flat = usual.summary_flat_in_words(&alike, false).unwrap();
    assert_eq!(flat, "all values, 3 … 3.1, look alike with 0 … 1: the paper is covered with ink");
    assert_eq!(
        map.summary_flat_in_words(&alike, false).unwrap(),
        "all values, 3 … 3.1, look alike with -1 … 333.333: the paper has one even shade"
    );
}
