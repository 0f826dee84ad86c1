//! The drawings of a set, read a few at a time, for what is found out by looking at them again.

/// Bytes of drawings that are read at once, unless one drawing is more.
const BLOCK_BYTES: usize = 4 << 20;

/// Writes the drawings of the named rows one after the other, `width × height` bytes each, line by line. It is asked for rows in any
/// order, all of which exist.
pub type Read<'a, E> = dyn Fn(&[u32], &mut [u8]) -> Result<(), E> + 'a;

/// The drawings of a set, which are read a few at a time.
pub struct Drawings<'a, E> {
    /// How many there are.
    pub rows: u32,
    /// Pixels of a line.
    pub width: u32,
    /// Lines.
    pub height: u32,
    /// What reads them.
    pub read: &'a Read<'a, E>,
}

impl<E> std::fmt::Debug for Drawings<'_, E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { rows, width, height, .. } = self;
        f.debug_struct("Drawings").field("rows", rows).field("size", &(width, height)).finish_non_exhaustive()
    }
}

impl<E> Drawings<'_, E> {
    /// Pixels of a drawing.
    pub(super) fn pixels(&self) -> usize {
        self.width as usize * self.height as usize
    }

    /// Drawings that are read at once, at least 1.
    pub(super) fn at_once(&self) -> usize {
        (BLOCK_BYTES / self.pixels().max(1)).max(1)
    }

    /// Reads some rows into a buffer, which is given the room that they need.
    pub(super) fn read_into(&self, rows: &[u32], ink: &mut Vec<u8>) -> Result<(), E> {
        ink.resize(rows.len() * self.pixels(), 0);
        (self.read)(rows, ink)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::Drawings;
    use crate::likeness::code::CodeError;
    use crate::likeness::side_by_side::SideError;
    use crate::progress::Cancelled;

    /// Why a test's drawings could not be compared.
    #[derive(Debug, PartialEq, Eq)]
    pub(in crate::likeness) enum Failed {
        Read,
        Code(CodeError),
        Side(SideError),
        Cancelled,
    }

    impl From<Cancelled> for Failed {
        fn from(_: Cancelled) -> Self {
            Self::Cancelled
        }
    }

    impl From<CodeError> for Failed {
        fn from(error: CodeError) -> Self {
            Self::Code(error)
        }
    }

    /// Hands drawings that lie in memory to a test.
    pub(in crate::likeness) fn with<T>(
        values: &[u8],
        (width, height): (u32, u32),
        test: impl FnOnce(&Drawings<'_, Failed>) -> T,
    ) -> T {
        let pixels = (width * height) as usize;
        let read = |rows: &[u32], ink: &mut [u8]| {
            for (to, &row) in ink.chunks_mut(pixels).zip(rows) {
                to.copy_from_slice(&values[row as usize * pixels..][..pixels]);
            }
            Ok(())
        };
        test(&Drawings { rows: (values.len() / pixels) as u32, width, height, read: &read })
    }
}
