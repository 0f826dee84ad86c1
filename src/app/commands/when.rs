//! What decides which commands are available.

/// What must be so for a command to be available; also what is so now, as a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Nothing.
    Always,
    /// A set is open.
    Open,
    /// A drawing of it is there.
    Drawn,
    /// More of it is being read.
    Reading,
    /// A drawing is in the inspector.
    Inspected,
    /// It has a record with strokes.
    Stroked,
    /// Its records hold strokes of which no columns were made.
    Measurable,
    /// Something can be taken back.
    Undoable,
    /// Something was taken back.
    Redoable,
    /// A condition decides which drawings are kept.
    Filtered,
    /// There is something that Esc lets go: a pinned drawing, a drag, the pad to draw on.
    Held,
    /// There are strokes on the pad to draw on, which is open.
    Sketched,
    /// Drawings are selected.
    Selected,
    /// Drawings are selected, or kept by a filter.
    Averaged,
    /// Drawings are selected, and there are records, which may hold strokes, and all have been read.
    SelectedStroked,
    /// The grid on screen is sorted by the map.
    SortedByMap,
    /// The grid on screen is sorted by likeness, and drawings are selected or one is pinned.
    Keepable,
    /// Files are being written.
    Exporting,
    /// There is a file of rows of numbers to compare drawings by.
    Embedded,
}
