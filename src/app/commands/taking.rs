//! The commands that take drawings away: as files, by the clipboard.

use super::Group::Files;
use super::Key::Ctrl;
use super::When::{Drawn, Exporting, Inspected, Selected};
use super::{Command, CommandId};

/// Which of them it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taking {
    /// The card for exports.
    Export,
    /// Gives the export up that is under way.
    StopExport,
    /// Numbers of the selected rows to the clipboard.
    CopyRows,
    /// The drawing in the inspector to the clipboard.
    CopyDrawing,
}

/// Their lines of the table.
#[rustfmt::skip]
pub(super) const COMMANDS: &[Command] = &[
    Command::new(CommandId::Take(Taking::Export), Files, Drawn, &[Ctrl('e')], "Export…", "export drawings as files"),
    Command::new(CommandId::Take(Taking::StopExport), Files, Exporting, &[], "Stop exporting", ""),
    Command::new(CommandId::Take(Taking::CopyRows), Files, Selected, &[], "Copy the selection's row numbers", ""),
    Command::new(CommandId::Take(Taking::CopyDrawing), Files, Inspected, &[], "Copy the drawing as an image", ""),
];
