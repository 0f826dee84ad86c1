//! What a user can ask for: one table. Keys, the page of keys, the bar's buttons and the menu are made from it, and `App::run`
//! does what it names.

mod hand;
mod help;
mod keys;
mod likeness;
mod sorting;
mod taking;
#[cfg(test)]
mod tests;
mod when;

pub use help::{GESTURES, help_rows};
pub use keys::Key;
pub(super) use keys::of_key;
pub use sorting::Sorting;
pub use taking::Taking;
pub use when::When;

pub use super::text_size::Step;
use super::ui::Tool;
use crate::likeness::comparison::ComparedBy;
use crate::scene::layout::{LAYOUTS, LayoutKind};
use std::sync::LazyLock;
use winit::keyboard::NamedKey::{ArrowDown, ArrowLeft, ArrowRight, ArrowUp, End, Escape, Home};

/// Which command it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the table gives each its title")]
pub enum CommandId {
    PanLeft,
    PanRight,
    PanUp,
    PanDown,
    ZoomIn,
    ZoomOut,
    Fit,
    Undo,
    Redo,
    Tool(Tool),
    SelectAll,
    SelectNone,
    InvertSelection,
    Layout(LayoutKind),
    Sort(Sorting),
    Pin,
    Unpin,
    Compare,
    /// Show or hide what looks like the drawing in the inspector.
    Alike,
    First,
    Last,
    StepBack,
    StepOn,
    Goto,
    Find,
    Filter,
    ShowAll,
    Facets,
    /// Show or hide the clusters, which are sought where there are none.
    Clusters,
    /// Show or hide duplicates and odd drawings.
    Suspects,
    /// Show or hide who draws differently by a column.
    Differ,
    NextFinding,
    /// Show or hide the pad to draw on.
    Sketch,
    TakeStrokeBack,
    ClearSketch,
    PreviousFinding,
    Hand,
    Ink,
    Replay,
    StrokeColumns,
    ReplaySelection,
    ByStroke,
    SelectSpare,
    CompareBy(ComparedBy),
    Rearrange,
    Inspector,
    Fields,
    Minimap,
    Theme,
    TextSize(Step),
    Open,
    Demo,
    Save,
    Copy,
    CopyCommand,
    SaveSession,
    RestoreSession,
    Take(Taking),
    StopReading,
    Palette,
    Help,
}

/// Where the page of keys and the menu list it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Moves the camera.
    Move,
    /// Decides what is looked at.
    Look,
    /// Opens, writes, and helps.
    Files,
}

impl Group {
    /// Every group, in the order in which they are listed.
    pub const ALL: [Self; 3] = [Self::Move, Self::Look, Self::Files];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Look => "Look",
            Self::Files => "Files",
        }
    }
}

/// Which part of the bar a command is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarPart {
    /// One of several layouts.
    Layouts,
    /// One of several tools.
    Tools,
    /// A button.
    Buttons,
}

/// How a command stands in the bar.
#[derive(Clone, Copy, Debug)]
pub struct InBar {
    /// Where.
    pub part: BarPart,
    /// What is written there.
    pub label: &'static str,
    /// What is written there in a narrow window.
    pub short: &'static str,
    /// The lower, the earlier it leaves the bar as the window narrows.
    pub gives_way: u8,
}

/// Never leaves the bar.
pub const STAYS: u8 = u8::MAX;

/// A line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// Which one.
    pub id: CommandId,
    /// Where it is listed.
    pub group: Group,
    /// Its name in the menu.
    pub title: &'static str,
    /// What the page of keys says of it; those that say the same share a line there.
    pub help: &'static str,
    /// Its keys, the one that is shown first.
    pub keys: &'static [Key],
    /// When it is available.
    pub when: When,
    /// Its place in the bar, if it has one.
    pub bar: Option<InBar>,
    /// It is in the menu.
    pub in_menu: bool,
}

impl Command {
    const fn new(
        id: CommandId,
        group: Group,
        when: When,
        keys: &'static [Key],
        title: &'static str,
        help: &'static str,
    ) -> Self {
        Self { id, group, title, help, keys, when, bar: None, in_menu: true }
    }

    const fn by_key_alone(self) -> Self {
        Self { in_menu: false, ..self }
    }

    const fn in_bar(self, part: BarPart, label: &'static str, short: &'static str, gives_way: u8) -> Self {
        Self { bar: Some(InBar { part, label, short, gives_way }), ..self }
    }

