//! Units of the calendar (UTC), by which times are put into bins and along which ticks lie.

use super::time::{DAY_US, END_US, FIRST_US, SECOND_US, date, days_from_date, rfc3339};

/// A unit of the calendar.
#[derive(Clone, Copy, Debug)]
pub(super) enum Unit {
    /// So many microseconds, counted from 1970; for weeks from a Monday.
    Us(i64),
    /// So many months.
    Months(i64),
}

const WEEK_US: i64 = 7 * DAY_US;
/// From the Monday before 1970-01-01, a Thursday.
const MONDAY_US: i64 = 3 * DAY_US;

/// Units for bins, narrow ones first.
pub(super) const UNITS: [(Unit, &str); 23] = [
    (Unit::Us(1), "microseconds"),
    (Unit::Us(1000), "milliseconds"),
    (Unit::Us(10_000), "10 milliseconds"),
    (Unit::Us(100_000), "100 milliseconds"),
    (Unit::Us(SECOND_US), "seconds"),
    (Unit::Us(5 * SECOND_US), "5 seconds"),
    (Unit::Us(15 * SECOND_US), "15 seconds"),
    (Unit::Us(60 * SECOND_US), "minutes"),
    (Unit::Us(300 * SECOND_US), "5 minutes"),
    (Unit::Us(900 * SECOND_US), "15 minutes"),
    (Unit::Us(3600 * SECOND_US), "hours"),
    (Unit::Us(10_800 * SECOND_US), "3 hours"),
    (Unit::Us(DAY_US), "days"),
    (Unit::Us(WEEK_US), "weeks"),
    (Unit::Months(1), "months"),
    (Unit::Months(3), "quarters"),
    (Unit::Months(12), "years"),
    (Unit::Months(24), "2 years"),
    (Unit::Months(60), "5 years"),
    (Unit::Months(120), "10 years"),
    (Unit::Months(240), "20 years"),
    (Unit::Months(1200), "100 years"),
    (Unit::Months(12_000), "1,000 years"),
];

/// Most ticks of times.
const MOST_TICKS: i64 = 7;

/// Steps between ticks in microseconds, each a unit and its multiples, narrow ones first. They lie so near one another that 8
/// beginnings of one span at least 3 of the next, wherever they lie: the first step with no more than 7 has no fewer than 3.
const STEPS_US: [(i64, &[i64]); 7] = [
    (1, &[1, 2, 5, 10, 20, 50, 100, 200, 500]),
    (1000, &[1, 2, 5, 10, 20, 50, 100, 200, 500]),
    (SECOND_US, &[1, 2, 5, 10, 15, 30]),
    (60 * SECOND_US, &[1, 2, 5, 10, 15, 30]),
    (3600 * SECOND_US, &[1, 2, 3, 6, 12]),
    (DAY_US, &[1, 2, 3]),
    (WEEK_US, &[1, 2]),
];
/// The same in months.
const STEPS_MONTHS: [(i64, &[i64]); 2] = [(1, &[1, 2, 3, 6]), (12, &[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000])];

fn steps(of: &'static [(i64, &[i64])]) -> impl Iterator<Item = i64> {
    of.iter().flat_map(|(unit, multiples)| multiples.iter().map(move |multiple| unit * multiple))
}

/// Where units of the calendar begin between two times, in microseconds with their texts: the narrowest of which at most 7 do.
pub(super) fn ticks(low: i64, high: i64) -> Vec<(i64, String)> {
    let (low, high) = (low.max(FIRST_US), high.min(END_US - 1));
    let begin = |unit: Unit| {
        let first = unit.number(low);
        (first + i64::from(unit.start(first) < low))..=unit.number(high)
    };
    let mut units = steps(&STEPS_US).map(Unit::Us).chain(steps(&STEPS_MONTHS).map(Unit::Months));
    let fits = |unit: &Unit| begin(*unit).end() - begin(*unit).start() < MOST_TICKS;
    let Some(unit) = units.find(fits) else { return Vec::new() };
    begin(unit).map(|number| (unit.start(number), unit.start_text(number))).collect()
}

impl Unit {
    /// The number of the unit that holds a time.
    pub(super) fn number(self, us: i64) -> i64 {
        match self {
            Self::Us(width) => (us + from_monday(width)).div_euclid(width),
            Self::Months(width) => {
                let (year, month, _) = date(us);
                (year * 12 + month - 1).div_euclid(width)
            }
        }
    }

    /// When the unit of a number begins, microseconds.
    pub(super) fn start(self, number: i64) -> i64 {
        match self {
            Self::Us(width) => number * width - from_monday(width),
            Self::Months(width) => {
                let months = number * width;
                days_from_date(months.div_euclid(12), months.rem_euclid(12) + 1, 1) * DAY_US
            }
        }
    }

    /// When it begins, as a person reads it.
    fn start_text(self, number: i64) -> String {
        match self {
            Self::Us(width) if width % DAY_US == 0 => day(self.start(number)),
            Self::Us(_) => rfc3339(self.start(number)),
            Self::Months(width) if width % 12 == 0 => format!("{:04}", number * width / 12),
            Self::Months(width) => month(number * width),
        }
    }

    /// What a bin of times is called.
    pub(super) fn label(self, number: i64) -> String {
        match self {
            Self::Us(WEEK_US) => {
                let monday = self.start(number);
                format!("{} to {}", day(monday), day(monday + 6 * DAY_US))
            }
            Self::Months(3) => format!("{} to {}", month(number * 3), month(number * 3 + 2)),
            Self::Months(width) if width > 12 => {
                let years = width / 12;
                format!("{:04} to {:04}", number * years, number * years + years - 1)
            }
            _ => self.start_text(number),
        }
    }
}

/// How far in front of 1970 units of this width are counted from.
fn from_monday(width: i64) -> i64 {
    if width % WEEK_US == 0 { MONDAY_US } else { 0 }
}

/// A time as it can be typed: midnight as its day.
pub(super) fn time_text(us: i64) -> String {
    let us = us.clamp(FIRST_US, END_US - 1);
    if us.rem_euclid(DAY_US) == 0 { day(us) } else { rfc3339(us) }
}

fn day(us: i64) -> String {
    let (year, month, day) = date(us);
    format!("{year:04}-{month:02}-{day:02}")
}

fn month(months: i64) -> String {
    format!("{:04}-{:02}", months.div_euclid(12), months.rem_euclid(12) + 1)
}
