//! Times: known values, what is no time, how they are written.

use crate::data::columns::calendar::ticks;
use crate::data::columns::time::{long_time, parse, rfc3339, short_time};

/// Known values: Python's `datetime`, in microseconds since 1970 UTC.
#[test]
fn times_are_those_of_the_calendar() {
    for (spelled, us) in [
        ("2017-03-08 21:12:07.26604 UTC", 1_489_007_527_266_040),
        ("2016-02-29T23:59:59.999999Z", 1_456_790_399_999_999),
        ("1900-03-01T00:00:00Z", -2_203_891_200_000_000),
        ("1600-02-29t12:00:00z", -11_670_955_200_000_000),
        ("0001-01-01 00:00:00 UTC", -62_135_596_800_000_000),
        ("9999-12-31T23:59:59.999999999Z", 253_402_300_799_999_999),
        ("2024-01-01T12:30:45.123456789+09:00", 1_704_079_845_123_456),
        ("1969-12-31T23:59:59.5-00:00", -500_000),
        ("2017-01-01T00:30:00+05:45", 1_483_209_900_000_000),
        ("2000-12-31T00:00:00Z", 978_220_800_000_000),
    ] {
        assert_eq!(parse(spelled), Some(us), "{spelled}");
    }
    for wrong in [
        "2017-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2017-13-01T00:00:00Z",
        "2017-00-10T00:00:00Z",
        "2017-01-00T00:00:00Z",
        "2017-04-31T00:00:00Z",
        "2017-01-01T24:00:00Z",
        "2017-01-01T00:60:00Z",
        "2017-01-01T00:00:60Z",
        "2017-01-01T00:00:00",
        "2017-01-01T00:00:00.Z",
        "2017-01-01T00:00:00+5:00",
        "2017-01-01T00:00:00+24:00",
        "0000-01-01T00:00:00+00:01",
        "2017-01-01",
        "2017-01-01T00:00:00.0000000000Z",
        "2017-01-01T00:00:00,5Z",
        "２017-01-01T00:00:00Z",
        "",
    ] {
        assert_eq!(parse(wrong), None, "{wrong}");
    }
}

#[test]
fn times_read_as_people_and_json_want_them() {
    let us = 1_490_005_561_123_450;
    assert_eq!(rfc3339(us), "2017-03-20T10:26:01.123450Z");
    assert_eq!(rfc3339(us - 123_450), "2017-03-20T10:26:01Z");
    assert_eq!(long_time(us), "2017-03-20 10:26:01 UTC");
    assert_eq!(short_time(us), "20 Mar 2017 10:26");
    assert_eq!(rfc3339(-500_000), "1969-12-31T23:59:59.500000Z");
}

#[test]
fn days_of_ten_thousand_years_are_written_and_read_back() {
    let (first, last) = (parse("0000-01-01T00:00:00Z").unwrap(), parse("9999-12-31T23:59:59Z").unwrap());
    let mut before = String::new();
    for us in (first..=last).step_by(11 * 86_400_000_000 - 1) {
        let spelled = rfc3339(us);
        assert_eq!(parse(&spelled), Some(us), "{spelled}");
        assert!(before < spelled, "{before} comes before {spelled}");
        before = spelled;
    }
}

/// Read back by the reader of times, which the tests above hold to the calendar.
#[test]
fn ticks_of_times_are_3_to_7_beginnings_of_a_unit_over_any_span() {
    let padded = |text: &str| match text.len() {
        4 => format!("{text}-01-01T00:00:00Z"),
        7 => format!("{text}-01T00:00:00Z"),
        10 => format!("{text}T00:00:00Z"),
        _ => text.to_owned(),
    };
    let century = 100.0 * 365.25 * 86_400e6;
    let (mut random, mut formats) = (1_u64, std::collections::BTreeSet::new());
    for step in 0..=2000 {
        // From 1 second to 100 years, each span 0.9 % longer than the one before.
        let span = (1e6 * (century / 1e6_f64).powf(f64::from(step) / 2000.0)) as i64;
        for _ in 0..20 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let low = parse("1850-01-01T00:00:00Z").unwrap() + (random >> 11) as i64 % (3 * century as i64);
            // One in two begins with a day, and with it a tick.
            let low = if random >> 63 == 0 { low.div_euclid(86_400_000_000) * 86_400_000_000 } else { low };
            let (high, ticks) = (low + span, ticks(low, low + span));
            let shown = format!("{} + {span}: {ticks:?}", rfc3339(low));
            assert!((3..=7).contains(&ticks.len()), "{shown}");
            assert!(ticks.iter().all(|(at, text)| parse(&padded(text)) == Some(*at)), "{shown}");
            assert!(ticks[0].0 >= low && ticks[ticks.len() - 1].0 <= high, "{shown}");
            // None is left out: months have 28 to 31 days, years 365 or 366.
            let gaps: Vec<i64> = ticks.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
            let (least, most) = (*gaps.iter().min().unwrap(), *gaps.iter().max().unwrap());
            assert!(least > 0 && most * 28 <= least * 31, "{shown}");
            assert!(
                (ticks[0].0 - low) * 28 <= most * 31 && (high - ticks[ticks.len() - 1].0) * 28 <= most * 31,
                "{shown}"
            );
            formats.insert(ticks[0].1.len());
        }
    }
    // Years, months, days, seconds, and parts of them.
    assert_eq!(formats.into_iter().collect::<Vec<_>>(), [4, 7, 10, 20, 27]);
    let day = parse("2017-03-08T00:00:00Z").unwrap();
    assert_eq!(ticks(day, day), [(day, "2017-03-08T00:00:00Z".to_owned())]);
    assert_eq!(
        ticks(i64::MIN, i64::MAX).iter().map(|(_, text)| &**text).collect::<Vec<_>>(),
        ["0000", "2000", "4000", "6000", "8000"]
    );
}