    const fn button(self, label: &'static str, gives_way: u8) -> Self {
        self.in_bar(BarPart::Buttons, label, label, gives_way)
    }

    /// Whether it can be asked for while all of `now` is so.
    pub fn is_available(&self, now: &[When]) -> bool {
        self.when == When::Always || now.contains(&self.when)
    }

    /// The key that is shown beside it; empty where it has none.
    pub fn key(&self) -> String {
        self.keys.first().map(Key::label).unwrap_or_default()
    }
}

use CommandId as Id;
use Group::{Files, Look, Move};
use Key::{Char, Ctrl, CtrlShift, Named, WhilePinned};
use When::{Always, Drawn, Filtered, Held, Inspected, Open, Reading, Redoable, Selected, Undoable};

/// Every command but the layouts, which have a table of their own and follow the tools.
#[rustfmt::skip]
const FIXED: &[Command] = &[
    Command::new(Id::PanLeft, Move, Open, &[Named(ArrowLeft)], "Pan left", "pan").by_key_alone(),
    Command::new(Id::PanRight, Move, Open, &[Named(ArrowRight)], "Pan right", "pan").by_key_alone(),
    Command::new(Id::PanUp, Move, Open, &[Named(ArrowUp)], "Pan up", "pan").by_key_alone(),
    Command::new(Id::PanDown, Move, Open, &[Named(ArrowDown)], "Pan down", "pan").by_key_alone(),
    Command::new(Id::ZoomIn, Move, Open, &[Char('+'), Char('=')], "Zoom in", "zoom in, zoom out"),
    Command::new(Id::ZoomOut, Move, Open, &[Char('−'), Char('-')], "Zoom out", "zoom in, zoom out"),
    Command::new(Id::Fit, Move, Drawn, &[Char('0')], "Fit everything", "fit everything").button("Fit", 4),
    Command::new(Id::Undo, Move, Undoable, &[Ctrl('z')], "Undo", "undo, redo"),
    Command::new(Id::Redo, Move, Redoable, &[CtrlShift('z'), Ctrl('y')], "Redo", "undo, redo"),
    Command::new(Id::Tool(Tool::Pan), Move, Open, &[], "Drag to pan", "").in_bar(BarPart::Tools, "Pan", "Pan", 3),
    Command::new(Id::Tool(Tool::BoxZoom), Move, Open, &[], "Drag to zoom to a box", "").in_bar(BarPart::Tools, "Box zoom", "Box", 3),
    Command::new(Id::Tool(Tool::BoxSelect), Look, Open, &[Char('b')], "Drag to select by a box", "drag to select by a box, by a lasso"),
    Command::new(Id::Tool(Tool::Lasso), Look, Open, &[Char('l')], "Drag to select by a lasso", "drag to select by a box, by a lasso"),
    Command::new(Id::SelectAll, Look, Drawn, &[Ctrl('a')], "Select all", "select all, none; invert"),
    Command::new(Id::SelectNone, Look, Selected, &[CtrlShift('a')], "Select none", "select all, none; invert"),
    Command::new(Id::InvertSelection, Look, Drawn, &[Ctrl('i')], "Invert the selection", "select all, none; invert"),
    Command::new(Id::Unpin, Look, Held, &[Named(Escape)], "Unpin or close", "unpin, close"),
    Command::new(Id::Pin, Look, Inspected, &[], "Pin this drawing", ""),
    Command::new(Id::Compare, Look, Inspected, &[Char('c')], "Compare with another drawing", "compare the pinned drawing with another"),
    Command::new(Id::Alike, Look, Inspected, &[Char('a')], "Show or hide look-alikes", "show or hide what looks like it"),
    Command::new(Id::StepBack, Look, Inspected, &[WhilePinned(ArrowLeft), WhilePinned(ArrowUp)], "Previous drawing", "step by row while pinned"),
    Command::new(Id::StepOn, Look, Inspected, &[WhilePinned(ArrowRight), WhilePinned(ArrowDown)], "Next drawing", "step by row while pinned"),
    Command::new(Id::First, Look, Open, &[Named(Home)], "First drawing", "first and last row"),
    Command::new(Id::Last, Look, Open, &[Named(End)], "Last drawing", "first and last row"),
    Command::new(Id::Goto, Look, Open, &[Char('g')], "Go to…", "go to a row, an id or a name"),
    Command::new(Id::Find, Look, Open, &[Ctrl('f')], "Find…", "find what holds a text"),
    Command::new(Id::Filter, Look, Open, &[CtrlShift('f')], "Filter…", "filter by a condition").button("Filter", 3),
    Command::new(Id::ShowAll, Look, Filtered, &[], "Show all drawings again", ""),
    Command::new(Id::Facets, Look, Open, &[Char('f')], "Show or hide the facets", "show or hide the facets: filter by columns"),
    Command::new(Id::Clusters, Look, Drawn, &[Char('k')], "Show or hide the clusters", "show or hide the clusters: drawings that look alike"),
    Command::new(Id::Rearrange, Look, Filtered, &[Char('r')], "Re-arrange: lay out only what is left", "lay out only what a filter keeps, or all again"),
    Command::new(Id::Inspector, Look, Open, &[Char('i')], "Show or hide the inspector", "show or hide the inspector").button("Inspector", 2),
    Command::new(Id::Fields, Look, Inspected, &[], "Order and hide fields", ""),
    Command::new(Id::Minimap, Look, Drawn, &[Char('m')], "Show or hide the minimap", "show or hide the minimap"),
    Command::new(Id::Theme, Look, Always, &[Char('t')], "Paper or night", "paper or night"),
    Command::new(Id::TextSize(Step::Larger), Look, Always, &[Ctrl('+'), Ctrl('=')], "Larger text", "larger text, smaller text, as usual"),
    Command::new(Id::TextSize(Step::Smaller), Look, Always, &[Ctrl('−'), Ctrl('-')], "Smaller text", "larger text, smaller text, as usual"),
    Command::new(Id::TextSize(Step::Usual), Look, Always, &[Ctrl('0')], "Usual text size", "larger text, smaller text, as usual"),
    Command::new(Id::Open, Files, Always, &[Ctrl('o')], "Open…", "open"),
    Command::new(Id::Demo, Files, Always, &[], "Open the demo", ""),
    Command::new(Id::Save, Files, Drawn, &[Char('s')], "Save the picture", "save the picture").button("Save", 4),
    Command::new(Id::Copy, Files, Inspected, &[Ctrl('c')], "Copy the record", "copy the record"),
    Command::new(Id::CopyCommand, Files, Drawn, &[], "Copy as command", ""),
    Command::new(Id::SaveSession, Files, Drawn, &[Ctrl('s')], "Save the session", "save the session"),
    Command::new(Id::RestoreSession, Files, Drawn, &[], "Restore the last session", ""),
    Command::new(Id::StopReading, Files, Reading, &[], "Stop reading", ""),
    Command::new(Id::Palette, Files, Always, &[Ctrl('k')], "Find a command…", "find a command by its name"),
    Command::new(Id::Help, Files, Always, &[Char('?')], "Keys", "this page").button("?", STAYS),
];

