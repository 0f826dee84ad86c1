//! A column along an axis: a coordinate for each row, and round values that name places on it.

use super::calendar;
use super::column::Column;
use super::kinds::{ColumnType, Value, decimal, flag_text, number_text};
use crate::data::Row;

/// Most ticks of numbers.
const MOST: i32 = 8;

impl Column {
    /// Whether its values lie along an axis: those of numbers, times, flags and ids do.
    pub fn has_coordinates(&self) -> bool {
        matches!(self.kind(), ColumnType::Number | ColumnType::Time | ColumnType::Flag | ColumnType::Id)
    }

    /// Where a row lies along an axis: its number (of an id the nearest float), its time in microseconds since 1970, 0 or 1 of a
    /// flag; `None` where it is missing.
    pub fn coordinate(&self, row: Row) -> Option<f64> {
        match self.value(row) {
            Value::Number(number) => Some(number),
            Value::Time(us) => Some(us as f64),
            Value::Flag(flag) => Some(f64::from(u8::from(flag))),
            Value::Id(id) => Some(id as f64),
            Value::Missing | Value::Text(_) => None,
        }
    }

    /// A coordinate as a person reads it: a time to the second, "yes" or "no" of a flag.
    pub fn coordinate_text(&self, at: f64) -> String {
        match self.kind() {
            ColumnType::Time => super::time::long_time(at as i64),
            ColumnType::Flag => flag_text(at > 0.5).to_owned(),
            _ => number_text(at),
        }
    }

    /// The coordinate of a number, or of times the beginning of one, as it is typed in a condition; `None` where it is neither.
    pub fn typed_coordinate(&self, text: &str) -> Option<f64> {
        super::query::coordinate(text, self.kind() == ColumnType::Time)
    }

    /// At most 8 round values between two coordinates, ascending, each as a person reads it; of times 3 to 7 where they lie apart,
    /// of numbers the ends themselves where no round value lies between them.
    pub fn ticks(&self, low: f64, high: f64) -> Vec<(f64, String)> {
        match self.kind() {
            ColumnType::Flag => [false, true]
                .map(|flag| (f64::from(u8::from(flag)), flag_text(flag).to_owned()))
                .into_iter()
                .filter(|(at, _)| (low..=high).contains(at))
                .collect(),
            ColumnType::Time => {
                let ticks = calendar::ticks(low.ceil() as i64, high.floor() as i64);
                ticks.into_iter().map(|(at, text)| (at as f64, text)).collect()
            }
            _ => number_ticks(low, high),
        }
    }
}

/// Round values for a logarithmic axis between two numbers above 0: 1, 2 and 5 times powers of ten, or powers of ten alone, or of 100,
/// 10⁵ …, so that at most 8 lie there; the ticks of a linear axis where fewer than two do.
pub fn log_ticks(low: f64, high: f64) -> Vec<(f64, String)> {
    let (first, last) = (low.log10().floor() as i32, high.log10().ceil() as i32);
    let coarser = [1, 2, 5, 10, 20, 50, 100].map(|step| (&[1][..], step));
    for (digits, step) in std::iter::once((&[1, 2, 5][..], 1)).chain(coarser) {
        let powers = (first.div_euclid(step)..=last.div_euclid(step)).map(|multiple| multiple * step);
        let round = powers.flat_map(|power| digits.iter().map(move |&digit| decimal(digit, power)));
        let ticks: Vec<_> = round.filter(|at| (low..=high).contains(at)).map(|at| (at, number_text(at))).collect();
        match ticks.len() {
            0 | 1 => break,
            2..=8 => return ticks,
            _ => {}
        }
    }
    number_ticks(low, high)
}

/// Multiples of 1, 2 or 5 times a power of ten, the narrowest of which at most 8 lie between two numbers.
pub fn number_ticks(low: f64, high: f64) -> Vec<(f64, String)> {
    let ends = || {
        let mut ends = vec![(low, number_text(low))];
        ends.extend((high > low).then(|| (high, number_text(high))));
        ends
    };
    // Halves, since the span of two floats may be no float.
    let half_span = high / 2.0 - low / 2.0;
    let power = (half_span / f64::from(MOST)).log10().floor();
    if !power.is_finite() {
        return ends();
    }
    for (digit, power) in (0..3).flat_map(|more| [1, 2, 5].map(|digit: i64| (digit, power as i32 + more))) {
        let multiple = |k: i64| decimal(i128::from(k * digit), power);
        let (first, last) = ((low / multiple(1)).ceil(), (high / multiple(1)).floor());
        // Beyond this no float tells two of them apart.
        if first.abs().max(last.abs()) > 1e15 {
            break;
        }
        if (last - first) < f64::from(MOST) {
            let ticks = (first as i64..=last as i64).map(multiple).filter(|at| (low..=high).contains(at));
            return ticks.map(|at| (at, number_text(at))).collect();
        }
    }
    ends()
}

#[cfg(test)]
mod tests {
    use super::{log_ticks, number_ticks};

    fn texts(low: f64, high: f64) -> Vec<String> {
        number_ticks(low, high).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(texts(0.0, 100.0), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(texts(-0.31, 0.29), ["-0.3", "-0.2", "-0.1", "0", "0.1", "0.2"]);
        assert_eq!(texts(1e-7, 4.1e-7), ["1e-7", "1.5e-7", "2e-7", "2.5e-7", "3e-7", "3.5e-7", "4e-7"]);
        assert_eq!(texts(3.0, 3.0), ["3"]);
        // The span of these is no float, and between those lies none.
        assert_eq!(texts(-1.7e308, 1.7e308), ["-1.5e308", "-1e308", "-5e307", "0", "5e307", "1e308", "1.5e308"]);
        assert_eq!(texts(1e300, 1e300_f64.next_up()).len(), 2);
    }

    #[test]
    fn logarithmic_ticks_are_round_and_few() {
        let texts = |low, high| log_ticks(low, high).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        assert_eq!(texts(1.0, 100.0), ["1", "2", "5", "10", "20", "50", "100"]);
        assert_eq!(texts(0.03, 4.0), ["0.05", "0.1", "0.2", "0.5", "1", "2"]);
        assert_eq!(texts(0.5, 3e5), ["1", "10", "100", "1000", "10000", "100000"]);
        assert_eq!(texts(1e-300, 1e300).len(), 7);
        // Between these lie no two round ones.
        assert_eq!(texts(3.1, 4.2), ["3.2", "3.4", "3.6", "3.8", "4", "4.2"]);
        assert_eq!(texts(7.0, 7.0), ["7"]);
    }
}
