//! Bins for numbers and times of which too many differ for a block each.
//!
//! Numbers: equal widths of 1, 2 or 5 times a power of ten that begin at multiples of it, the narrowest of which at most 20
//! are needed. A bin holds its lower end; its upper end belongs to the next, or to the last where there is none. Times: the
//! narrowest unit of the calendar (UTC) of which at most 24 are needed.

use super::kinds::{EXACT, number_text};
use super::store::NO_CODE;
use super::time::{DAY_US, SECOND_US, date, days_from_date, rfc3339};

/// Most bins of numbers.
const MOST: i128 = 20;
/// Most bins of times.
const MOST_TIMES: i64 = 24;

/// Bins in ascending order, all that lie between the least and the greatest value.
#[derive(Clone, Debug)]
pub(super) struct Bins {
    pub(super) labels: Vec<String>,
    /// "in bins of 5".
    pub(super) said: String,
    cut: Cut,
}

#[derive(Clone, Debug)]
enum Cut {
    /// Whole numbers: the first bin's multiple of the width.
    Whole { first: i128, width: i128 },
    /// The lower ends.
    Borders(Vec<f64>),
    /// Times: the first bin's number.
    Times { first: i64, unit: Unit },
}

impl Bins {
    /// `None` where there is no value.
    pub(super) fn of_whole(values: impl Iterator<Item = i128>) -> Option<Self> {
        let (least, greatest) = ends(values)?;
        let mut width = 1;
        for step in (0..37).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_i128.pow(power))) {
            width = step;
            if greatest.div_euclid(width) - least.div_euclid(width) < MOST {
                break;
            }
        }
        let first = least.div_euclid(width);
        let label = |bin: i128| match width {
            1 => bin.to_string(),
            _ => format!("{} to {}", bin * width, bin * width + width - 1),
        };
        let labels = (first..=greatest.div_euclid(width)).map(label).collect();
        Some(Self { labels, said: format!("in bins of {width}"), cut: Cut::Whole { first, width } })
    }

    /// `None` where there is no value.
    pub(super) fn of_numbers(values: &[f64]) -> Option<Self> {
        let present = || values.iter().copied().filter(|value| !value.is_nan());
        if present().all(|value| value.fract() == 0.0 && value.abs() <= EXACT as f64) {
            return Self::of_whole(present().map(|value| value as i128));
        }
        let least = present().reduce(f64::min)?;
        let greatest = present().reduce(f64::max)?;
        let spread = greatest / MOST as f64 - least / MOST as f64;
        let mut power = spread.log10().floor().clamp(-320.0, 308.0) as i32;
        loop {
            for digit in [1_u8, 2, 5] {
                if let Some(borders) = borders(least, greatest, digit, power) {
                    let label = |pair: &[f64]| match *pair {
                        [from, to] => format!("{} to {}", number_text(from), number_text(to)),
                        _ => String::new(),
                    };
                    let labels = borders.windows(2).map(label).collect();
                    let width = number_text(decimal(digit.into(), power));
                    return Some(Self { labels, said: format!("in bins of {width}"), cut: Cut::Borders(borders) });
                }
            }
            power += 1;
        }
    }

    /// The bin of a number that is not NaN.
    pub(super) fn of_number(&self, value: f64) -> u32 {
        match &self.cut {
            Cut::Borders(borders) => {
                let last = borders.len().saturating_sub(2);
                borders.partition_point(|border| *border <= value).saturating_sub(1).min(last) as u32
            }
            _ => self.of_integer(value as i128),
        }
    }

    /// The bin of a whole number.
    pub(super) fn of_integer(&self, value: i128) -> u32 {
        match self.cut {
            Cut::Whole { first, width } => (value.div_euclid(width) - first) as u32,
            _ => NO_CODE,
        }
    }

    /// The bin of a time in microseconds.
    pub(super) fn of_time(&self, us: i64) -> u32 {
        match self.cut {
            Cut::Times { first, unit } => (unit.number(us) - first) as u32,
            _ => NO_CODE,
        }
    }
}

fn ends<T: Ord + Copy>(mut values: impl Iterator<Item = T>) -> Option<(T, T)> {
    let first = values.next()?;
    Some(values.fold((first, first), |(least, greatest), value| (least.min(value), greatest.max(value))))
}

/// The number that is written so, not a product that comes near it.
fn decimal(digits: i128, power: i32) -> f64 {
    format!("{digits}e{power}").parse().unwrap_or(f64::NAN)
}

