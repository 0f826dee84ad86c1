//! The keys of commands: what is pressed, how it is written, and which command a press means.

use super::{COMMANDS, CommandId};
use crate::app::keyboard::KeyPress;
use winit::keyboard::NamedKey;

/// A key, with what must be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// What it types, in lower case, on any keyboard layout.
    Char(char),
    /// The same with Ctrl (or Cmd).
    Ctrl(char),
    /// The same with Ctrl and Shift: it comes before other commands of Ctrl.
    CtrlShift(char),
    /// A key with a name, whether or not Shift is held.
    Named(NamedKey),
    /// The same without Shift, while a drawing is pinned: it comes before other commands of the key.
    WhilePinned(NamedKey),
}

impl Key {
    /// How it is written.
    pub fn label(&self) -> String {
        match self {
            Self::Char(c) => c.to_uppercase().to_string(),
            Self::Ctrl(c) => format!("Ctrl+{}", c.to_uppercase()),
            Self::CtrlShift(c) => format!("Ctrl+Shift+{}", c.to_uppercase()),
            Self::Named(named) | Self::WhilePinned(named) => match named {
                NamedKey::ArrowLeft => "←".to_owned(),
                NamedKey::ArrowRight => "→".to_owned(),
                NamedKey::ArrowUp => "↑".to_owned(),
                NamedKey::ArrowDown => "↓".to_owned(),
                NamedKey::Escape => "Esc".to_owned(),
                other => format!("{other:?}"),
            },
        }
    }
}

/// The command of a key press, if it has one. `pinned` says whether a drawing is.
pub fn of_key(press: KeyPress<'_>, pinned: bool) -> Option<CommandId> {
    let modifiers = press.modifiers;
    let with_ctrl = modifiers.control_key() || modifiers.super_key();
    if let winit::keyboard::Key::Named(named) = press.logical {
        let steps = pinned && !modifiers.shift_key();
        let first = steps.then(|| having(Key::WhilePinned(*named))).flatten();
        return first.or_else(|| having(Key::Named(*named))).filter(|_| !with_ctrl);
    }
    let of = |c| match (with_ctrl, modifiers.shift_key()) {
        (true, true) => having(Key::CtrlShift(c)).or_else(|| having(Key::Ctrl(c))),
        (true, false) => having(Key::Ctrl(c)),
        // With Shift they are tags.
        (false, true) if c.is_ascii_alphabetic() => None,
        (false, _) => having(Key::Char(c)),
    };
    of(press.character(|c| of(c).is_some())?)
}

/// The command that has a key.
fn having(key: Key) -> Option<CommandId> {
    COMMANDS.iter().find(|command| command.keys.contains(&key)).map(|command| command.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::text_size::Step;
    use crate::scene::layout::LAYOUTS;
    use winit::keyboard::{Key as WinitKey, KeyCode, ModifiersState, PhysicalKey};

    fn key(text: &str) -> WinitKey {
        WinitKey::Character(text.into())
    }

    fn command_of(key: &WinitKey, code: KeyCode, modifiers: ModifiersState, pinned: bool) -> Option<CommandId> {
        of_key(KeyPress { logical: key, bare: key, place: PhysicalKey::Code(code), modifiers }, pinned)
    }

    #[test]
    fn arrows_pan_until_something_is_pinned_and_with_shift_always() {
        let right = WinitKey::Named(NamedKey::ArrowRight);
        let right = |modifiers, pinned| command_of(&right, KeyCode::ArrowRight, modifiers, pinned);
        assert_eq!(right(ModifiersState::empty(), false), Some(CommandId::PanRight));
        assert_eq!(right(ModifiersState::empty(), true), Some(CommandId::StepOn));
        assert_eq!(right(ModifiersState::SHIFT, true), Some(CommandId::PanRight));
        assert_eq!(right(ModifiersState::CONTROL, false), None);
    }

    #[test]
    fn letters_work_in_either_case_and_control_is_kept_apart() {
        let of = |text: &str, code, modifiers| command_of(&key(text), code, modifiers, false);
        assert_eq!(of("G", KeyCode::KeyG, ModifiersState::empty()), Some(CommandId::Goto), "by the lock of capitals");
        assert_eq!(of("G", KeyCode::KeyG, ModifiersState::SHIFT), None, "that is a tag");
        assert_eq!(of("c", KeyCode::KeyC, ModifiersState::CONTROL), Some(CommandId::Copy));
        assert_eq!(of("c", KeyCode::KeyC, ModifiersState::empty()), Some(CommandId::Compare));
        assert_eq!(of("y", KeyCode::KeyY, ModifiersState::empty()), None);
        assert_eq!(of("9", KeyCode::Digit9, ModifiersState::CONTROL), None);
        assert_eq!(of("0", KeyCode::Digit0, ModifiersState::CONTROL), Some(CommandId::TextSize(Step::Usual)));
    }

    #[test]
    fn control_goes_by_place_where_the_layout_has_no_latin_letter() {
        let of = |text: &str, code| command_of(&key(text), code, ModifiersState::CONTROL, false);
        assert_eq!([of("щ", KeyCode::KeyO), of("с", KeyCode::KeyC)], [Some(CommandId::Open), Some(CommandId::Copy)]);
        assert_eq!(of("ψ", KeyCode::KeyC), Some(CommandId::Copy));
        // Dvorak's J and R are there: they open and copy nothing.
        assert_eq!([of("r", KeyCode::KeyO), of("j", KeyCode::KeyC)], [None; 2]);
        assert_eq!(of("o", KeyCode::KeyS), Some(CommandId::Open));
    }

    #[test]
    fn every_layout_is_reached_on_keyboards_whose_digits_want_shift() {
        let french = ["&", "é", "\"", "'", "("];
        let places = [KeyCode::Digit1, KeyCode::Digit2, KeyCode::Digit3, KeyCode::Digit4, KeyCode::Digit5];
        for ((&kind, typed), code) in LAYOUTS.iter().zip(french).zip(places) {
            let of = command_of(&key(typed), code, ModifiersState::empty(), false);
            assert_eq!(of, Some(CommandId::Layout(kind)), "{typed}");
        }
    }
}
