//! The table holds together.

use super::*;

#[test]
fn every_command_has_one_line_and_every_key_one_command() {
    for (at, command) in COMMANDS.iter().enumerate() {
        for other in COMMANDS.iter().skip(at + 1) {
            assert_ne!(command.id, other.id);
            assert!(!command.keys.iter().any(|key| other.keys.contains(key)), "{command:?} and {other:?}");
        }
        assert!(command.in_menu || !command.keys.is_empty(), "{command:?} cannot be reached");
        assert!(command.keys.is_empty() || !command.help.is_empty(), "{command:?} is not explained");
    }
}

#[test]
fn groups_lie_together_and_all_layouts_are_there() {
    let mut groups: Vec<_> = COMMANDS.iter().map(|command| command.group).collect();
    groups.dedup();
    assert_eq!(groups, Group::ALL);
    let layouts = COMMANDS.iter().filter(|command| matches!(command.id, Id::Layout(_)));
    assert_eq!(layouts.count(), LAYOUTS.len());
}

#[test]
fn commands_that_say_the_same_share_a_line_on_the_page_of_keys() {
    let rows = help_rows(Move);
    assert!(rows.contains(&("+  −".to_owned(), "zoom in, zoom out")), "{rows:?}");
    assert!(rows.contains(&("drag".to_owned(), "pan")) && rows.contains(&("←  →  ↑  ↓".to_owned(), "pan")));
}
