//! The types of values that are drawn.

/// The accepted element types; each takes one byte, so the byte order does not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// Ink 0 to 255.
    U8,
    /// 0 is paper, 1 is ink; read as 0 and 255.
    Bool,
}

impl Element {
    /// The usual name.
    pub fn name(self) -> &'static str {
        match self {
            Self::U8 => "uint8",
            Self::Bool => "bool",
        }
    }

    /// The file's own value of what is read as `read`.
    pub(super) fn own(self, read: u8) -> u8 {
        match self {
            Self::U8 => read,
            Self::Bool => read.min(1),
        }
    }
}
