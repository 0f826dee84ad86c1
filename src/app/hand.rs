//! The hand behind a drawing: whether its pixels or its strokes are shown in the inspector, what colours them, and how they are played
//! again.

mod by_stroke;
mod replay;
mod together;

pub use by_stroke::{ByStroke, ByStrokeLine, ByStrokes};
pub use replay::{Clock, Replay};
pub use together::{Together, TogetherLine};

use serde::{Deserialize, Serialize};
use std::time::Instant;

use super::commands::CommandId;
use super::dialog::Dialog;
use super::export::ExportCard;
use super::session::HandOf;
use super::state::App;
use super::ui::{ExportForm, HandModel, InspectorPage};
use crate::data::Row;
use crate::scene::STROKES_FROM_PX;

/// What the inspector shows of a drawing whose record holds its strokes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Its bitmap.
    #[default]
    Pixels,
    /// Its strokes.
    Strokes,
    /// Its strokes over its bitmap.
    Both,
}

impl Shown {
    /// All of them, in the order of their key.
    pub const ALL: [Self; 3] = [Self::Pixels, Self::Strokes, Self::Both];

    /// Its name in the window.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Pixels => "Pixels",
            Self::Strokes => "Strokes",
            Self::Both => "Both",
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Pixels => Self::Strokes,
            Self::Strokes => Self::Both,
            Self::Both => Self::Pixels,
        }
    }
}

/// What colours strokes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shade {
    /// Nothing: they are ink.
    #[default]
    Plain,
    /// Which came first.
    Order,
    /// How fast the hand was.
    Speed,
    /// Where it went.
    Direction,
}

impl Shade {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Plain, Self::Order, Self::Speed, Self::Direction];

    /// Its name in the window.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Plain => "Plain",
            Self::Order => "Order",
            Self::Speed => "Speed",
            Self::Direction => "Direction",
        }
    }
}

/// How drawings are shown and played again.
#[derive(Debug, Default)]
pub struct Hand {
    pub(super) shown: Shown,
    pub(super) shade: Shade,
    pub(super) replay: Replay,
    /// Median and means by stroke; `None` where nobody has asked for them.
    pub(super) by_stroke: Option<Box<ByStrokes>>,
    /// The selected drawings, drawn at once; `None` where that is not open.
    pub(super) together: Option<Box<Together>>,
}

/// What is asked of it in the inspector.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HandWish {
    /// Show this.
    Show(Shown),
    /// Colour strokes by this.
    Shade(Shade),
    /// Play it so.
    Play(PlayWish),
    /// Play the selected drawings so.
    PlayAll(PlayWish),
    /// Take these away as an animation.
    SaveAll,
}

/// What is asked of something that is played.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlayWish {
    /// Play, or stop.
    Toggle,
    /// Show it as it was after so many ms.
    Seek(f64),
    /// Play again and again, or once.
    Loop(bool),
}

/// How a drawing was made, as the state log has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandLine {
    /// "Pixels", "Strokes", "Both".
    pub shown: String,
    /// How many strokes; `None` where they are not shown, or not known.
    pub strokes: Option<usize>,
    /// How far it has been played, milliseconds; `None` where it is whole.
    pub played_ms: Option<f64>,
    /// It is being played.
    pub plays: bool,
}

impl Hand {
    /// Whether jobs of it are under way.
    pub(super) fn is_busy(&self) -> bool {
        let reads = self.together.as_deref().is_some_and(Together::is_busy);
        reads || self.by_stroke.as_deref().is_some_and(ByStrokes::is_busy)
    }
}

impl App {
    /// Does what a command about strokes says.
    pub(super) fn run_hand(&mut self, id: CommandId) {
        match id {
            CommandId::Replay => self.toggle_replay(),
            CommandId::Ink => self.toggle_ink(),
            CommandId::StrokeColumns => self.add_stroke_columns(),
            CommandId::ReplaySelection => self.open_together(),
            CommandId::ByStroke => self.toggle_by_stroke(),
            _ => self.show_next_of_hand(),
        }
    }

