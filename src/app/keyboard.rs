//! What a key types for commands, on any keyboard layout: its character, else that of its place on a US keyboard.

use winit::keyboard::{Key, KeyCode, ModifiersState, PhysicalKey};

/// A key press as winit tells it.
#[derive(Clone, Copy, Debug)]
pub struct KeyPress<'a> {
    /// What the layout makes of it with the modifiers that are held; a composed character where it ends a sequence.
    pub logical: &'a Key,
    /// What the layout makes of it without modifiers.
    pub bare: &'a Key,
    /// Where the key is.
    pub place: PhysicalKey,
    /// What is held.
    pub modifiers: ModifiersState,
}

impl KeyPress<'_> {
    /// The character that a command goes by, in lower case, among those that `is_ours`.
    ///
    /// What the key types counts where it is ours. Else its place counts, unless the layout has Latin letters or digits there
    /// (Dvorak's O is no S): so Cyrillic and Greek letters, and the digits of a French keyboard, do what is printed beside
    /// them. A character of a third level (`AltGr`), a dead key and what a sequence composes are typed on purpose: they are
    /// nothing but themselves. (egui#4081, egui#4370)
    pub fn character(&self, is_ours: impl Fn(char) -> bool) -> Option<char> {
        let typed = lower(self.logical)?;
        if is_ours(typed) {
            return Some(typed);
        }
        let bare = lower(self.bare)?;
        let shift = self.modifiers.shift_key();
        if bare.is_ascii_alphanumeric() || typed.is_ascii_alphanumeric() || !(shift || typed == bare) {
            return None;
        }
        let there = us_character(self.place, shift)?;
        // Of the characters in ASCII only those beside French and Czech digits, and the comma where Russian has the question
        // mark's key, may stand for another one: plus and minus are on all these keyboards.
        let may_stand = !typed.is_ascii() || there.is_ascii_digit() || (typed, there) == (',', '?');
        (may_stand && is_ours(there)).then_some(there)
    }
}

/// The (first) character of a key, in lower case: Arabic keyboards have some that type two.
fn lower(key: &Key) -> Option<char> {
    let Key::Character(text) = key else { return None };
    text.chars().flat_map(char::to_lowercase).next()
}

/// What a US keyboard types there, in lower case.
fn us_character(place: PhysicalKey, shift: bool) -> Option<char> {
    let PhysicalKey::Code(code) = place else { return None };
    if let Some((_, letter)) = LETTERS.iter().find(|(at, _)| *at == code) {
        return Some(*letter);
    }
    match code {
        KeyCode::Equal if shift => Some('+'),
        KeyCode::Slash if shift => Some('?'),
        _ if shift => None,
        KeyCode::Equal => Some('='),
        KeyCode::Minus => Some('-'),
        _ => DIGITS.iter().position(|digit| *digit == code).and_then(|digit| char::from_digit(digit as u32, 10)),
    }
}

/// Where a US keyboard has its letters.
#[rustfmt::skip]
const LETTERS: [(KeyCode, char); 26] = [
    (KeyCode::KeyA, 'a'), (KeyCode::KeyB, 'b'), (KeyCode::KeyC, 'c'), (KeyCode::KeyD, 'd'), (KeyCode::KeyE, 'e'),
    (KeyCode::KeyF, 'f'), (KeyCode::KeyG, 'g'), (KeyCode::KeyH, 'h'), (KeyCode::KeyI, 'i'), (KeyCode::KeyJ, 'j'),
    (KeyCode::KeyK, 'k'), (KeyCode::KeyL, 'l'), (KeyCode::KeyM, 'm'), (KeyCode::KeyN, 'n'), (KeyCode::KeyO, 'o'),
    (KeyCode::KeyP, 'p'), (KeyCode::KeyQ, 'q'), (KeyCode::KeyR, 'r'), (KeyCode::KeyS, 's'), (KeyCode::KeyT, 't'),
    (KeyCode::KeyU, 'u'), (KeyCode::KeyV, 'v'), (KeyCode::KeyW, 'w'), (KeyCode::KeyX, 'x'), (KeyCode::KeyY, 'y'),
    (KeyCode::KeyZ, 'z'),
];

