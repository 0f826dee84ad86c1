//! What keys and gestures mean: pure functions from the window's events to commands.

use super::keyboard::KeyPress;
use crate::scene::layout::LAYOUTS;
use winit::keyboard::{Key, NamedKey};

/// Factor of one wheel notch.
pub const NOTCH: f64 = 1.25;
/// Factor of a zoom key or a double click.
pub const KEY_ZOOM: f64 = 2.0;
/// How far an arrow key pans, logical pixels.
pub const ARROW_PX: f64 = 80.0;
/// A press that moved less than this is a click, logical pixels.
pub const CLICK_PX: f64 = 4.0;
/// Pixels of a touch pad's scroll that count as one notch, logical.
const NOTCH_PX: f64 = 40.0;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Command {
    /// Pan by whole steps: x right, y down.
    PanSteps(f64, f64),
    /// Zoom about the middle.
    Zoom(f64),
    /// Show everything.
    Fit,
    /// The layout of this place in the bar, from 0.
    Layout(usize),
    /// Step from the pinned row.
    Step(i64),
    /// Pin the first row.
    First,
    /// Pin the last row.
    Last,
    /// Let the pinned drawing go, or close what is open.
    Escape,
    /// Show or hide the inspector.
    Inspector,
    /// Ask for a row.
    Goto,
    /// Save the picture.
    Save,
    /// Show every key.
    Help,
    /// Paper or night.
    Theme,
    /// Copy the record.
    Copy,
    /// Open a file.
    Open,
}

/// The command of a key press, if it has one. `pinned` says whether arrows step rows.
pub fn command(press: KeyPress<'_>, pinned: bool) -> Option<Command> {
    let modifiers = press.modifiers;
    if modifiers.control_key() || modifiers.super_key() {
        return match press.character(|c| matches!(c, 'c' | 'o'))? {
            'c' => Some(Command::Copy),
            _ => Some(Command::Open),
        };
    }
    let steps = pinned && !modifiers.shift_key();
    let Key::Named(named) = press.logical else {
        return of_character(press.character(|c| of_character(c).is_some())?);
    };
    match named {
        NamedKey::ArrowLeft => Some(if steps { Command::Step(-1) } else { Command::PanSteps(-1.0, 0.0) }),
        NamedKey::ArrowRight => Some(if steps { Command::Step(1) } else { Command::PanSteps(1.0, 0.0) }),
        NamedKey::ArrowUp => Some(if steps { Command::Step(-1) } else { Command::PanSteps(0.0, -1.0) }),
        NamedKey::ArrowDown => Some(if steps { Command::Step(1) } else { Command::PanSteps(0.0, 1.0) }),
        NamedKey::Home => Some(Command::First),
        NamedKey::End => Some(Command::Last),
        NamedKey::Escape => Some(Command::Escape),
        _ => None,
    }
}

/// The command of a character in lower case.
fn of_character(character: char) -> Option<Command> {
    match character {
        '+' | '=' => Some(Command::Zoom(KEY_ZOOM)),
        '-' | '−' => Some(Command::Zoom(1.0 / KEY_ZOOM)),
        '0' => Some(Command::Fit),
        '1'..='9' => Some(character as usize - '1' as usize).filter(|&at| at < LAYOUTS.len()).map(Command::Layout),
        'i' => Some(Command::Inspector),
        'g' => Some(Command::Goto),
        's' => Some(Command::Save),
        't' => Some(Command::Theme),
        '?' => Some(Command::Help),
        _ => None,
    }
}

/// The zoom factor of a wheel event; `scale` is physical pixels per logical one.
pub fn wheel_factor(delta: winit::event::MouseScrollDelta, scale: f64) -> f64 {
    let notches = match delta {
        winit::event::MouseScrollDelta::LineDelta(_, lines) => f64::from(lines),
        winit::event::MouseScrollDelta::PixelDelta(px) => px.y / (NOTCH_PX * scale.max(0.1)),
    };
    // A driver's absurd number must not throw the camera.
    NOTCH.powf(if notches.is_finite() { notches.clamp(-20.0, 20.0) } else { 0.0 })
}

