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
    ValueMap { range, chosen: false, inverted: false, bools: false }
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
