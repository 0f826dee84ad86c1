//! Does what keys and panels ask for.

use super::commands::{self, CommandId, Taking};
use super::dialog::Dialog;
use super::find::Find;
use super::goto::Goto;
use super::history::{Deed, History};
use super::input::{ARROW_PX, KEY_ZOOM};
use super::keyboard::KeyPress;
use super::session::Session;
use super::state::App;
use super::suspecting::LeftPanel;
use super::ui::UiAction;
use crate::data::Row;
use crate::data::demo::Demo;
use crate::scene::{Action, ThemeChoice};
use glam::DVec2;
use winit::event::KeyEvent;
use winit::keyboard::{Key, NamedKey};
use winit::platform::modifier_supplement::KeyEventExtModifierSupplement;

impl App {
    /// A key that was pressed: the open dialog's, or the window's.
    pub(super) fn take_key(&mut self, event: &KeyEvent) {
        let before = self.dialog.clone();
        if let Some(tag) = self.tag_of(event) {
            // A key that is held means one tag.
            if !event.repeat {
                self.tag(tag);
            }
        } else if let Some(id) = self.command_of(event)
            && self.is_key_free(id)
        {
            self.run(id);
        }
        let ends = matches!(event.logical_key, Key::Named(NamedKey::Enter | NamedKey::Escape));
        self.dialog_unsettled |= self.dialog != before || (self.keyboard_taken && ends);
    }

    fn command_of(&self, event: &KeyEvent) -> Option<CommandId> {
        let pinned = self.session.as_ref().is_some_and(|session| session.scene.pin().is_some());
        let (bare, modifiers) = (event.key_without_modifiers(), self.modifiers);
        commands::of_key(
            KeyPress { logical: &event.logical_key, bare: &bare, place: event.physical_key, modifiers },
            pinned,
        )
    }

    /// Whether a command's key is the window's now.
    fn is_key_free(&self, id: CommandId) -> bool {
        match id {
            // The key that opened a card closes it.
            _ if self.keyboard_taken => matches!(
                (id, &self.dialog),
                (CommandId::Help, Dialog::Help)
                    | (CommandId::Palette, Dialog::Palette)
                    | (CommandId::Filter, Dialog::Filter(_))
                    | (CommandId::Take(Taking::Export), Dialog::Export(_))
            ),
            // Selected text is what is copied.
            CommandId::Copy if self.text_selected => false,
            _ => commands::command(id).is_some_and(|command| command.is_available(&self.situation())),
        }
    }

