//! Bins for numbers and times: blocks where too many differ for one each, bars of a histogram.
//!
//! Numbers: equal widths of 1, 2 or 5 times a power of ten that begin at multiples of it, the narrowest of which no more are needed than
//! there may be. A bin holds its lower end; its upper end belongs to the next, or to the last where there is none. Times: the
//! narrowest such unit of the calendar (UTC).

use super::calendar::{UNITS, Unit, time_text};
use super::kinds::{EXACT, decimal, number_text};
use super::store::NO_CODE;

/// Most blocks of numbers.
pub(super) const MOST: u32 = 20;
/// Most blocks of times.
pub(super) const MOST_TIMES: u32 = 24;

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
    pub(super) fn of_whole(values: impl Iterator<Item = i128>, most: u32) -> Option<Self> {
        let (least, greatest) = ends(values)?;
        let mut width = 1;
        for step in (0..37).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_i128.pow(power))) {
            width = step;
            if greatest.div_euclid(width) - least.div_euclid(width) < i128::from(most) {
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
    pub(super) fn of_numbers(values: &[f64], most: u32) -> Option<Self> {
        let present = || values.iter().copied().filter(|value| !value.is_nan());
        if present().all(|value| value.fract() == 0.0 && value.abs() <= EXACT as f64) {
            return Self::of_whole(present().map(|value| value as i128), most);
        }
        let least = present().reduce(f64::min)?;
        let greatest = present().reduce(f64::max)?;
        if least == greatest {
            return Some(Self::between(vec![least, greatest], "one value"));
        }
        let spread = greatest / f64::from(most) - least / f64::from(most);
        let mut power = spread.log10().floor().clamp(-320.0, 308.0) as i32;
        loop {
            for digit in [1_u8, 2, 5] {
                if let Some(borders) = borders(least, greatest, most, digit, power) {
                    return Some(Self::between(borders, &number_text(decimal(digit.into(), power))));
                }
            }
            power += 1;
        }
    }

    fn between(borders: Vec<f64>, width: &str) -> Self {
        let label = |pair: &[f64]| match *pair {
            [from, to] => format!("{} to {}", number_text(from), number_text(to)),
            _ => String::new(),
        };
        let labels = borders.windows(2).map(label).collect();
        Self { labels, said: format!("in bins of {width}"), cut: Cut::Borders(borders) }
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

    /// The ends of all bins, one more than there are: where each lies, and how it is typed in a condition.
    pub(super) fn edges(&self) -> Vec<(f64, String)> {
        let count = self.labels.len();
        let whole = |at: i128| (at as f64, at.to_string());
        match &self.cut {
            Cut::Whole { first, width } => (0..=count as i128).map(|bin| whole((first + bin) * width)).collect(),
            Cut::Borders(borders) => borders.iter().map(|&border| (border, number_text(border))).collect(),
            Cut::Times { first, unit } => {
                let starts = (0..=count as i64).map(|bin| unit.start(first + bin));
                starts.map(|us| (us as f64, time_text(us))).collect()
            }
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

/// The ends of bins of this width, one more than there are bins; `None` where too many would be needed.
fn borders(least: f64, greatest: f64, most: u32, digit: u8, power: i32) -> Option<Vec<f64>> {
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
    for bin in 1..=i128::from(most) {
        let end = at(first + bin);
        borders.push(end);
        if end >= greatest {
            return Some(borders);
        }
    }
    None
}

/// Bins of times in microseconds; `None` where there is none.
pub(super) fn of_times<I: Iterator<Item = i64>>(all: impl Fn() -> I, most: u32) -> Option<Bins> {
    let (least, greatest) = ends(all())?;
    let fits = |unit: &Unit| unit.number(greatest) - unit.number(least) < i64::from(most);
    let (unit, name) = UNITS.into_iter().find(|(unit, _)| fits(unit))?;
    let first = unit.number(least);
    let labels = (first..=unit.number(greatest)).map(|number| unit.label(number)).collect();
    Some(Bins { labels, said: format!("by {name} (UTC)"), cut: Cut::Times { first, unit } })
}
