//! Which of the outermost columns is the label of a table without a heading.
//!
//! Pixels are like those beside them, labels are not; a label is a whole number of which there are few. What can be said neither so nor so
//! is the first column.

use std::collections::HashSet;

/// How many times less like its neighbour a label is than a pixel is, at least.
const UNLIKE: f64 = 3.0;
/// How many times fewer values a label has than a pixel has, at least.
const FEWER: usize = 2;
/// Shades between black and white: a difference of one is none.
const SHADES: f64 = 255.0;

/// Which column that is of so many, and whether there is a sign of it; `lines` are cells of the first lines, `pixel` is how many columns
/// lie between a value and that of the next pixel.
pub(super) fn column(lines: &[Vec<String>], count: usize, pixel: usize) -> (usize, bool) {
    let numbers: Vec<Vec<f64>> =
        lines.iter().map(|line| line.iter().map(|cell| cell.parse().unwrap_or(f64::NAN)).collect()).collect();
    let inner = numbers.iter().filter_map(|line| line.get(1..count - 1)).flatten();
    let shade = (inner.fold(0.0_f64, |most, value| most.max(value.abs())) / SHADES).max(f64::MIN_POSITIVE);
    let last = count - 1;
    let first_end = End::of(&numbers, [0, pixel, 2 * pixel], shade);
    let last_end = End::of(&numbers, [last, last - pixel, last - 2 * pixel], shade);
    match first_end.is_label_before(&last_end) {
        Some(true) => (0, true),
        Some(false) => (last, true),
        None => (0, false),
    }
}

/// What is known of an outermost column.
struct End {
    is_whole: bool,
    /// How much less it is like the next pixel than that is like the one behind.
    unlike: f64,
    distinct: usize,
}

impl End {
    /// Of a column, and the next two pixels.
    fn of(lines: &[Vec<f64>], [own, next, behind]: [usize; 3], shade: f64) -> Self {
        let column = |at: usize| lines.iter().filter_map(move |line| line.get(at).copied());
        let apart =
            |a, b| column(a).zip(column(b)).map(|(a, b)| (a - b).abs()).sum::<f64>() / lines.len().max(1) as f64;
        Self {
            is_whole: column(own).all(|value| value.fract() == 0.0),
            unlike: (apart(own, next) + shade) / (apart(next, behind) + shade),
            distinct: column(own).map(f64::to_bits).collect::<HashSet<_>>().len(),
        }
    }

    /// Whether this is the label rather than the other end; `None` where there is no sign of that.
    fn is_label_before(&self, other: &Self) -> Option<bool> {
        if self.is_whole != other.is_whole {
            return Some(self.is_whole);
        }
        if self.unlike >= UNLIKE * other.unlike || other.unlike >= UNLIKE * self.unlike {
            return Some(self.unlike > other.unlike);
        }
        // A corner that no drawing reaches.
        if (self.distinct <= 1) != (other.distinct <= 1) {
            return Some(self.distinct > 1);
        }
        let is_fewer = |few: &Self, many: &Self| few.is_whole && few.distinct * FEWER <= many.distinct;
        (is_fewer(self, other) || is_fewer(other, self)).then_some(self.distinct < other.distinct)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of 16 pixels with their label in front or behind.
    fn table(
        rows: usize,
        is_last: bool,
        pixel: impl Fn(usize, usize) -> f64,
        label: impl Fn(usize) -> f64,
    ) -> Vec<Vec<String>> {
        let line = |row| {
            let mut line: Vec<String> = (0..16).map(|at| pixel(row, at).to_string()).collect();
            line.insert(if is_last { 16 } else { 0 }, label(row).to_string());
            line
        };
        (0..rows).map(line).collect()
    }

    #[test]
    fn the_label_is_found_at_either_end() {
        let noise = |row: usize, at: usize| ((row * 7919 + at * 104_729 + row * at * 31) % 251) as f64;
        let smooth = |row: usize, at: usize| ((row * 37) % 200 + at) as f64;
        let floats = |row: usize, at: usize| smooth(row, at) / 255.5 + 0.001;
        let ink = |row: usize, at: usize| if (3..12).contains(&at) { noise(row, at) } else { 0.0 };
        let of_ten = |row: usize| (row * 3 % 10) as f64;
        let sorted = |row: usize| (row / 40) as f64;
        let of_many = |row: usize| (row * 17 % 200) as f64;
        for (is_last, place) in [(false, 0), (true, 16)] {
            let found = |lines: &[Vec<String>]| column(lines, 17, 1);
            for pixel in [&noise as &dyn Fn(usize, usize) -> f64, &smooth, &floats, &ink] {
                assert_eq!(found(&table(40, is_last, pixel, of_ten)), (place, true));
            }
            // All of one class so far; more classes than tell it from shades.
            for label in [&sorted as &dyn Fn(usize) -> f64, &of_many] {
                assert_eq!(found(&table(40, is_last, smooth, label)), (place, true));
            }
            // Nothing says which it is.
            assert_eq!(found(&table(40, is_last, noise, |row| noise(row, 99))), (0, false));
            assert_eq!(found(&table(1, is_last, |_, _| 0.0, |_| 0.0)), (0, false));
        }
        // Red, green and blue of a pixel need not be alike.
        let colours = |row: usize, at: usize| smooth(row, at) / 10.0 + [0.0, 90.0, 200.0][at % 3];
        let line = |row: usize| {
            (0..48).map(|at| colours(row, at).round().to_string()).chain([(row % 10).to_string()]).collect()
        };
        assert_eq!(column(&(0..40).map(line).collect::<Vec<_>>(), 49, 3), (48, true));
    }
}