/// The zoom factor of a step of a pinch; `delta` is what winit reports: how much larger the fingers' distance has become.
pub fn pinch_factor(delta: f64) -> f64 {
    if delta.is_finite() { (1.0 + delta).clamp(0.2, 5.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use winit::event::MouseScrollDelta;
    use winit::keyboard::{KeyCode, ModifiersState, PhysicalKey};

    fn key(text: &str) -> Key {
        Key::Character(text.into())
    }

    fn command_of(key: &Key, code: KeyCode, modifiers: ModifiersState, pinned: bool) -> Option<Command> {
        command(KeyPress { logical: key, bare: key, place: PhysicalKey::Code(code), modifiers }, pinned)
    }

    #[test]
    fn arrows_pan_until_something_is_pinned_and_with_shift_always() {
        let right = Key::Named(NamedKey::ArrowRight);
        let right = |modifiers, pinned| command_of(&right, KeyCode::ArrowRight, modifiers, pinned);
        assert_eq!(right(ModifiersState::empty(), false), Some(Command::PanSteps(1.0, 0.0)));
        assert_eq!(right(ModifiersState::empty(), true), Some(Command::Step(1)));
        assert_eq!(right(ModifiersState::SHIFT, true), Some(Command::PanSteps(1.0, 0.0)));
    }

    #[test]
    fn letters_work_in_either_case_and_control_is_kept_apart() {
        let of = |text: &str, code, modifiers| command_of(&key(text), code, modifiers, false);
        assert_eq!(of("G", KeyCode::KeyG, ModifiersState::SHIFT), Some(Command::Goto));
        assert_eq!(of("c", KeyCode::KeyC, ModifiersState::CONTROL), Some(Command::Copy));
        assert_eq!(of("c", KeyCode::KeyC, ModifiersState::empty()), None);
        assert_eq!(of("0", KeyCode::Digit0, ModifiersState::CONTROL), None);
    }

    #[test]
    fn control_goes_by_place_where_the_layout_has_no_latin_letter() {
        let of = |text: &str, code| command_of(&key(text), code, ModifiersState::CONTROL, false);
        assert_eq!([of("щ", KeyCode::KeyO), of("с", KeyCode::KeyC)], [Some(Command::Open), Some(Command::Copy)]);
        assert_eq!(of("ψ", KeyCode::KeyC), Some(Command::Copy));
        // Dvorak's J and R are there: they open and copy nothing.
        assert_eq!([of("r", KeyCode::KeyO), of("j", KeyCode::KeyC)], [None; 2]);
        assert_eq!(of("o", KeyCode::KeyS), Some(Command::Open));
    }

    #[test]
    fn a_notch_is_a_quarter_more_and_its_inverse_back() {
        let there = wheel_factor(MouseScrollDelta::LineDelta(0.0, 1.0), 1.0);
        let back = wheel_factor(MouseScrollDelta::LineDelta(0.0, -1.0), 1.0);
        assert!((there - 1.25).abs() < 1e-12 && (there * back - 1.0).abs() < 1e-12);
        assert!(wheel_factor(MouseScrollDelta::LineDelta(0.0, f32::NAN), 1.0) == 1.0);
    }

    #[test]
    fn a_pinch_zooms_by_the_fingers_distance() {
        // Opening by a quarter, then closing back to where it was.
        assert!((pinch_factor(0.25) * pinch_factor(-0.2) - 1.0).abs() < 1e-12);
        assert_eq!(pinch_factor(0.0), 1.0);
        // A driver's absurd numbers neither throw the camera nor turn it over.
        assert_eq!([f64::NAN, f64::INFINITY].map(pinch_factor), [1.0, 1.0]);
        assert_eq!([-7.0, 1e9].map(pinch_factor), [0.2, 5.0]);
    }
}
