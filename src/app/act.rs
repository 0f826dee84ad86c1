//! Does what keys and panels ask for.

use super::goto::Goto;
use super::input::{ARROW_PX, Command, command};
use super::keyboard::KeyPress;
use super::state::{App, Dialog};
use super::ui::UiAction;
use crate::data::Row;
use crate::data::demo::Demo;
use crate::scene::layout::{LAYOUTS, LayoutKind};
use crate::scene::{Action, ThemeChoice};
use crate::words::shown_text;
use glam::DVec2;
use winit::event::KeyEvent;
use winit::keyboard::{Key, NamedKey};
use winit::platform::modifier_supplement::KeyEventExtModifierSupplement;

impl App {
    /// A key that was pressed: the open dialog's, or the window's.
    pub(super) fn take_key(&mut self, event: &KeyEvent) {
        let before = self.dialog.clone();
        let command = self.command_of(event);
        if !self.keyboard_taken {
            self.on_command(command);
        } else if self.dialog == Dialog::Help && command == Some(Command::Help) {
            // The key that opened the page closes it.
            self.dialog = Dialog::None;
            self.redraw();
        }
        let ends = matches!(event.logical_key, Key::Named(NamedKey::Enter | NamedKey::Escape));
        self.dialog_unsettled |= self.dialog != before || (self.keyboard_taken && ends);
    }

    fn command_of(&self, event: &KeyEvent) -> Option<Command> {
        let pinned = self.session.as_ref().is_some_and(|session| session.scene.pin().is_some());
        let (bare, modifiers) = (event.key_without_modifiers(), self.modifiers);
        command(KeyPress { logical: &event.logical_key, bare: &bare, place: event.physical_key, modifiers }, pinned)
    }

    fn on_command(&mut self, command: Option<Command>) {
        let Some(command) = command else { return };
        match command {
            Command::PanSteps(x, y) => {
                let step = ARROW_PX * self.scale();
                self.apply(Action::Pan(DVec2::new(-x, -y) * step));
            }
            Command::Zoom(factor) => {
                let middle = self.viewport().size_px() / 2.0;
                self.glide_with(Action::ZoomAbout { px: middle, factor });
            }
            Command::Fit => self.glide_with(Action::Fit),
            Command::Layout(at) => {
                if let Some(&kind) = LAYOUTS.get(at) {
                    self.set_layout(kind, self.glides());
                }
            }
            Command::Step(step) => self.step_pin(step),
            Command::First => self.go_to(Row(0)),
            Command::Last => {
                if let Some(session) = &self.session {
                    self.go_to(Row(session.scene.rows() - 1));
                }
            }
            Command::Escape => {
                if self.press.take().is_none() {
                    self.apply(Action::Pin(None));
                }
            }
            Command::Inspector => self.inspector_open = !self.inspector_open,
            Command::Goto => self.dialog = Dialog::Goto(Goto::default()),
            Command::Save => self.save(),
            Command::Help => self.dialog = Dialog::Help,
            Command::Theme => self.toggle_theme(),
            Command::Copy => {
                if !self.text_selected {
                    self.copy_record();
                }
            }
            Command::Open => self.choose(),
        }
        self.redraw();
    }

    pub(super) fn on_action(&mut self, action: UiAction) {
        match action {
            UiAction::SetLayout(kind) => self.set_layout(kind, self.glides()),
            UiAction::SetTool(tool) => self.tool = tool,
            UiAction::Fit => self.glide_with(Action::Fit),
            UiAction::Save => self.save(),
            UiAction::ToggleHelp => self.dialog = if self.dialog == Dialog::Help { Dialog::None } else { Dialog::Help },
            UiAction::ToggleTheme => self.toggle_theme(),
            UiAction::ToggleInspector => self.inspector_open = !self.inspector_open,
            UiAction::InspectorWidth(width) => self.inspector_width = width,
            UiAction::StepRow(step) => {
                // Stepping from a drawing that is not pinned pins its neighbour.
                let inspected = self.inspected();
                if let Some(session) = &mut self.session
                    && session.scene.pin().is_none()
                {
                    session.scene.apply(Action::Pin(inspected));
                }
                self.step_pin(step);
            }
            UiAction::Pin => {
                let inspected = self.inspected();
                self.apply(Action::Pin(inspected));
            }
            UiAction::Unpin => self.apply(Action::Pin(None)),
            UiAction::PinRow(row) => self.apply(Action::Pin(Some(Row(row)))),
            UiAction::CopyRecord => self.copy_record(),
            UiAction::OpenGoto => self.dialog = Dialog::Goto(Goto::default()),
            UiAction::GotoSubmit(text) => self.submit_goto(&text),
            UiAction::GotoChoose(at) => self.with_goto(|goto| goto.choose(at)),
            UiAction::OpenDialogFile => self.choose(),
            UiAction::OpenPathSubmit(text) => self.submit_path(&text),
            UiAction::OpenDemo => self.open(&[Demo::WHOLE.into()]),
            UiAction::OpenRecent(at) => {
                if let Some(entry) = self.recent.entries().get(at).cloned() {
                    let inputs: Vec<_> = entry.inputs.iter().map(Into::into).collect();
                    self.open_as(&inputs, &entry.shape());
                }
            }
            UiAction::CancelLoad => {
                if let Some(session) = &mut self.session {
                    session.cancel();
                }
            }
            UiAction::CloseNotice(at) => {
                if at < self.notices.len() {
                    self.notices.remove(at);
                }
            }
            UiAction::CloseDialog => self.dialog = Dialog::None,
        }
    }