/// The ends of bins of this width, one more than there are bins; `None` where too many would be needed.
fn borders(least: f64, greatest: f64, digit: u8, power: i32) -> Option<Vec<f64>> {
    let width = decimal(digit.into(), power);
    if width == 0.0 || !width.is_finite() {
        return (power > 300).then(|| vec![least, greatest]);
    }
    // Beyond this no float tells two of them apart.
    if (least / width).abs() > 1e30 {
        return None;
    }
    let at = |multiple: i128| decimal(multiple * i128::from(digit), power);
    // Divisions may be off by one either way.
    let mut first = (least / width).floor() as i128 - 1;
    while at(first + 1) <= least {
        first += 1;
    }
    let mut borders = vec![at(first)];
    for bin in 1..=MOST {
        let end = at(first + bin);
        borders.push(end);
        if end >= greatest {
            return Some(borders);
        }
    }
    None
}

/// Units of the calendar, narrow ones first.
#[derive(Clone, Copy, Debug)]
enum Unit {
    /// So many microseconds, counted from 1970; for weeks from a Monday.
    Us(i64),
    /// So many months.
    Months(i64),
}

const WEEK_US: i64 = 7 * DAY_US;
/// From the Monday before 1970-01-01, a Thursday.
const MONDAY_US: i64 = 3 * DAY_US;

const UNITS: [(Unit, &str); 23] = [
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

impl Unit {
    /// The number of the unit that holds a time.
    fn number(self, us: i64) -> i64 {
        match self {
            Self::Us(WEEK_US) => (us + MONDAY_US).div_euclid(WEEK_US),
            Self::Us(width) => us.div_euclid(width),
            Self::Months(width) => {
                let (year, month, _) = date(us);
                (year * 12 + month - 1).div_euclid(width)
            }
        }
    }

    /// When the unit of a number begins, microseconds.
    fn start(self, number: i64) -> i64 {
        match self {
            Self::Us(WEEK_US) => number * WEEK_US - MONDAY_US,
            Self::Us(width) => number * width,
            Self::Months(width) => {
                let months = number * width;
                days_from_date(months.div_euclid(12), months.rem_euclid(12) + 1, 1) * DAY_US
            }
        }
    }

    /// When it begins, as a person reads it.
    fn start_text(self, number: i64) -> String {
        match self {
            Self::Us(WEEK_US) => Self::Us(DAY_US).label(self.start(number) / DAY_US),
            Self::Months(3) => Self::Months(1).label(number * 3),
            Self::Months(width) if width > 12 => Self::Months(12).label(number * width / 12),
            _ => self.label(number),
        }
    }

    fn label(self, number: i64) -> String {
        let day = |us: i64| {
            let (year, month, day) = date(us);
            format!("{year:04}-{month:02}-{day:02}")
        };
        let month = |months: i64| format!("{:04}-{:02}", months.div_euclid(12), months.rem_euclid(12) + 1);
        match self {
            Self::Us(WEEK_US) => {
                let monday = number * WEEK_US - MONDAY_US;
                format!("{} to {}", day(monday), day(monday + 6 * DAY_US))
            }
            Self::Us(DAY_US) => day(number * DAY_US),
            Self::Us(width) => rfc3339(number * width),
            Self::Months(1) => month(number),
            Self::Months(3) => format!("{} to {}", month(number * 3), month(number * 3 + 2)),
            Self::Months(12) => format!("{number:04}"),
            Self::Months(width) => {
                let years = width / 12;
                format!("{:04} to {:04}", number * years, number * years + years - 1)
            }
        }
    }
}

/// Where units of the calendar begin between two times, in microseconds with their texts: the narrowest of which at most `most`
/// are needed.
pub(super) fn time_ticks(low: i64, high: i64, most: i64) -> Vec<(i64, String)> {
    let fits = |unit: &Unit| unit.number(high) - unit.number(low) <= most;
    let Some(unit) = UNITS.into_iter().map(|(unit, _)| unit).find(fits) else { return Vec::new() };
    let numbers = (unit.number(low)..=unit.number(high)).filter(|&number| (low..=high).contains(&unit.start(number)));
    numbers.map(|number| (unit.start(number), unit.start_text(number))).collect()
}

/// Bins of times in microseconds; `None` where there is none.
pub(super) fn of_times<I: Iterator<Item = i64>>(all: impl Fn() -> I) -> Option<Bins> {
    let (least, greatest) = ends(all())?;
    let fits = |unit: &Unit| unit.number(greatest) - unit.number(least) < MOST_TIMES;
    let (unit, name) = UNITS.into_iter().find(|(unit, _)| fits(unit))?;
    let first = unit.number(least);
    let labels = (first..=unit.number(greatest)).map(|number| unit.label(number)).collect();
    Some(Bins { labels, said: format!("by {name} (UTC)"), cut: Cut::Times { first, unit } })
}
