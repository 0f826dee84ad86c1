//! The commands that sort drawings by likeness in another way than the layout's own.

use super::Group::Look;
use super::When::{Drawn, Keepable, SortedByMap};
use super::{Command, CommandId};

/// Which of them it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorting {
    /// Starts from the map.
    ByMap,
    /// Starts from the codes again.
    WithoutMap,
    /// Leaves the selection in its cells, or the pinned drawing.
    Keeping,
}

/// Their lines of the table.
#[rustfmt::skip]
pub(super) const COMMANDS: &[Command] = &[
    Command::new(CommandId::Sort(Sorting::ByMap), Look, Drawn, &[], "Sort by the map", ""),
    Command::new(CommandId::Sort(Sorting::WithoutMap), Look, SortedByMap, &[], "Sort without the map", ""),
    Command::new(CommandId::Sort(Sorting::Keeping), Look, Keepable, &[], "Sort again, keeping the selection in its cells", ""),
];