/// Where it has its digits, from 0.
#[rustfmt::skip]
const DIGITS: [KeyCode; 10] = [
    KeyCode::Digit0, KeyCode::Digit1, KeyCode::Digit2, KeyCode::Digit3, KeyCode::Digit4,
    KeyCode::Digit5, KeyCode::Digit6, KeyCode::Digit7, KeyCode::Digit8, KeyCode::Digit9,
];

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "+=-−0123igst?";

    fn key(text: &str) -> Key {
        Key::Character(text.into())
    }

    /// What a key at a place means that types `bare`, and `typed` with what is held.
    fn meant(code: KeyCode, bare: &str, typed: &str, modifiers: ModifiersState) -> Option<char> {
        let (logical, bare) = (key(typed), key(bare));
        let press = KeyPress { logical: &logical, bare: &bare, place: PhysicalKey::Code(code), modifiers };
        press.character(|c| OURS.contains(c))
    }

    fn plain(code: KeyCode, typed: &str) -> Option<char> {
        meant(code, typed, typed, ModifiersState::empty())
    }

    fn shifted(code: KeyCode, bare: &str, typed: &str) -> Option<char> {
        meant(code, bare, typed, ModifiersState::SHIFT)
    }

    #[test]
    fn letters_of_other_alphabets_mean_what_lies_at_their_place() {
        let russian = [(KeyCode::KeyG, "п", 'g'), (KeyCode::KeyS, "ы", 's'), (KeyCode::KeyI, "ш", 'i')];
        let greek = [(KeyCode::KeyG, "γ", 'g'), (KeyCode::KeyS, "σ", 's'), (KeyCode::KeyT, "τ", 't')];
        let arabic = [(KeyCode::Digit1, "١", '1'), (KeyCode::KeyG, "ل", 'g')];
        for (code, typed, means) in russian.into_iter().chain(greek).chain(arabic) {
            assert_eq!(plain(code, typed), Some(means), "{typed}");
        }
        // With Shift or Caps Lock as well.
        assert_eq!(shifted(KeyCode::KeyG, "п", "П"), Some('g'));
        assert_eq!(meant(KeyCode::KeyG, "п", "П", ModifiersState::empty()), Some('g'));
        assert_eq!(shifted(KeyCode::KeyT, "ف", "لإ"), Some('t'));
        // Places that mean nothing, and a letter that is none of ours.
        assert_eq!(plain(KeyCode::KeyQ, "й"), None);
        assert_eq!(plain(KeyCode::KeyC, "с"), None);
        // The question mark is where it is printed: as a character, and where Russian has a comma.
        assert_eq!(shifted(KeyCode::Digit7, "7", "?"), Some('?'));
        assert_eq!(shifted(KeyCode::Slash, ".", ","), Some('?'));
        assert_eq!(shifted(KeyCode::Slash, "ظ", "؟"), Some('?'));
    }

    #[test]
    fn french_digits_are_by_place_and_its_other_keys_by_character() {
        let row = [(KeyCode::Digit1, "&"), (KeyCode::Digit2, "é"), (KeyCode::Digit3, "\""), (KeyCode::Digit0, "à")];
        assert_eq!(row.map(|(code, typed)| plain(code, typed)), ['1', '2', '3', '0'].map(Some));
        assert_eq!(shifted(KeyCode::Digit2, "é", "2"), Some('2'));
        // Caps Lock.
        assert_eq!(meant(KeyCode::Digit2, "é", "É", ModifiersState::empty()), Some('2'));
        assert_eq!(plain(KeyCode::Digit6, "-"), Some('-'));
        assert_eq!(plain(KeyCode::Minus, ")"), None);
        assert_eq!([plain(KeyCode::Digit5, "("), plain(KeyCode::Slash, "!")], [None; 2]);
        assert_eq!([plain(KeyCode::KeyA, "q"), plain(KeyCode::Semicolon, "m")], [None; 2]);
        assert_eq!(shifted(KeyCode::KeyM, ",", "?"), Some('?'));
    }

    #[test]
    fn latin_layouts_go_by_character_alone() {
        // Dvorak: its O is where S is, its S where the semicolon is, its brackets where minus and equals are.
        assert_eq!([plain(KeyCode::KeyS, "o"), plain(KeyCode::Semicolon, "s")], [None, Some('s')]);
        assert_eq!([plain(KeyCode::Minus, "["), shifted(KeyCode::Equal, "]", "}")], [None; 2]);
        // Colemak: its R is where S is.
        assert_eq!(plain(KeyCode::KeyS, "r"), None);
        // German: underscore and minus are where slash is.
        assert_eq!([shifted(KeyCode::Slash, "-", "_"), plain(KeyCode::Slash, "-")], [None, Some('-')]);
        // A US keyboard: an exclamation mark is no digit.
        assert_eq!([shifted(KeyCode::Digit1, "1", "!"), shifted(KeyCode::Equal, "=", "+")], [None, Some('+')]);
    }

    #[test]
    fn third_levels_dead_keys_and_compositions_mean_only_themselves() {
        // Polish AltGr+S, French AltGr+0 and AltGr+2.
        assert_eq!(plain_over(KeyCode::KeyS, "s", "ś"), None);
        assert_eq!(plain_over(KeyCode::Digit0, "à", "@"), None);
        assert_eq!(plain_over(KeyCode::Digit2, "é", "~"), None);
        // What a dead circumflex makes of an I, and an acute accent of an iota.
        assert_eq!(plain_over(KeyCode::KeyI, "i", "î"), None);
        assert_eq!(plain_over(KeyCode::KeyI, "ι", "ί"), None);
        let (dead, place) = (Key::Dead(Some('´')), PhysicalKey::Code(KeyCode::Equal));
        let press = KeyPress { logical: &dead, bare: &dead, place, modifiers: ModifiersState::empty() };
        assert_eq!(press.character(|c| OURS.contains(c)), None);
    }

    fn plain_over(code: KeyCode, bare: &str, typed: &str) -> Option<char> {
        meant(code, bare, typed, ModifiersState::empty())
    }
}
