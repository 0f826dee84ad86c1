//! Numbers as JSON writes them, of any length.

use crate::data::columns::Scalar;
use std::borrow::Cow;

/// Significant digits that a float always gives back.
const SAFE_DIGITS: usize = 15;
/// Below this floats hold fewer digits.
const LEAST_FULL: f64 = 1e-300;

/// The number that `rest` begins with; else how many bytes on something is wrong, and what.
pub(super) fn token(rest: &[u8]) -> Result<&str, (usize, &'static str)> {
    let digits = |from: usize| rest.get(from..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count();
    let byte = |at: usize| rest.get(at).copied();
    let start = usize::from(byte(0) == Some(b'-'));
    let whole = digits(start);
    let mut end = start + whole;
    if whole == 0 {
        return Err((end, "a digit is missing"));
    }
    if whole > 1 && byte(start) == Some(b'0') {
        return Err((start, "a number begins with 0 where more digits follow; write it as a text"));
    }
    if byte(end) == Some(b'.') {
        let fraction = digits(end + 1);
        end += 1 + fraction;
        if fraction == 0 {
            return Err((end, "a digit is missing behind the point"));
        }
    }
    if matches!(byte(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(byte(end + 1), Some(b'+' | b'-')));
        let exponent = digits(end + 1 + sign);
        end += 1 + sign + exponent;
        if exponent == 0 {
            return Err((end, "a digit is missing in the exponent"));
        }
    }
    let token = rest.get(..end).and_then(|token| str::from_utf8(token).ok());
    token.ok_or((0, "a digit is missing"))
}

/// What a number is: exact as an integer or a float where 64 bits hold it, else with its digits. Of a fraction with more
/// digits than a float holds, the nearest float.
pub(super) fn scalar(token: &str) -> Scalar<'_> {
    if !token.contains(['.', 'e', 'E']) {
        // An integer has no −0.
        let zero = (token == "-0").then_some(Scalar::Float(-0.0));
        let unsigned = || token.parse().ok().map(Scalar::Unsigned);
        let signed = || token.parse().ok().map(Scalar::Signed);
        return zero.or_else(unsigned).or_else(signed).unwrap_or(Scalar::Written(Cow::Borrowed(token)));
    }
    match token.parse::<f64>() {
        Ok(number) if number.is_finite() && is_rounded(token, number) => Scalar::Rounded(number),
        Ok(number) if number.is_finite() => Scalar::Float(number),
        _ => Scalar::Written(Cow::Borrowed(token)),
    }
}

/// Appends a number so that equal ones have equal bytes however they are spelled, none the beginning of another: its sign, its
/// significant digits and the power of ten of the last of them. `None` where that power does not fit 64 bits.
pub(super) fn canonical(token: &str, out: &mut Vec<u8>) -> Option<()> {
    let (mantissa, exponent) = token.split_once(['e', 'E']).unwrap_or((token, "0"));
    let fraction = mantissa.find('.').map_or(0, |point| mantissa.len() - point - 1);
    out.push(if mantissa.starts_with('-') { b'-' } else { b'+' });
    let start = out.len();
    for digit in mantissa.bytes().filter(u8::is_ascii_digit) {
        if digit != b'0' || out.len() > start {
            out.push(digit);
        }
    }
    let mut zeros = 0;
    while out.len() > start && out.last() == Some(&b'0') {
        out.pop();
        zeros += 1;
    }
    if out.len() == start {
        // Zero has no sign and no power.
        out.pop();
        out.push(b'0');
        return Some(());
    }
    let power = exponent.parse::<i64>().ok()?.checked_sub(fraction as i64)?.checked_add(zeros)?;
    match i8::try_from(power) {
        Ok(power) => out.extend([b'e', power.cast_unsigned()]),
        Err(_) => out.extend([&b"E"[..], &power.to_le_bytes()].concat()),
    }
    Some(())
}

/// Whether the shortest text of the nearest float is another number than the token.
fn is_rounded(token: &str, number: f64) -> bool {
    let written = Decimal::of(token);
    if written.digits.len() <= SAFE_DIGITS && (number.abs() >= LEAST_FULL || written.digits.is_empty()) {
        return false;
    }
    written != Decimal::of(&format!("{number:e}"))
}

/// A number's significant digits and where its point is, without the sign.
#[derive(PartialEq)]
struct Decimal {
    digits: Vec<u8>,
    /// The power of ten of the last digit; `None` where it is beyond all bounds.
    power: Option<i64>,
}

impl Decimal {
    fn of(token: &str) -> Self {
        let (mantissa, exponent) = token.split_once(['e', 'E']).unwrap_or((token, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit);
        let mut digits: Vec<u8> = all.skip_while(|&digit| digit == b'0').collect();
        let kept = digits.iter().rposition(|&digit| digit != b'0').map_or(0, |last| last + 1);
        let zeros = digits.len() - kept;
        digits.truncate(kept);
        let power = exponent.parse::<i64>().ok().map(|power| power.saturating_sub(fraction.len() as i64));
        let power = if digits.is_empty() { Some(0) } else { power.map(|power| power.saturating_add(zeros as i64)) };
        Self { digits, power }
    }
}