    /// Does what a key, a button or the menu asks for.
    pub(super) fn run(&mut self, id: CommandId) {
        if !matches!(id, CommandId::Undo | CommandId::Redo) {
            self.begin(Deed::Command(id));
        }
        match id {
            // A layout that has not come is what is taken back.
            CommandId::Undo if self.session.as_mut().is_some_and(Session::give_up_chosen) => {}
            CommandId::Undo => self.travel(History::undo),
            CommandId::Redo => self.travel(History::redo),
            CommandId::PanLeft => self.pan_steps(-1.0, 0.0),
            CommandId::PanRight => self.pan_steps(1.0, 0.0),
            CommandId::PanUp => self.pan_steps(0.0, -1.0),
            CommandId::PanDown => self.pan_steps(0.0, 1.0),
            CommandId::ZoomIn => self.zoom_about_middle(KEY_ZOOM),
            CommandId::ZoomOut => self.zoom_about_middle(1.0 / KEY_ZOOM),
            CommandId::Fit => self.glide_with(Action::Fit),
            CommandId::Tool(tool) => self.tool = tool,
            CommandId::SelectAll => self.select_all(),
            CommandId::SelectNone => self.select_none(),
            CommandId::InvertSelection => self.invert_selection(),
            CommandId::Layout(kind) => self.set_layout(kind, None, self.glides()),
            CommandId::Sort(sorting) => self.sort_as(sorting),
            CommandId::Pin => {
                let inspected = self.inspected();
                self.apply(Action::Pin(inspected));
            }
            CommandId::Unpin => self.let_go(),
            CommandId::Compare => self.toggle_compare(),
            CommandId::Alike => self.toggle_alike(),
            CommandId::First => self.go_to(Row(0)),
            CommandId::Last => {
                if let Some(session) = &self.session {
                    self.go_to(Row(session.scene.rows() - 1));
                }
            }
            CommandId::StepBack | CommandId::StepOn => self.step(if id == CommandId::StepOn { 1 } else { -1 }),
            CommandId::Goto => self.dialog = Dialog::Goto(Goto::default()),
            CommandId::Find => self.dialog = self.dialog.toggled(Dialog::Find(Find::default())),
            CommandId::Filter => self.dialog = self.dialog.toggled(Dialog::Filter(None)),
            CommandId::ShowAll => self.filter_by(""),
            CommandId::Facets => _ = self.toggle_left(LeftPanel::Facets),
            CommandId::Clusters => self.toggle_clusters(),
            CommandId::Hand
            | CommandId::Ink
            | CommandId::Replay
            | CommandId::StrokeColumns
            | CommandId::ReplaySelection
            | CommandId::ByStroke => self.run_hand(id),
            CommandId::Sketch => _ = self.toggle_left(LeftPanel::Sketch),
            CommandId::TakeStrokeBack | CommandId::ClearSketch => self.take_strokes_back(id == CommandId::ClearSketch),
            CommandId::Suspects => _ = self.toggle_left(LeftPanel::Suspects),
            CommandId::Differ => _ = self.toggle_left(LeftPanel::Differ),
            CommandId::NextFinding | CommandId::PreviousFinding => self.step_finding(id == CommandId::PreviousFinding),
            CommandId::SelectSpare => self.select_suspects(true),
            CommandId::CompareBy(by) => self.compare_by(by),
            CommandId::Rearrange => self.rearrange(),
            CommandId::Palette => self.dialog = self.dialog.toggled(Dialog::Palette),
            CommandId::Inspector => self.inspector_open = !self.inspector_open,
            CommandId::Minimap => self.minimap_open = !self.minimap_open,
            CommandId::Fields => self.order_fields(),
            CommandId::Theme => self.toggle_theme(),
            CommandId::TextSize(step) => self.set_text_size(step),
            CommandId::Open => self.choose(),
            CommandId::Demo => self.open(&[Demo::WHOLE.into()]),
            CommandId::Save => self.save(),
            CommandId::Copy => self.copy_record(),
            CommandId::CopyCommand => self.copy_command(),
            CommandId::SaveSession => self.save_session(),
            CommandId::RestoreSession => self.restore_session(),
            CommandId::Take(taking) => self.take_away(taking),
            CommandId::StopReading => {
                if let Some(session) = &mut self.session {
                    session.cancel();
                }
            }
            CommandId::Help => self.dialog = self.dialog.toggled(Dialog::Help),
        }
        self.redraw();
    }

