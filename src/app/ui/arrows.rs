//! Keys for what can be dragged along a scale: while it has the focus it takes the arrows, so that nothing pans and the focus stays.

use egui::{EventFilter, Key, Modifiers, Response, Ui};

use super::output::UiOutput;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// As many steps up, or down below 0.
    All(isize),
    /// The same of the lower end alone (Ctrl).
    Low(isize),
    /// The same of the upper end alone (Shift).
    High(isize),
    /// As it is without a choice (Delete, Backspace).
    Reset,
}

/// What keys ask for while this has the focus.
pub(super) fn moved(ui: &Ui, response: &Response, out: &mut UiOutput) -> Option<Move> {
    if !response.has_focus() {
        return None;
    }
    out.takes_keys = true;
    let own = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, own));
    ui.input_mut(|input| {
        let mut steps = |modifiers| {
            let mut pressed = |key| input.count_and_consume_key(modifiers, key) as isize;
            pressed(Key::ArrowRight) - pressed(Key::ArrowLeft)
        };
        // A bare key matches with Shift, too: it comes last.
        let moves = [
            Move::High(steps(Modifiers::SHIFT)),
            Move::Low(steps(Modifiers::COMMAND)),
            Move::All(steps(Modifiers::NONE)),
        ];
        if input.key_pressed(Key::Delete) || input.key_pressed(Key::Backspace) {
            return Some(Move::Reset);
        }
        moves.into_iter().find(|asked| !matches!(asked, Move::All(0) | Move::Low(0) | Move::High(0)))
    })
}
