//! Bytes that were written as a text of as many letters, each below U+0100, in UTF-8.

/// Makes bytes of letters again, piece by piece.
#[derive(Debug, Default)]
pub(in crate::data::formats) struct Letters {
    /// The first byte of a letter whose second one comes with the next piece.
    first: Option<u8>,
}

impl Letters {
    /// Adds the bytes of the next piece to `out`; false where that is no such text.
    pub(in crate::data::formats) fn decode(&mut self, letters: &[u8], out: &mut Vec<u8>) -> bool {
        for &byte in letters {
            match (self.first.take(), byte) {
                (None, 0..=0x7f) => out.push(byte),
                (None, 0xc2 | 0xc3) => self.first = Some(byte),
                (Some(first), 0x80..=0xbf) => out.push(((first & 3) << 6) | (byte & 0x3f)),
                _ => return false,
            }
        }
        true
    }

    /// Whether no letter was cut.
    pub(in crate::data::formats) fn is_whole(&self) -> bool {
        self.first.is_none()
    }
}
