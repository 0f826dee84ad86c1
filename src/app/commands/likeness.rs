//! The commands about what looks alike, beside those for look-alikes and clusters: duplicates, odd drawings, the pad to draw on, by
//! what all is compared.

use super::Group::Look;
use super::Key::{Char, Named};
use super::When::{Drawn, Embedded, Sketched};
use super::{Command, CommandId as Id};
use crate::likeness::comparison::ComparedBy;
use winit::keyboard::NamedKey::{Backspace, Delete};

/// Their lines of the table.
#[rustfmt::skip]
pub(super) const COMMANDS: &[Command] = &[
    Command::new(Id::Suspects, Look, Drawn, &[Char('d')], "Show or hide duplicates and odd ones", "show or hide duplicates and odd drawings"),
    Command::new(Id::NextFinding, Look, Drawn, &[Char('n')], "Next duplicate or odd one", "walk along them: next, previous").by_key_alone(),
    Command::new(Id::PreviousFinding, Look, Drawn, &[Char('p')], "Previous duplicate or odd one", "walk along them: next, previous").by_key_alone(),
    Command::new(Id::Sketch, Look, Drawn, &[Char('q')], "Draw and find what looks like it", "draw with the mouse what to look for"),
    Command::new(Id::TakeStrokeBack, Look, Sketched, &[Named(Backspace)], "Take the last stroke back", "take back a stroke on the pad, all").by_key_alone(),
    Command::new(Id::ClearSketch, Look, Sketched, &[Named(Delete)], "Clear the pad", "take back a stroke on the pad, all").by_key_alone(),
    Command::new(Id::SelectSpare, Look, Drawn, &[], "Select duplicates to spare", ""),
    Command::new(Id::Differ, Look, Drawn, &[Char('w')], "Show or hide who draws differently", "show or hide who draws differently, by a column").by_key_alone(),
    Command::new(Id::CompareBy(ComparedBy::Direction), Look, Drawn, &[], "Compare drawings by the direction of lines", ""),
    Command::new(Id::CompareBy(ComparedBy::Ink), Look, Drawn, &[], "Compare drawings by where ink lies", ""),
    Command::new(Id::CompareBy(ComparedBy::File), Look, Embedded, &[], "Compare drawings by the rows of --embedding", ""),
];
