//! Rows 14 and 28 of `docs/reliability.md` in the window: files that change while they are shown, and hostile strings.

use super::driver::Driver;
use super::told::Told;
use ndarray::Array2;
use std::fs;
use std::path::Path;

fn write_drawings(path: &Path, rows: usize) {
    ndarray_npy::write_npy(path, &Array2::from_elem((rows, 784), 200_u8)).unwrap();
}

/// What is shown stays; looking at a drawing tells what became of its files, once for each.
#[test]
fn faults_14_the_window_tells_that_a_file_was_changed_or_replaced_and_goes_on() {
    let row = Told::row(14);
    let folder = tempfile::tempdir().unwrap();
    write_drawings(&folder.path().join("set.npy"), 60);
    fs::write(folder.path().join("set.ndjson"), "{\"word\":\"set\"}\n".repeat(60)).unwrap();
    let Some(mut driver) = Driver::open_in(folder, &["set.npy", "--size", "400x300"]) else { return };
    driver.wait("everything", |frame| frame.is_loaded() && frame.records_loaded == 60);
    let (bitmaps, records) = (driver.path("set.npy"), driver.path("set.ndjson"));

    let length = fs::metadata(&records).unwrap().len();
    fs::File::options().write(true).open(&records).unwrap().set_len(7).unwrap();
    driver.move_to([200, 150]);
    let told = driver.wait("a notice", |frame| frame.notices.len() == 1);
    let values = row.values(&told.notices[0]);
    assert_eq!(values[..2], [length.to_string(), "7".to_owned()]);
    assert!(values[2].ends_with("set.ndjson") && driver.stderr().contains(&told.notices[0]), "{values:?}");

    let other = driver.path("other.npy");
    write_drawings(&other, 5);
    fs::rename(&other, &bitmaps).unwrap();
    let before = told.hover_row;
    driver.move_to([100, 80]);
    // A frame on the way to the answer may show the notice, too.
    let told = driver.wait("another notice and another row", |frame| {
        frame.notices.len() == 2 && frame.hover_row.is_some() && frame.hover_row != before
    });
    assert!(row.values(&told.notices[1])[0].ends_with("set.npy"), "{:?}", told.notices);
    assert_eq!(told.rows, 60);

    driver.move_to([300, 220]);
    driver.wait("a third drawing", |frame| frame.hover_row.is_some() && frame.hover_row != told.hover_row);
    assert_eq!(driver.now().notices.len(), 2, "told once");
    assert_eq!(driver.close(), 0);
}

/// Nothing of the first one's drawings or records arrives in the second.
#[test]
fn faults_14_a_file_opened_while_another_loads_takes_its_place() {
    let Some(mut driver) = Driver::open(&["demo:400000:1", "--size", "400x300"]) else { return };
    let first = driver.wait("the first drawings", |frame| frame.rows_loaded > 0);
    if first.is_loaded() {
        eprintln!("NOT RUN: everything was read before another file could be opened");
        return;
    }
    let (path, seen) = (driver.path("other.npy"), driver.frames.len());
    write_drawings(&path, 77);
    let uri = format!("file://{}\r\n", path.display());
    driver.screen.drag(driver.window(), &uri, [200, 150]).drop_here();
    driver.wait("the other drawings", |frame| frame.is_loaded() && frame.rows == 77);
    driver.move_to([200, 150]);
    driver.wait("a hover", |frame| frame.hover_row.is_some());
    let later = driver.frames[seen..].iter().skip_while(|frame| frame.rows != 77);
    for frame in later {
        assert_eq!((frame.rows, frame.title.as_str(), frame.records_loaded), (77, "other", 0));
        assert!(frame.rows_loaded <= 77 && frame.hover_row.is_none_or(|row| row < 77), "{frame:?}");
    }
    assert!(driver.now().notices.is_empty(), "{:?}", driver.now().notices);
}

#[test]
fn faults_28_hostile_records_are_shown_and_the_window_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let name = "\u{202e}..\u{1b}[2J.npy";
    write_drawings(&folder.path().join(name), 4);
    let hostile = serde_json::to_string("\u{1b}]0;owned\u{7}\u{202e}<b>../../../etc/passwd\n").unwrap();
    let long = "\u{301}".repeat(5 << 20);
    let lines = [
        format!("{{\"word\":{hostile},\"countrycode\":{hostile},{hostile}:{hostile}}}"),
        format!("{{\"word\":\"{long}\",\"countrycode\":\"{long}\",\"more\":\"{long}\"}}"),
        "{\"word\":\"plain\",\"recognized\":\"\\u0000\"}".to_owned(),
        format!("{{\"timestamp\":\"{}\"}}", "9".repeat(10 << 20)),
    ];
    fs::write(folder.path().join(name.replace(".npy", ".ndjson")), lines.join("\n")).unwrap();
    let Some(mut driver) = Driver::open_in(folder, &[name, "--size", "400x300"]) else { return };
    driver.wait("everything", |frame| frame.is_loaded() && frame.records_loaded == 4);
    let title = driver.screen.title(driver.window());
    assert!(title.ends_with("– inkfield") && !title.contains(['\u{202e}', '\u{1b}']), "{title:?}");
    for row in 0..4_u32 {
        // Four drawings fill the picture two by two.
        let at = [[140, 90], [260, 90], [140, 210], [260, 210]][row as usize];
        driver.move_to(at);
        let shown =
            driver.wait("the drawing", |frame| frame.hover_row.is_some() && frame.inspector_row == frame.hover_row);
        assert_eq!(shown.hover_row, Some(row));
    }
    driver.tap('2'.into(), "the scatter", |frame| frame.layout == "index");
    assert_eq!(driver.close(), 0);
}
