//! The page of keys: what hands do besides keys, and the lines of each group.

use super::Group::{Look, Move};
use super::{COMMANDS, Group};

/// What hands do besides keys: a group of the page of keys, how, and what it does.
pub const GESTURES: &[(Group, &str, &str)] = &[
    (Move, "drag", "pan"),
    (Move, "wheel, Ctrl+wheel", "zoom about the pointer"),
    (Move, "pinch", "zoom on a touch pad"),
    (Move, "double click", "zoom in 2× there"),
    (Move, "Shift+drag", "zoom to a box"),
    (Move, "Shift+arrows", "pan while pinned"),
    (Look, "click", "pin a drawing in the inspector"),
    (Look, "Ctrl+click", "select a drawing, or no longer"),
    (Look, "Ctrl, Alt", "while selecting: besides, take away"),
    (Look, "Shift+letter", "tag what is pinned or selected"),
    (Look, "hold Alt", "keep the loupe still, to click in it"),
];

/// The lines of a group on the page of keys: what is pressed, and what it does.
pub fn help_rows(group: Group) -> Vec<(String, &'static str)> {
    let mut rows: Vec<(String, &'static str)> =
        GESTURES.iter().filter(|(of, ..)| *of == group).map(|&(_, how, help)| (how.to_owned(), help)).collect();
    let gestures = rows.len();
    for command in COMMANDS.iter().filter(|command| command.group == group && !command.keys.is_empty()) {
        let same = rows.iter_mut().skip(gestures).find(|(_, help)| *help == command.help);
        match same {
            Some((keys, _)) => *keys = format!("{keys}  {}", command.key()),
            None => rows.push((command.key(), command.help)),
        }
    }
    rows
}
