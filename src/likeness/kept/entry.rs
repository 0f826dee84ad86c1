//! An entry, byte by byte. Numbers have their lowest byte first.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `inkkept` and a 0 |
//! | 4 | version of this form |
//! | 4 | kind of the payload |
//! | 4 | version of what computed it |
//! | 4 | length of the name |
//! | 16 | content of the drawings |
//! | 8 | length of the payload |
//! | … | name |
//! | … | payload: `payload.rs` |
//! | 8 | XXH3 (64 bits) of all before |

use super::payload::Payload;
use super::sink::Sink;
use super::source::{Fault, Source};
use crate::kept::Content;
use std::io::{self, Read, Write};

const BEGINNING: [u8; 8] = *b"inkkept\0";
/// The version of the form above, and of that of all payloads.
const FORM: u32 = 1;
/// Bytes of the sum at the end.
const SUM: u64 = 8;

/// Versions of what computes each kind. Whoever changes what comes out of a computation adds 1 here: what was kept is computed anew.
const CODES: u32 = 2;
const GRAPH: u32 = 1;
const PLACES: u32 = 2;
const CELLS: u32 = 2;
const BEGUN: u32 = 1;

/// What an entry holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Codes, and what makes more of them.
    Codes,
    /// The nearest rows of each row.
    Graph,
    /// Places of a map.
    Places,
    /// Cells of a sorted grid.
    Cells,
    /// How far a map has come.
    Begun,
}

impl Kind {
    fn number(self) -> u32 {
        match self {
            Self::Codes => 1,
            Self::Graph => 2,
            Self::Places => 3,
            Self::Cells => 4,
            Self::Begun => 5,
        }
    }

    /// The version of what computes it and of all that this goes by. Versions only grow, and so does their sum with each of them.
    fn version(self) -> u32 {
        match self {
            Self::Codes => CODES,
            Self::Graph => CODES + GRAPH,
            Self::Places => CODES + GRAPH + PLACES,
            // A sort may begin with the places of a map.
            Self::Cells => CODES + GRAPH + PLACES + CELLS,
            Self::Begun => CODES + GRAPH + PLACES + BEGUN,
        }
    }
}

/// What an entry is known by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label<'a> {
    /// Of which drawings it is.
    pub(super) content: Content,
    /// What it is called.
    pub(super) name: &'a str,
    /// What it holds.
    pub(super) kind: Kind,
}

impl Label<'_> {
    /// All bytes before the payload.
    pub(super) fn head(&self, payload_bytes: u64) -> Vec<u8> {
        let mut head = BEGINNING.to_vec();
        for number in [FORM, self.kind.number(), self.kind.version(), self.name.len() as u32] {
            head.extend(number.to_le_bytes());
        }
        head.extend(self.content.bytes());
        head.extend(payload_bytes.to_le_bytes());
        head.extend(self.name.as_bytes());
        head
    }

    /// Bytes of an entry with a payload of so many.
    pub(super) fn length(&self, payload_bytes: u64) -> u64 {
        self.head(0).len() as u64 + payload_bytes + SUM
    }

    /// Writes the entry.
    pub(super) fn write(&self, payload: &Payload<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut sink = Sink::into(out);
        sink.bytes(&self.head(payload.length()?))?;
        payload.write(&mut sink)?;
        sink.sum()
    }

    /// Reads the entry in a file of so many bytes, whose payload is read by `payload`.
    pub(super) fn read<T>(
        &self,
        bytes: u64,
        from: &mut dyn Read,
        payload: impl FnOnce(&mut Source<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let payload_bytes = bytes.checked_sub(self.length(0)).ok_or(Fault::Wrong)?;
        // All before the payload follows from what was asked for and from the length of the file: nothing else is believed.
        let head = self.head(payload_bytes);
        let mut source = Source::new(from, bytes);
        if source.numbers::<u8>(head.len() as u64)? != head {
            return Err(Fault::Wrong);
        }
        let found = payload(&mut source)?;
        if source.left() != SUM {
            return Err(Fault::Wrong);
        }
        source.check_sum()?;
        Ok(found)
    }
}
