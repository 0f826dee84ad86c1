//! Looks from real columns: filters, colours of categories and of numbers.

use super::npy::claiming;
use inkfield::data::Row;
use inkfield::data::columns::Columns;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::headless::read_columns;
use inkfield::scene::camera::Viewport;
use inkfield::scene::palette::Colormap;
use inkfield::scene::rows::RowColors;
use inkfield::scene::rows::appearance::{Appearance, AppearanceError, Restyled};
use inkfield::scene::{Action, Scene, Settings};

const RECORDS: &str = r#"{"word": "cat", "score": 0.5, "seen": true, "when": "2017-03-08 21:12:07.26604 UTC", "key": "4627526388940800"}
{"word": "dog", "score": 2, "seen": false, "when": "2017-03-08T21:12:07Z", "key": "5203203576987648"}
{"word": "cat", "score": null, "seen": true, "when": "2017-03-08T21:12:08Z", "key": "5732189284679680"}
{"word": "", "seen": true, "key": "5927889024"}
"#;

fn columns() -> Columns {
    let dir = tempfile::tempdir().unwrap();
    let (bitmaps, records) = (dir.path().join("a.npy"), dir.path().join("a.ndjson"));
    std::fs::write(&bitmaps, claiming("(4, 2, 2)", &[0; 16])).unwrap();
    std::fs::write(&records, RECORDS).unwrap();
    let dataset = Dataset::open(&[bitmaps, records], &OpenOptions::default()).unwrap();
    read_columns(&dataset, &mut |_, _| ()).unwrap().0
}

fn scene(appearance: Appearance, colormap: Colormap) -> Scene {
    let settings = Settings { appearance, colormap, ..Settings::default() };
    Scene::new(4, u32::MAX, settings, Viewport::new(100, 100, 1.0), None).unwrap()
}

fn styled(appearance: Appearance) -> Result<(Scene, Restyled), AppearanceError> {
    let mut scene = scene(appearance, Colormap::Ink);
    let said = scene.restyle(Some(&columns()))?;
    Ok((scene, said))
}

fn kept(condition: &str) -> Result<Vec<u32>, AppearanceError> {
    let appearance = Appearance { filter: Some(condition.parse().unwrap()), ..Appearance::default() };
    let (scene, said) = styled(appearance)?;
    let kept: Vec<u32> = (0..4).filter(|&row| !scene.row_table().style(row).hidden).collect();
    assert_eq!(said.matching, Some(kept.len() as u32));
    Ok(kept)
}

#[test]
fn a_filter_keeps_rows_that_have_the_value() {
    assert_eq!(kept("word = cat"), Ok(vec![0, 2]));
    assert_eq!(kept("word = ''"), Ok(vec![3]));
    assert_eq!(kept("score = 2.0"), Ok(vec![1]));
    assert_eq!(kept("seen = false"), Ok(vec![1]));
    assert_eq!(kept("word = Cat"), Ok(Vec::new()));
    // One second, in the spellings of both records; with its fraction it is one instant.
    assert_eq!(kept("when = '2017-03-08 21:12:07 UTC'"), Ok(vec![0, 1]));
    assert_eq!(kept("when = 2017-03-08T21:12:07Z"), Ok(vec![0, 1]));
    assert_eq!(kept("when = '2017-03-08 21:12:07.26604 UTC'"), Ok(vec![0]));
    assert_eq!(kept("key = 5203203576987648"), Ok(vec![1]));
    let fades = Appearance { filter: Some("word = dog".parse().unwrap()), fades: true, ..Appearance::default() };
    let (scene, _) = styled(fades).unwrap();
    let table = scene.row_table();
    assert_eq!([0, 1].map(|row| (table.style(row).hidden, table.style(row).faded)), [(false, true), (false, false)]);
}

#[test]
fn colours_follow_count_then_value_and_numbers_a_scale() {
    let codes = |name: &str| {
        let (scene, said) = styled(Appearance { color_by: Some(name.to_owned()), ..Appearance::default() }).unwrap();
        assert_eq!(said.matching, None);
        [0, 1, 2, 3].map(|row| scene.row_table().style(row).color)
    };
    // "" and "dog" come once each.
    assert_eq!(codes("word"), [1, 3, 1, 2]);
    assert_eq!(codes("seen"), [1, 2, 1, 1]);
    assert_eq!(codes("score"), [1, 254, RowColors::SCALE_MISSING, RowColors::SCALE_MISSING]);
}

#[test]
fn what_cannot_be_done_is_said_with_what_there_is() {
    let unknown = kept("wort = cat").unwrap_err().to_string();
    assert_eq!(
        unknown,
        "cannot filter: there is no column wort (character 1); the nearest is word; known are word, score, seen, when, key"
    );
    let kind = kept("score = many").unwrap_err().to_string();
    assert_eq!(kind, "cannot filter: the column score holds number values, and `many` (character 9) is none");
    let time = kept("when = yesterday").unwrap_err().to_string();
    let wanted = "cannot filter: the column when holds time values, and `yesterday` (character 8) is none; times are typed as in";
    assert!(time.starts_with(wanted), "{time}");
    let by_word = || Appearance { color_by: Some("word".to_owned()), ..Appearance::default() };
    let refused = scene(by_word(), Colormap::Viridis).restyle(Some(&columns())).unwrap_err();
    assert_eq!(refused, AppearanceError::Colormap(Colormap::Viridis));
    let refused = scene(by_word(), Colormap::Ink).restyle(None).unwrap_err().to_string();
    assert_eq!(
        refused,
        "cannot colour: there is nothing to go by: these drawings have no records; name the .ndjson file, too"
    );
}

#[test]
fn stepping_passes_over_rows_that_a_filter_leaves_out() {
    let filter = Some("word = cat".parse().unwrap());
    let (mut scene, _) = styled(Appearance { filter, ..Appearance::default() }).unwrap();
    scene.apply(Action::Pin(Some(Row(0))));
    let mut step = |by| {
        scene.apply(Action::StepPin(by));
        scene.pin().map(|row| row.0)
    };
    // Rows 1 and 3 are hidden: beyond the last one that is not, the pin stays.
    assert_eq!([step(1), step(1), step(-1), step(-1)], [Some(2), Some(2), Some(0), Some(0)]);
}