/// Digits for the first layouts.
#[rustfmt::skip]
const DIGITS: [[Key; 1]; 9] =
    [[Char('1')], [Char('2')], [Char('3')], [Char('4')], [Char('5')], [Char('6')], [Char('7')], [Char('8')], [Char('9')]];

/// What the page of keys says of layouts: all names in one line.
static LAYOUT_NAMES: LazyLock<String> =
    LazyLock::new(|| LAYOUTS.iter().map(|kind| kind.name).collect::<Vec<_>>().join(", "));

/// Every command, in the order of bar, menu and the page of keys.
pub static COMMANDS: LazyLock<Vec<Command>> = LazyLock::new(|| {
    let layouts = LAYOUTS.iter().enumerate().map(|(at, &kind)| {
        let keys = DIGITS.get(at).map_or(&[][..], |digit| &digit[..]);
        Command::new(Id::Layout(kind), Look, Open, keys, kind.title, &LAYOUT_NAMES).in_bar(
            BarPart::Layouts,
            kind.title,
            kind.title,
            2,
        )
    });
    let (moves, others) = FIXED.split_at(FIXED.iter().position(|command| command.group != Move).unwrap_or_default());
    // What is taken along stands beside what is saved.
    let (before, after) = others.split_at(others.iter().position(|command| command.id == Id::Copy).unwrap_or_default());
    moves
        .iter()
        .copied()
        .chain(layouts)
        .chain([sorting::COMMANDS, likeness::COMMANDS, hand::COMMANDS, before, taking::COMMANDS, after].concat())
        .collect()
});

/// A line of the table.
pub fn command(id: CommandId) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.id == id)
}