    pub(super) fn on_action(&mut self, action: UiAction) {
        match action {
            UiAction::Run(id) => self.run(id),
            UiAction::InspectorWidth(width) => self.inspector_width = width,
            UiAction::Page(page) => self.page = page,
            UiAction::GoToRow(row) => self.go_to(Row(row)),
            UiAction::PinRow(row) => {
                self.begin(Deed::Single);
                self.apply(Action::Pin(Some(Row(row))));
            }
            UiAction::MoveField(name, to) => self.move_field(&name, to),
            UiAction::ShowField(name, shows) => self.show_field(&name, shows),
            UiAction::ResetFields => self.reset_fields(),
            UiAction::Size { side, goes_on } => self.set_size(side, goes_on),
            UiAction::Arrange(kind, by) => self.arrange_by(kind, &by),
            UiAction::Sort { by, descends } => self.sort_by(by.as_deref(), descends),
            UiAction::SortWithin(column) => self.sort_within(column),
            UiAction::ColorBy(column) => self.color_by(column),
            UiAction::Palette(palette) => self.look(|appearance| appearance.palette = palette),
            UiAction::Spread(spread) => self.look(|appearance| appearance.spread = spread),
            UiAction::PickInLegend(entry, pick) => self.pick_in_legend(entry, pick),
            UiAction::MoveColorEnd { end, value, starts } => self.move_color_end(end, value, starts),
            UiAction::WholeColorRange => self.look(|appearance| appearance.range = None),
            UiAction::FilterSubmit(text) => self.filter_by(&text),
            UiAction::SelectWhere(text) => self.select_where(&text),
            UiAction::Complete(text, cursor) => self.complete(text, cursor),
            UiAction::FilterFades(fades) => self.fade_others(fades),
            UiAction::Facet { column, choice, goes_on } => self.choose_in_facet(&column, &choice, goes_on),
            UiAction::Clusters(wish) => self.on_clusters(wish),
            UiAction::Hand(wish) => self.on_hand(wish),
            UiAction::Sketch(wish) => self.on_sketch(wish),
            UiAction::Suspects(wish) => self.on_suspects(wish),
            UiAction::Differ(wish) => self.on_differ(wish),
            UiAction::Export(wish) => self.export(&wish),
            UiAction::ExportBrowse(path) => self.browse_for_export(&path),
            UiAction::GotoSubmit(text) => self.submit_goto(&text),
            UiAction::GotoChoose(at) => self.with_goto(|goto| goto.choose(at)),
            UiAction::Find(text) => self.find(&text),
            UiAction::FindStep { back } => self.find_step(back),
            UiAction::SelectFound => {
                self.begin(Deed::Single);
                self.select_found();
            }
            UiAction::OpenPathSubmit(text) => self.submit_path(&text),
            UiAction::OpenRecent(at) => {
                if let Some(entry) = self.recent.entries().get(at).cloned() {
                    let inputs: Vec<_> = entry.inputs.iter().map(Into::into).collect();
                    self.open_as(&inputs, &entry.shape());
                }
            }
            UiAction::TakeOffer(at) => {
                self.begin(Deed::Single);
                self.take_offer(at);
            }
            UiAction::CloseNotice(at) => {
                if at < self.notices.len() {
                    self.notices.remove(at);
                }
            }
            UiAction::CloseDialog => self.dialog = Dialog::None,
        }
    }

    fn pan_steps(&mut self, x: f64, y: f64) {
        self.apply(Action::Pan(DVec2::new(-x, -y) * ARROW_PX * self.scale()));
    }

    fn zoom_about_middle(&mut self, factor: f64) {
        let middle = self.viewport().size_px() / 2.0;
        self.glide_with(Action::ZoomAbout { px: middle, factor });
    }

    pub(super) fn apply(&mut self, action: Action) {
        self.glide = None;
        if let Some(session) = &mut self.session {
            session.scene.apply(action);
        }
    }

    fn glide_with(&mut self, action: Action) {
        if let Some(session) = &self.session {
            // A key pressed again goes on from where the last one leads, not from where it has got to.
            let from = self.glide.as_ref().map_or_else(|| session.scene.camera(), super::glide::Glide::end);
            let to = session.scene.camera_after(from, action);
            self.glide_to(to);
        }
    }

    /// Pins the drawing some rows on from the one in the inspector.
    fn step(&mut self, step: i64) {
        let inspected = self.inspected();
        self.apply(Action::Pin(inspected));
        self.apply(Action::StepPin(step));
        self.show_pinned();
    }

    /// A pinned drawing that left the picture is brought back into it.
    pub(super) fn show_pinned(&mut self) {
        let Some(session) = &self.session else { return };
        let Some(row) = session.scene.pin() else { return };
        let Some([left, top, side]) = session.scene.square_px(row) else { return };
        let size = session.scene.viewport().size_px();
        if left < 0.0 || top < 0.0 || left + side > size.x || top + side > size.y {
            let to = session.scene.camera_over(row);
            self.glide_to(to);
        }
    }

    /// Saves the picture on screen; while that is a coarse one, the exact one that follows it.
    pub(super) fn save(&mut self) {
        let gliding = self.is_gliding();
        let Some(session) = &mut self.session else { return };
        // A flash lasts no longer than the pointer rests.
        let flashes = session.scene.flash(None);
        if gliding || flashes || session.driver.is_refining() {
            self.save_when_exact = true;
        } else if let Err(error) = super::save::start(session, &self.proxy) {
            self.complain_of_gpu(&error);
        }
    }

    fn toggle_theme(&mut self) {
        let other = self.theme().other();
        self.theme_choice = ThemeChoice::Given(other);
        self.apply(Action::SetTheme(other));
    }

    /// The drawing in the inspector: the pinned one, else the last that was hovered.
    pub(super) fn inspected(&self) -> Option<Row> {
        let session = self.session.as_ref()?;
        session.scene.pin().or(self.last_hovered)
    }
}
