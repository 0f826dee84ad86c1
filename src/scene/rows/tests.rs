//! Looks of rows: words, tables, palettes.

use super::*;

#[test]
fn a_style_survives_its_word() {
    for bits in 0..8 {
        let style = RowStyle { hidden: bits & 1 > 0, faded: bits & 2 > 0, selected: bits & 4 > 0, color: 200 + bits };
        assert_eq!(RowStyle::from_word(style.word()), style);
    }
    assert_eq!(RowStyle::default().word(), 0);
}

#[test]
fn a_table_knows_what_pictures_must_read() {
    let of = |style: RowStyle| {
        RowTable::new(1, 3, RowColors::Categories, |row| if row == 2 { style } else { RowStyle::default() })
    };
    assert_eq!(of(RowStyle::default()).styling(), Styling::Plain);
    assert_eq!(of(RowStyle { faded: true, ..RowStyle::default() }).styling(), Styling::Flags);
    assert_eq!(of(RowStyle { selected: true, ..RowStyle::default() }).styling(), Styling::Colors);
    let colored = of(RowStyle { color: 1, ..RowStyle::default() });
    assert_eq!(colored.styling(), Styling::Colors);
    assert_eq!([0, 1, 2, 3].map(|row| colored.style(row).color), [0, 0, 1, 0]);
    assert_eq!(colored.palette(Theme::Night)[..2], [Palette::of(Theme::Night).ink, [0xE6, 0x9F, 0x00]]);
    assert_eq!(colored.palette(Theme::Night)[255], Palette::of(Theme::Night).ink);
}

#[test]
fn another_selection_changes_nothing_else() {
    let style = |row: u32| RowStyle { faded: row == 1, color: row as u8, ..RowStyle::default() };
    let before = RowTable::new(3, 4, RowColors::Categories, style);
    let selection = Selection::of_rows(4, [1, 3]);
    let after = before.with_selected(4, &selection);
    for row in 0..4 {
        assert_eq!(after.style(row), RowStyle { selected: selection.contains(row), ..style(row) });
    }
    assert_eq!((after.revision(), after.selects(), before.selects()), (4, true, false));
    assert_eq!(after.with_selected(4, &Selection::default()).words, before.words);
    // Of nothing a table of plain rows is left.
    let plain = RowTable::default().with_selected(4, &selection).with_selected(4, &Selection::default());
    assert_eq!(plain.styling(), Styling::Plain);
}

#[test]
fn small_selected_drawings_have_the_selections_colour_and_large_ones_their_own() {
    let table = RowTable::new(1, 1, RowColors::Categories, |_| RowStyle::default());
    let selected = RowStyle { selected: true, color: 2, ..RowStyle::default() };
    let paint = |side_px| table.paints(Theme::Paper, side_px)[selected.paint()];
    let own = table.paints(Theme::Paper, 3.0)[2];
    assert_eq!(paint(OUTLINED_FROM_PX - 0.1), Paint { color: Palette::of(Theme::Paper).selection, washes: true });
    assert_eq!(paint(OUTLINED_FROM_PX), own);
    let plain = RowStyle { selected: true, ..RowStyle::default() }.paint();
    assert!(!table.paints(Theme::Paper, 20.0)[plain].washes, "rows without a colour wash nothing");
}

#[test]
fn a_flash_fades_all_others_and_nothing_else() {
    let style = |row: u32| RowStyle { hidden: row == 2, faded: row == 1, color: row as u8, ..RowStyle::default() };
    let table = RowTable::new(3, 4, RowColors::Categories, style);
    let flashed = table.with_others_faded(4, 3);
    assert_eq!(flashed.revision(), 4);
    for row in 0..4 {
        assert_eq!(flashed.style(row), RowStyle { faded: row != 3, ..style(row) });
    }
}

#[test]
fn the_scale_is_viridis_from_end_to_end() {
    use crate::scene::palette::viridis;
    let colors = RowColors::Scale(ScalePalette::Viridis);
    let palette = RowTable::new(1, 1, colors, |_| RowStyle::default()).palette(Theme::Paper);
    assert_eq!([palette[1], palette[254], palette[255]], [viridis(0), viridis(255), categories::NO_VALUE]);
    // Two neighbours of the published table are equal in bytes, twice.
    let equal = |colors: &[Rgb]| colors.windows(2).filter(|pair| pair[0] == pair[1]).count();
    let table: Vec<Rgb> = (0..=255).map(viridis).collect();
    assert_eq!((equal(&palette[1..255]), equal(&table)), (2, 2));
}

#[test]
fn hidden_counts_before_faded() {
    let style = RowStyle { hidden: true, faded: true, ..RowStyle::default() };
    assert_eq!((style.weight(), style.is_picked()), (0.0, false));
    assert_eq!(RowStyle { faded: true, ..RowStyle::default() }.weight(), FADED_INK);
}
