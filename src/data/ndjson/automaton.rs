//! Recognises arrays of numbers, the strokes of a record, without reading a number.
//!
//! Strokes are nearly all of a record's bytes, and the digits of their numbers are as good as random: code that branches on
//! them mispredicts at every number.
//! A finite automaton runs over the bytes whose step is one shift: a byte's row holds, at the bit position that *is*
//! the state, the next state. Brackets are balanced apart from it: a stretch of bytes whose `]` are too few to end the
//! array need only be counted.

/// Bits of the position in a row: what a shift looks at. Others of a state are left over from the row.
const POSITION: u64 = 63;
/// After `[`: a value or `]` may follow.
const OPENED: u64 = 0;
/// After a comma, and blanks behind it: a value must follow.
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
        (ZERO | DIGITS | FRACTION | CLOSED, b',') | (COMMA, b' ') => COMMA,
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

/// Bytes that are looked at together; at most 255, so that a byte counts the brackets among them.
const STRETCH: usize = 64;

/// Whether `bytes` are one array of arrays and numbers, from its `[` to its `]`. Numbers have no exponent, and the only
/// blanks are behind commas: other arrays are left to the full parser. What is none costs no more than its beginning that
/// could be one.
pub(super) fn is_array(bytes: &[u8]) -> bool {
    let [b'[', inside @ .., b']'] = bytes else {
        return false;
    };
    let (mut state, mut depth) = (OPENED, 1);
    let (stretches, rest) = inside.as_chunks::<STRETCH>();
    for stretch in stretches {
        state = run(state, stretch);
        if state == WRONG || !balance(&mut depth, stretch) {
            return false;
        }
    }
    state = run(state, rest);
    balance(&mut depth, rest) && depth == 1 && step(state, b']') == CLOSED
}

fn run(state: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(state, |state, &byte| ROWS[usize::from(byte)] >> (state & POSITION)) & POSITION
}

/// Follows the brackets; false where one closes the outermost array.
fn balance(depth: &mut i32, bytes: &[u8]) -> bool {
    let count = |bracket| bytes.iter().map(|&byte| u8::from(byte == bracket)).fold(0, u8::wrapping_add);
    let (opened, closed) = (i32::from(count(b'[')), i32::from(count(b']')));
    if closed < *depth {
        *depth += opened - closed;
        return true;
    }
    bytes.iter().all(|&byte| {
        *depth += i32::from(byte == b'[') - i32::from(byte == b']');
        *depth > 0
    })
}