    fn apply(&mut self, action: Action) {
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

    /// Shows another layout; drawings glide to it, or are there at once.
    pub(super) fn set_layout(&mut self, kind: LayoutKind, glides: bool) {
        self.glide = None;
        let Some(session) = &mut self.session else { return };
        let result = match session.why_unavailable(kind) {
            Some(reason) => Err(format!("{kind} cannot be shown: {reason}")),
            None => session.set_layout(kind, glides).map_err(|error| error.to_string()),
        };
        match result {
            Ok(Some(note)) => self.tell(note),
            Ok(None) => {}
            Err(error) => self.complain(&error),
        }
    }

    fn step_pin(&mut self, step: i64) {
        self.apply(Action::StepPin(step));
        let Some(session) = &self.session else { return };
        // A pinned drawing that left the picture is brought back into it.
        let Some(row) = session.scene.pin() else { return };
        let Some([left, top, side]) = session.scene.square_px(row) else { return };
        let size = session.scene.viewport().size_px();
        if left < 0.0 || top < 0.0 || left + side > size.x || top + side > size.y {
            let to = session.scene.camera_over(row);
            self.glide_to(to);
        }
    }

    /// Flies to a row and pins it.
    fn go_to(&mut self, row: Row) {
        self.apply(Action::Pin(Some(row)));
        let Some(session) = &self.session else { return };
        let to = session.scene.camera_on(row);
        let left_out = session.scene.row_table().style(row.0).in_words();
        self.glide_to(to);
        if let Some(how) = left_out {
            self.tell(format!("row {} is {how}", crate::words::thousands(row.0.into())));
        }
    }

    fn submit_goto(&mut self, text: &str) {
        let Some(session) = &self.session else { return };
        if let Dialog::Goto(goto) = &self.dialog
            && goto.asked == text
            && goto.has_more()
        {
            self.with_goto(Goto::next);
            return;
        }
        let reading = session.is_reading_records();
        let (goto, row) = Goto::ask(text, session.scene.rows(), &session.columns, reading);
        self.dialog = Dialog::Goto(goto);
        if row.is_some() && reading {
            let known = crate::words::thousands(session.columns.rows_loaded().into());
            self.tell(format!(
                "records are read up to row {known} so far: “{}” may be an id further on",
                shown_text(text, 40)
            ));
        }
        self.with_goto(|_| row);
    }

    /// Flies to the row that the card answers with, and closes the card unless it has more to show.
    fn with_goto(&mut self, answer: impl FnOnce(&mut Goto) -> Option<u32>) {
        let Dialog::Goto(goto) = &mut self.dialog else { return };
        let rows = self.session.as_ref().map_or(0, |session| session.scene.rows());
        // The rows may be those of a set that was open before.
        let Some(row) = answer(goto).filter(|&row| row < rows) else { return };
        if !goto.has_more() {
            self.dialog = Dialog::None;
        }
        self.go_to(Row(row));
    }

    fn submit_path(&mut self, text: &str) {
        let path = text.trim();
        if path.is_empty() {
            self.dialog = Dialog::OpenPath(Some("type the path of a .npy file or a folder, or `demo`".to_owned()));
            return;
        }
        self.open(&[path.into()]);
    }

    /// Saves the picture on screen; while that is a coarse one, the exact one that follows it.
    pub(super) fn save(&mut self) {
        let gliding = self.is_gliding();
        let Some(session) = &mut self.session else { return };
        if gliding || session.driver.is_refining() {
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

    fn copy_record(&mut self) {
        let Some(row) = self.inspected() else { return };
        let (Some(session), Some(shell)) = (&self.session, &mut self.shell) else { return };
        shell.gui.copy(serde_json::Value::Object(session.columns.export_json(row)).to_string());
        self.tell(format!("copied the record of row {}", crate::words::thousands(row.0.into())));
    }
}
