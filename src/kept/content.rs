//! By what the drawings of a set are known again: a hash of them all.

use std::fmt;
use twox_hash::XxHash3_128;

/// What every hash begins with; with another one, nothing that was kept is found again.
const BEGINNING: &[u8] = b"inkfield content 1";
/// What the hash of anything else begins with.
const OTHER: &[u8] = b"inkfield other 1";
/// Digits of a hash.
pub(crate) const DIGITS: usize = 32;

/// The drawings of a set, as a hash of 128 bits: the same wherever their files lie, another one when a single value differs.
///
/// It is XXH3 (<https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>). That two sets have the same one by chance is as
/// likely as a number of 38 digits being guessed; somebody who means to can make such sets. It is displayed as 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Content(u128);

impl Content {
    /// Of what is known again by these bytes, and by nothing of the drawings.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut hasher = XxHash3_128::new();
        hasher.write(OTHER);
        hasher.write(bytes);
        Self(hasher.finish_128())
    }

    /// What 32 lower-case hexadecimal digits stand for; `None` for any other text.
    pub fn from_hex(digits: &str) -> Option<Self> {
        let are_digits = digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if digits.len() != DIGITS || !are_digits {
            return None;
        }
        u128::from_str_radix(digits, 16).ok().map(Self)
    }

    /// Its bytes, the lowest first.
    pub(crate) fn bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// Computes the [`Content`] of a set from all its drawings, block by block, as fast as they come from memory.
#[derive(Clone)]
pub struct ContentHasher(XxHash3_128);

impl ContentHasher {
    /// Begins with a set of `rows` drawings of `width` × `height` pixels. `ink` says how the values in the blocks become ink: the
    /// same values make another set where that differs.
    pub fn new(rows: u32, (width, height): (u32, u32), ink: &[u8]) -> Self {
        let mut hasher = XxHash3_128::new();
        hasher.write(BEGINNING);
        for number in [rows, width, height] {
            hasher.write(&number.to_le_bytes());
        }
        // With its length, so that no byte of it can be taken for one of a drawing.
        hasher.write(&(ink.len() as u64).to_le_bytes());
        hasher.write(ink);
        Self(hasher)
    }

    /// Adds the next bytes of the drawings, in the order of the rows. Where they are cut into blocks makes no difference.
    pub fn add(&mut self, block: &[u8]) {
        self.0.write(block);
    }

    /// The content of all that was added so far.
    pub fn content(&self) -> Content {
        Content(self.0.finish_128())
    }
}

impl fmt::Debug for ContentHasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ContentHasher").field(&self.content()).finish()
    }
}
