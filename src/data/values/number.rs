//! Values as the file has them: shown exactly, each in the fewest digits that read back as the same.

use std::fmt;

/// One value of the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A bool, shown as 0 or 1.
    Flag(bool),
    /// An integer without a sign.
    Unsigned(u64),
    /// An integer with a sign.
    Signed(i64),
    /// The bits of a float of 16 bits.
    Float16(u16),
    /// A float of 32 bits.
    Float32(f32),
    /// A float of 64 bits.
    Float64(f64),
}

impl Number {
    /// The nearest 64-bit float.
    pub fn value(self) -> f64 {
        match self {
            Self::Flag(flag) => f64::from(u8::from(flag)),
            Self::Unsigned(value) => value as f64,
            Self::Signed(value) => value as f64,
            Self::Float16(bits) => half(bits),
            Self::Float32(value) => value.into(),
            Self::Float64(value) => value,
        }
    }
}

/// Floats with fewer places in front of the point, or more zeros behind it, than these are shown with an exponent.
const SHOWN_PLAIN: std::ops::Range<f64> = 1e-5..1e16;

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.value().abs();
        let plain = size == 0.0 || !size.is_finite() || SHOWN_PLAIN.contains(&size);
        match *self {
            Self::Flag(flag) => write!(f, "{}", u8::from(flag)),
            Self::Unsigned(value) => write!(f, "{value}"),
            Self::Signed(value) => write!(f, "{value}"),
            Self::Float16(bits) => f.write_str(&shortest_half(bits)),
            Self::Float32(value) if plain => write!(f, "{value}"),
            Self::Float32(value) => write!(f, "{value:e}"),
            Self::Float64(value) if plain => write!(f, "{value}"),
            Self::Float64(value) => write!(f, "{value:e}"),
        }
    }
}

/// A pixel as the file has it: 1, 3 or 4 values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PixelValue {
    numbers: [Number; 4],
    channels: usize,
}

impl PixelValue {
    /// Of a pixel's values, the first four at most; `None` without any.
    pub fn of(values: impl IntoIterator<Item = Number>) -> Option<Self> {
        let mut numbers = [Number::Unsigned(0); 4];
        let mut channels = 0;
        for (to, value) in numbers.iter_mut().zip(values) {
            *to = value;
            channels += 1;
        }
        (channels > 0).then_some(Self { numbers, channels })
    }

    /// Ink; or red, green, blue, and alpha where the file has it.
    pub fn numbers(&self) -> &[Number] {
        self.numbers.get(..self.channels).unwrap_or_default()
    }
}

impl fmt::Display for PixelValue {
    /// `0.7314`, `12, 200, 31`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.numbers().iter().enumerate().try_for_each(|(place, number)| {
            let before = if place == 0 { "" } else { ", " };
            write!(f, "{before}{number}")
        })
    }
}

/// The value of a 16-bit float (IEEE 754 binary16).
pub fn half(bits: u16) -> f64 {
    let sign = if bits >> 15 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f64::from(bits & 1023));
    sign * match exponent {
        0 => fraction * f64::powi(2.0, -24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1024.0 + fraction) * f64::powi(2.0, exponent - 25),
    }
}

/// The fewest digits that no other 16-bit float is nearer to; five are always enough.
fn shortest_half(bits: u16) -> String {
    let value = half(bits);
    if value == 0.0 || !value.is_finite() {
        return value.to_string();
    }
    let magnitude = bits & 0x7fff;
    let above = half(magnitude) + (half(magnitude) - half(magnitude - 1));
    let next = half(magnitude + 1);
    // Behind the greatest comes infinity, which is as far as another step would be.
    let above = if next.is_finite() { next } else { above };
    let (low, high) = (f64::midpoint(half(magnitude - 1), value.abs()), f64::midpoint(value.abs(), above));
    for digits in 0..5 {
        let text = format!("{:.digits$e}", value.abs());
        if let Ok(read) = text.parse::<f64>()
            && low < read
            && read < high
        {
            return Number::Float64(read.copysign(value)).to_string();
        }
    }
    value.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_bits_are_floats_as_numpy_has_them() {
        // numpy.array([…], "<u2").view("<f2").astype("f8")
        for (bits, value) in [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_953_125),
            (0x7bff, 65504.0),
            (0x0001, 5.960_464_477_539_063e-8),
            (0x03ff, 6.097_555_160_522_461e-5),
            (0x0400, 6.103_515_625e-5),
            (0x7c00, f64::INFINITY),
            (0xfc00, f64::NEG_INFINITY),
        ] {
            assert_eq!(half(bits), value, "{bits:#x}");
        }
        assert!(half(0x7e00).is_nan());
    }

    #[test]
    fn numbers_are_shown_in_the_fewest_digits_of_their_own_type() {
        for (number, shown) in [
            (Number::Flag(true), "1"),
            (Number::Unsigned(u64::MAX), "18446744073709551615"),
            (Number::Signed(i64::MIN), "-9223372036854775808"),
            (Number::Float32(0.7314), "0.7314"),
            (Number::Float64(0.7314), "0.7314"),
            (Number::Float64(f64::from(0.7314_f32)), "0.7314000129699707"),
            (Number::Float32(12.0), "12"),
            (Number::Float32(1e-20), "1e-20"),
            (Number::Float64(-2.5e300), "-2.5e300"),
            (Number::Float32(f32::NAN), "NaN"),
            (Number::Float64(f64::NEG_INFINITY), "-inf"),
            // str(numpy.array([…], "<u2").view("<f2")[0])
            (Number::Float16(0x39da), "0.7314"),
            (Number::Float16(0x3555), "0.3333"),
            (Number::Float16(0x3c00), "1"),
            (Number::Float16(0xc100), "-2.5"),
            (Number::Float16(0x7bff), "65500"),
            (Number::Float16(0x0001), "6e-8"),
            (Number::Float16(0x7c00), "inf"),
            (Number::Float16(0x8000), "-0"),
        ] {
            assert_eq!(number.to_string(), shown);
        }
        let colour = [12, 200, 31].map(Number::Unsigned);
        assert_eq!(PixelValue::of(colour).map(|pixel| pixel.to_string()).as_deref(), Some("12, 200, 31"));
        assert_eq!(PixelValue::of([]), None);
    }

    #[test]
    fn every_float_of_16_bits_reads_back_as_itself() {
        let all: Vec<f64> = (0..0x7c00).map(half).collect();
        for (bits, value) in (0..).zip(&all) {
            let read: f64 = Number::Float16(bits).to_string().parse().unwrap_or(f64::NAN);
            let nearest = all.partition_point(|known| *known < read);
            let near = [nearest.saturating_sub(1), nearest, nearest + 1].into_iter().filter_map(|at| all.get(at));
            let best = near.min_by(|a, b| (*a - read).abs().total_cmp(&(*b - read).abs()));
            assert_eq!(best, Some(value), "{bits:#x} is shown as {}", Number::Float16(bits));
        }
    }
}
