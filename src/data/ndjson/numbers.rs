//! Recognises arrays of numbers, the strokes of a record, without reading a number.
//!
//! Strokes are nearly all of a record's bytes, and the digits of their numbers are as good as random: code that
//! branches on them mispredicts at every number. So no byte is branched on: where the processor has AVX2, 64 bytes are
//! checked together ([`super::bits`]), elsewhere they pass through an automaton ([`super::automaton`]).

use super::automaton;

/// Whether `bytes` are one array of arrays and numbers, from its `[` to its `]`. Numbers have no exponent, and the only
/// blanks are behind commas: other arrays are left to the full parser. What is none costs no more than its beginning
/// that could be one.
pub(super) fn is_array(bytes: &[u8]) -> bool {
    #[cfg(target_arch = "x86_64")]
    if let Some(array) = super::bits::is_array(bytes) {
        return array;
    }
    automaton::is_array(bytes)
}
