//! The type that values written as text need.

use crate::data::source::{Element, Stored};

/// The type that all values are read as, the narrowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    /// All are whole numbers from 0 to 255.
    U8,
    /// All are the shortest decimals of 32-bit floats.
    F32,
    /// Anything else.
    F64,
}

/// Whole numbers up to here are 32-bit floats.
const WHOLE: f64 = 16_777_216.0;

impl Width {
    /// How the values lie in the spool.
    pub(super) fn stored(self) -> Stored {
        let element = match self {
            Self::U8 => Element::U8,
            Self::F32 => Element::F32,
            Self::F64 => Element::F64,
        };
        Stored { element, big_endian: false }
    }

    /// Bytes of a value.
    pub(super) fn bytes(self) -> usize {
        self.stored().element.bytes()
    }

    /// Writes a cell's value into `out`, which has as many bytes as one; the type that is needed where it does not fit, and `None` where
    /// the cell is no number.
    pub(super) fn write(self, cell: &[u8], out: &mut [u8]) -> Option<Result<(), Self>> {
        let cell = cell.trim_ascii();
        let byte = byte(cell);
        let narrowest = match (self, byte) {
            (Self::U8, Some(byte)) => {
                out.fill(byte);
                return Some(Ok(()));
            }
            _ => std::str::from_utf8(cell).ok()?.parse::<f64>().ok().filter(|value| value.is_finite())?,
        };
        let value = narrowest;
        match self {
            Self::U8 if is_narrow(value) => return Some(Err(Self::F32)),
            Self::U8 => return Some(Err(Self::F64)),
            Self::F32 if byte.is_none() && !is_narrow(value) => return Some(Err(Self::F64)),
            Self::F32 => out.copy_from_slice(&(value as f32).to_le_bytes()),
            Self::F64 => out.copy_from_slice(&value.to_le_bytes()),
        }
        Some(Ok(()))
    }
}

/// A whole number from 0 to 255 without a sign.
fn byte(cell: &[u8]) -> Option<u8> {
    match cell {
        [a @ b'0'..=b'9'] => Some(a - b'0'),
        [_, ..] if cell.len() <= 3 && cell.iter().all(u8::is_ascii_digit) => {
            let value = cell.iter().fold(0_u32, |value, digit| value * 10 + u32::from(digit - b'0'));
            u8::try_from(value).ok()
        }
        _ => None,
    }
}

/// Whether a 32-bit float says as much as this value: its shortest decimal is the value.
fn is_narrow(value: f64) -> bool {
    if value.fract() == 0.0 && value.abs() <= WHOLE {
        return true;
    }
    (value as f32).to_string().parse() == Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_takes_the_narrowest_type_that_says_it() {
        let fits = |cell: &str, width: Width| width.write(cell.as_bytes(), &mut vec![0; width.bytes()]);
        for (cell, u8, f32) in [
            ("0", Some(Ok(())), Some(Ok(()))),
            (" 255 ", Some(Ok(())), Some(Ok(()))),
            ("007", Some(Ok(())), Some(Ok(()))),
            ("256", Some(Err(Width::F32)), Some(Ok(()))),
            ("-1", Some(Err(Width::F32)), Some(Ok(()))),
            ("0.003921569", Some(Err(Width::F32)), Some(Ok(()))),
            ("0.00392156862745098", Some(Err(Width::F64)), Some(Err(Width::F64))),
            ("16777217", Some(Err(Width::F64)), Some(Err(Width::F64))),
            ("1e300", Some(Err(Width::F64)), Some(Err(Width::F64))),
            ("", None, None),
            ("NaN", None, None),
            ("inf", None, None),
            ("ant", None, None),
            ("1,5", None, None),
        ] {
            assert_eq!((fits(cell, Width::U8), fits(cell, Width::F32)), (u8, f32), "{cell:?}");
        }
    }
}
