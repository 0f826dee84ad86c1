//! Finds the end of an array of arrays and numbers, checking its grammar without a branch per byte.
//!
//! Strokes are nearly all of a record's bytes, and the digits of their numbers are as good as random: code that
//! branches on them mispredicts at every number. So a finite automaton runs over the bytes whose step is a shift: a
//! byte's row holds, at the bit position that *is* the state, the next state.

/// Bits of one state in a row.
const BITS: u32 = 6;
/// After `[`: a value or `]` may follow.
const OPENED: u64 = 0;
/// After a comma: a value must follow.
const COMMA: u64 = 6;
/// After `-`: a digit must follow.
const MINUS: u64 = 12;
/// A number that is 0 so far: no digit may follow.
const ZERO: u64 = 18;
/// In the digits of a number.
const DIGITS: u64 = 24;
/// After the point: a digit must follow.
const POINT: u64 = 30;
/// In the digits after the point.
const FRACTION: u64 = 36;
/// After `]`.
const CLOSED: u64 = 42;
/// What is no such array, for good.
const WRONG: u64 = 48;
const STATES: [u64; 9] = [OPENED, COMMA, MINUS, ZERO, DIGITS, POINT, FRACTION, CLOSED, WRONG];

static ROWS: [u64; 256] = rows();

/// The state after `state` when `byte` comes.
const fn step(state: u64, byte: u8) -> u64 {
    match (state, byte) {
        (OPENED | COMMA, b'[') => OPENED,
        (OPENED | ZERO | DIGITS | FRACTION | CLOSED, b']') => CLOSED,
        (ZERO | DIGITS | FRACTION | CLOSED, b',') => COMMA,
        (OPENED | COMMA, b'-') => MINUS,
        (OPENED | COMMA | MINUS, b'0') => ZERO,
        (OPENED | COMMA | MINUS, b'1'..=b'9') | (DIGITS, b'0'..=b'9') => DIGITS,
        (ZERO | DIGITS, b'.') => POINT,
        (POINT | FRACTION, b'0'..=b'9') => FRACTION,
        _ => WRONG,
    }
}

const fn rows() -> [u64; 256] {
    let mut rows = [0; 256];
    let mut byte = 0;
    while byte < rows.len() {
        let mut place = 0;
        while place < STATES.len() {
            rows[byte] |= step(STATES[place], byte as u8) << STATES[place];
            place += 1;
        }
        byte += 1;
    }
    rows
}

/// The bytes up to and with the `]` that ends an array whose `[` was passed; `None` when the array holds anything but
/// arrays and numbers (without exponent and blanks), or does not end.
pub(super) fn array_length(bytes: &[u8]) -> Option<usize> {
    let (mut state, mut depth) = (OPENED, 1_i64);
    for (place, &byte) in bytes.iter().enumerate() {
        state = (ROWS[usize::from(byte)] >> state) & ((1 << BITS) - 1);
        depth += i64::from(byte == b'[') - i64::from(byte == b']');
        if depth == 0 {
            return (state == CLOSED).then_some(place + 1);
        }
    }
    None
}
