//! The legend by hand: what a click keeps, what it counts meanwhile, what flashes; against the records themselves.

use super::npy::claiming;
use inkfield::data::columns::Columns;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::headless::read_columns;
use inkfield::scene::camera::Viewport;
use inkfield::scene::overlay::LegendEntry;
use inkfield::scene::palette::Theme;
use inkfield::scene::rows::Pick;
use inkfield::scene::rows::appearance::Appearance;
use inkfield::scene::selection::Selection;
use inkfield::scene::{Scene, Settings};
use std::fmt::Write as _;

const ROWS: u32 = 300;

/// Forty values, the first ones more often; every 11th row has none.
fn word(row: u32) -> Option<String> {
    let number = f64::from(row * 7919 % 1000);
    (!row.is_multiple_of(11)).then(|| format!("w{}", (number * number / 25_000.0) as u32))
}

fn is_seen(row: u32) -> bool {
    row.is_multiple_of(3)
}

fn columns() -> Columns {
    let dir = tempfile::tempdir().unwrap();
    let (bitmaps, records) = (dir.path().join("a.npy"), dir.path().join("a.ndjson"));
    std::fs::write(&bitmaps, claiming("(300, 2, 2)", &[0; 1200])).unwrap();
    let mut lines = String::new();
    for row in 0..ROWS {
        let word = word(row).map_or_else(|| "null".to_owned(), |word| format!("\"{word}\""));
        writeln!(lines, r#"{{"word": {word}, "seen": {}}}"#, is_seen(row)).unwrap();
    }
    std::fs::write(&records, lines).unwrap();
    let dataset = Dataset::open(&[bitmaps, records], &OpenOptions::default()).unwrap();
    read_columns(&dataset, &mut |_, _| ()).unwrap().0
}

/// The scene coloured by a column, and a click on one of its values after the other.
struct Hand {
    columns: Columns,
    scene: Scene,
}

impl Hand {
    fn new(color_by: &str, filter: Option<&str>) -> Self {
        let filter = filter.map(|text| text.parse().unwrap());
        let appearance = Appearance { color_by: Some(color_by.to_owned()), filter, ..Appearance::default() };
        let (columns, settings) = (columns(), Settings { appearance, ..Settings::default() });
        let mut scene = Scene::new(ROWS, u32::MAX, settings, Viewport::new(900, 700, 1.0), Some(&columns)).unwrap();
        scene.restyle(Some(&columns)).unwrap();
        scene.rows_arrived(&[0; ROWS as usize], &[[0; 2]; ROWS as usize]);
        Self { columns, scene }
    }

    fn entry(&self, text: &str) -> u8 {
        let legend = self.scene.legend(Theme::Paper).unwrap();
        legend.entries.iter().find(|entry| entry.text == text).unwrap_or_else(|| panic!("{text}: {legend:?}")).entry
    }

    fn click(&mut self, text: &str, pick: Pick) {
        let picked = self.scene.picked_in_legend(self.entry(text), pick).unwrap().unwrap();
        self.scene.settings.appearance.filter = picked;
        self.scene.restyle(Some(&self.columns)).unwrap();
    }

    fn kept(&self) -> Vec<u32> {
        (0..ROWS).filter(|&row| self.scene.is_found(row)).collect()
    }

    fn assert_keeps(&self, what: &str, is_kept: impl Fn(u32) -> bool) {
        assert_eq!(self.kept(), (0..ROWS).filter(|&row| is_kept(row)).collect::<Vec<_>>(), "{what}");
    }

    /// What the legend says of a value: how many have it, and whether some of them are kept.
    fn line(&self, text: &str) -> (u32, bool) {
        let legend = self.scene.legend(Theme::Paper).unwrap();
        let entry = legend.entries.iter().find(|entry| entry.text == text).unwrap();
        (entry.count.parse().unwrap(), entry.is_kept)
    }
}

fn is(row: u32, text: &str) -> bool {
    word(row).as_deref() == Some(text)
}

fn count(of: impl Fn(u32) -> bool) -> u32 {
    (0..ROWS).filter(|&row| of(row)).count() as u32
}

#[test]
fn clicks_keep_one_value_or_all_but_some_beside_what_was_typed() {
    for typed in [None, Some("seen"), Some("seen or row < 20"), Some("row < 20 or seen and not row = 3")] {
        let is_typed = |row: u32| match typed {
            None => true,
            Some("seen") => is_seen(row),
            Some("seen or row < 20") => is_seen(row) || row < 20,
            _ => row < 20 || (is_seen(row) && row != 3),
        };
        let mut hand = Hand::new("word", typed);
        let before = hand.line("w1");
        assert_eq!(before, (count(|row| is(row, "w1") && is_typed(row)), true));
        hand.click("w0", Pick::Only);
        hand.assert_keeps("w0 alone", |row| is(row, "w0") && is_typed(row));
        // What is left out stays in the legend, with as many as there would be.
        assert_eq!(hand.line("w1"), (before.0, false));
        assert_eq!(hand.line("w0"), (count(|row| is(row, "w0") && is_typed(row)), true));
        hand.click("w1", Pick::Only);
        hand.assert_keeps("w1 instead", |row| is(row, "w1") && is_typed(row));
        hand.click("w1", Pick::Only);
        hand.assert_keeps("as before", is_typed);
        hand.click("w0", Pick::AllBut);
        hand.assert_keeps("all but w0, missing ones too", |row| !is(row, "w0") && is_typed(row));
        hand.click("w2", Pick::AllBut);
        hand.click("(missing)", Pick::AllBut);
        hand.assert_keeps("all but three", |row| {
            word(row).is_some_and(|word| word != "w0" && word != "w2") && is_typed(row)
        });
        hand.click("w0", Pick::AllBut);
        hand.assert_keeps("all but two", |row| word(row).is_some_and(|word| word != "w2") && is_typed(row));
        hand.click("(missing)", Pick::Only);
        hand.assert_keeps("missing ones", |row| word(row).is_none() && is_typed(row));
        hand.click("(missing)", Pick::Only);
        hand.assert_keeps("as it was typed", is_typed);
        let filter = hand.scene.settings.appearance.filter.as_ref().map(ToString::to_string);
        assert_eq!(filter.as_deref(), typed);
    }
}

#[test]
fn values_without_a_colour_of_their_own_are_kept_together() {
    let mut hand = Hand::new("word", None);
    let legend = hand.scene.legend(Theme::Paper).unwrap();
    let named: Vec<String> = legend.entries.iter().map(|entry| entry.text.clone()).collect();
    let others = named.iter().find(|text| text.ends_with("other values")).expect("more than 28 values").clone();
    let is_other = |row: u32| word(row).is_some_and(|word| !named.contains(&word));
    // Each entry says how many values it is for.
    let values: std::collections::BTreeSet<String> = (0..ROWS).filter_map(word).collect();
    let counted = |entry: &LegendEntry| if entry.text == "(missing)" { 0 } else { entry.values as usize };
    assert_eq!(legend.entries.iter().map(counted).sum::<usize>(), values.len());
    assert_eq!(hand.line(&others).0, count(is_other));
    hand.click(&others, Pick::Only);
    hand.assert_keeps("others", is_other);
    hand.click(&others, Pick::Only);
    hand.click(&others, Pick::AllBut);
    hand.assert_keeps("all but others", |row| !is_other(row));
}

#[test]
fn flags_are_kept_by_a_click() {
    let mut hand = Hand::new("seen", None);
    hand.click("true", Pick::Only);
    hand.assert_keeps("seen ones", is_seen);
    hand.click("false", Pick::Only);
    hand.assert_keeps("others", |row| !is_seen(row));
    assert_eq!(hand.line("true"), (count(is_seen), false));
}

#[test]
fn a_flash_fades_others_and_changes_nothing_else() {
    let mut hand = Hand::new("word", Some("seen"));
    let (before, snapshot) = (hand.scene.row_table().clone(), hand.scene.snapshot());
    let (kept, entry) = (hand.kept(), hand.entry("w0"));
    assert!(hand.scene.flash(Some(entry)) && !hand.scene.flash(Some(entry)));
    // A condition selects what it is true of, whatever flashes.
    hand.scene.select_where(&"seen".parse().unwrap(), Some(&hand.columns)).unwrap();
    assert_eq!(hand.scene.selection().count(), (0..ROWS).filter(|&row| is_seen(row)).count() as u32);
    hand.scene.select(Selection::default());
    hand.scene.flash(Some(entry));
    let table = hand.scene.row_table().clone();
    assert_ne!(table.revision(), before.revision());
    for row in 0..ROWS {
        let (now, was) = (table.style(row), before.style(row));
        assert_eq!((now.hidden, now.color, now.faded), (was.hidden, was.color, was.faded || !is(row, "w0")), "{row}");
    }
    assert_eq!((hand.kept(), hand.scene.snapshot()), (kept.clone(), snapshot));
    assert_eq!(hand.scene.all_found().count(), kept.len() as u32);
    // Another one, then none.
    let other = hand.entry("w1");
    assert!(hand.scene.flash(Some(other)) && hand.scene.flashing() == Some(other));
    assert!(!hand.scene.row_table().style((0..ROWS).find(|&row| is(row, "w1")).unwrap()).faded);
    assert!(hand.scene.flash(None) && !hand.scene.flash(None));
    let after = hand.scene.row_table();
    assert!(after.revision() > table.revision() + 1);
    assert!((0..ROWS).all(|row| after.style(row) == before.style(row)));
    // Other looks end it.
    hand.scene.flash(Some(entry));
    hand.click("w1", Pick::Only);
    assert_eq!(hand.scene.flashing(), None);
    hand.assert_keeps("w1", |row| is(row, "w1") && is_seen(row));
}
