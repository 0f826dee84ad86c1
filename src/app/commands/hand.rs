//! The commands about the hand behind a drawing.

use super::Group::Look;
use super::Key::{Char, Named};
use super::When::{Averaged, Drawn, Measurable, SelectedStroked, Stroked};
use super::{Command, CommandId as Id};
use winit::keyboard::NamedKey::Space;

/// Their lines of the table.
#[rustfmt::skip]
pub(super) const COMMANDS: &[Command] = &[
    Command::new(Id::Hand, Look, Stroked, &[Char('h')], "Show strokes, both, or pixels", "show strokes, over pixels, or pixels"),
    Command::new(Id::Ink, Look, Drawn, &[Char('v')], "Strokes in the picture, from near", "strokes in the picture, from near, or pixels"),
    Command::new(Id::Replay, Look, Stroked, &[Named(Space)], "Play the drawing again, or stop", "play a drawing stroke by stroke, stop"),
    Command::new(Id::StrokeColumns, Look, Measurable, &[], "Add columns from strokes", ""),
    Command::new(Id::ReplaySelection, Look, SelectedStroked, &[], "Replay the selection: all of it drawn at once", ""),
    Command::new(Id::ByStroke, Look, Averaged, &[], "Median drawing, and means by stroke", ""),
];
