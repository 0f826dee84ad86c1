//! What was seen while values were gathered: their types, and what there was no room for.

use super::kinds::Scalar;

/// Which JSON types a column's values had.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    /// A bit for each of the types below.
    types: u8,
    /// Rows whose value was an array or an object.
    pub(super) nested: u32,
}

/// Keys for which there was no room.
#[derive(Clone, Debug, Default)]
pub(super) struct Dropped {
    /// How many values were left out with them.
    pub(super) values: u64,
    /// The first such key, cut to a readable length.
    pub(super) first: Option<String>,
}

impl Seen {
    const NULL: u8 = 1;
    pub(super) const FLAG: u8 = 2;
    pub(super) const NUMBER: u8 = 4;
    pub(super) const STRING: u8 = 8;
    /// Some number has more digits than a float holds.
    pub(super) const ROUNDED: u8 = 16;

    /// Strings alone.
    pub(super) fn strings() -> Self {
        Self { types: Self::STRING, nested: 0 }
    }

    /// Whether the column has anything to show; `drawing` has not.
    pub(super) fn is_column(self) -> bool {
        self.types != 0
    }

    /// Whether some value was of a type.
    pub(super) fn has(self, kind: u8) -> bool {
        self.types & kind != 0
    }

    pub(super) fn join(&mut self, other: Self) {
        self.types |= other.types;
        self.nested = self.nested.saturating_add(other.nested);
    }

    pub(super) fn note(&mut self, value: &Scalar<'_>) {
        self.types |= match value {
            Scalar::Null => Self::NULL,
            Scalar::Spread => 0,
            Scalar::Nested => {
                self.nested = self.nested.saturating_add(1);
                0
            }
            Scalar::Flag(_) => Self::FLAG,
            Scalar::Unsigned(_) | Scalar::Signed(_) | Scalar::Float(_) | Scalar::Written(_) => Self::NUMBER,
            Scalar::Rounded(_) => Self::NUMBER | Self::ROUNDED,
            Scalar::Id(_) | Scalar::Time(_) | Scalar::Text(_) => Self::STRING,
        };
    }
}

impl Dropped {
    /// Counts a value for whose key there was no room.
    pub(super) fn add(&mut self, name: &str) {
        self.values += 1;
        self.first.get_or_insert_with(|| name.chars().take(40).collect());
    }

    /// Takes back what was added behind the first `values`.
    pub(super) fn cut(&mut self, values: u64) {
        self.values = values;
        if values == 0 {
            self.first = None;
        }
    }

    pub(super) fn join(&mut self, other: Self) {
        self.values += other.values;
        self.first = self.first.take().or(other.first);
    }
}
