//! Times: known values, what is no time, how they are written.

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