    /// Shows strokes in place of pixels where drawings are seen large, or pixels again.
    fn toggle_ink(&mut self) {
        let Some(session) = &mut self.session else { return };
        if !session.dataset.has_records() {
            return self.tell("there are no records whose strokes could be shown".to_owned());
        }
        let scene = &mut session.scene;
        scene.settings.strokes = !scene.settings.strokes;
        if scene.settings.strokes && !scene.is_near_enough_for_strokes() {
            self.tell(come_nearer());
        }
    }

    /// Shows strokes, strokes over pixels, or pixels.
    fn show_next_of_hand(&mut self) {
        self.hand.shown = self.hand.shown.next();
        self.open_inspector_on_drawing();
    }

    /// Plays the drawing in the inspector again, or stops there.
    fn toggle_replay(&mut self) {
        let Some(row) = self.inspected() else { return };
        if self.hand.shown == Shown::Pixels {
            self.hand.shown = Shown::Strokes;
        }
        self.open_inspector_on_drawing();
        // Which strokes these are may only be read with the next frame.
        let length = self.session.as_mut().and_then(|session| session.follow_hand(row, false)?.length_ms());
        self.hand.replay.toggle(row, length.unwrap_or(0.0), Instant::now());
    }

    pub(super) fn on_hand(&mut self, wish: HandWish) {
        match wish {
            HandWish::Show(shown) => self.hand.shown = shown,
            HandWish::Shade(shade) => self.hand.shade = shade,
            HandWish::Play(PlayWish::Toggle) => self.toggle_replay(),
            HandWish::Play(PlayWish::Seek(ms)) => {
                if let Some(row) = self.inspected() {
                    self.hand.replay.seek(row, ms);
                }
            }
            HandWish::Play(PlayWish::Loop(loops)) => self.hand.replay.set_loops(loops),
            HandWish::PlayAll(wish) => self.play_together(wish),
            HandWish::SaveAll => self.dialog = Dialog::Export(ExportCard::of(ExportForm::Replay)),
        }
        self.redraw();
    }

    /// Reads the strokes of the drawing in the inspector, where they are shown, and goes on with playing them.
    pub(super) fn follow_hand(&mut self) {
        if self.session.as_ref().is_some_and(|session| session.scene.is_near_enough_for_strokes()) {
            // Somebody did.
            let done = come_nearer();
            self.notices.retain(|notice| notice.what != done);
        }
        let is_shown = self.inspector_open && self.page == InspectorPage::Drawing && !self.comparing.is_on();
        let row: Option<Row> = self.inspected().filter(|_| is_shown && self.hand.shown != Shown::Pixels);
        let wants_pixels = self.hand.shown == Shown::Both;
        let (Some(session), Some(row)) = (&mut self.session, row) else { return };
        let length = session.follow_hand(row, wants_pixels).and_then(HandOf::length_ms);
        self.hand.replay.go_on(row, length.unwrap_or(0.0), Instant::now());
    }

    /// What the inspector shows of how a row was drawn; `None` where its record does not say.
    pub(super) fn hand_model(&self, row: Row) -> Option<HandModel<'_>> {
        let session = self.session.as_ref().filter(|session| session.holds_strokes(row))?;
        let Hand { shown, shade, replay, .. } = &self.hand;
        let known = session.hand(row).filter(|_| *shown != Shown::Pixels);
        Some(HandModel {
            shown: *shown,
            shade: *shade,
            strokes: known.map(|known| known.strokes.as_ref().map_err(String::as_str)),
            pixels: known.and_then(HandOf::pixels),
            at_ms: replay.at_ms(row),
            plays: replay.is_playing(),
            loops: replay.loops(),
        })
    }

    /// The same for the state log.
    pub(super) fn log_hand(&self, row: Row) -> Option<HandLine> {
        self.hand_model(row).map(|hand| HandLine {
            shown: hand.shown.title().to_owned(),
            strokes: hand.strokes.and_then(|strokes| Some(strokes.ok()?.len())),
            played_ms: hand.at_ms,
            plays: hand.plays,
        })
    }

    fn open_inspector_on_drawing(&mut self) {
        self.inspector_open = true;
        self.page = InspectorPage::Drawing;
    }
}

/// What is said where strokes are asked for from afar.
fn come_nearer() -> String {
    format!("strokes are shown where drawings are at least {STROKES_FROM_PX} pixels wide: come nearer")
}
