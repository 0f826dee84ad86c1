//! Paths that are typed into the window, as people have them, and what becomes of those that lead nowhere.

use super::driver::Driver;
use super::loading::{open_path, write_drawings};
use super::soak::uri;
use super::xvfb::keysym::{CONTROL, ENTER};

#[test]
fn case_paths_that_fail_stay_in_their_field_until_they_are_right() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().to_owned();
    let none: [&str; 0] = [];
    let Some(mut driver) = Driver::open_with(folder, &none, &[("HOME", home.as_os_str())]) else { return };
    write_drawings(&driver.path("stripes.npy"), 321);
    write_drawings(&driver.path("two words.npy"), 77);

    // The text stays, so that what was left out can be added; nothing else is said.
    open_path(&mut driver, "stripes");
    let told = driver.wait("why not", |frame| frame.dialog_says.is_some());
    assert_eq!((told.dialog.as_deref(), told.rows, told.notices.len()), (Some("open"), 0, 0));
    let says = told.dialog_says.clone().unwrap_or_default();
    assert!(says.contains("no such file") && says.ends_with("stripes") && driver.stderr().contains(&says), "{says}");
    driver.screen.write(".npy");
    driver.screen.tap(ENTER);
    let opened = driver.wait("the drawings", |frame| frame.is_loaded() && frame.rows == 321);
    assert_eq!((opened.dialog.as_deref(), opened.notices.len()), (None, 0));

    let address = format!("file://{}/two%20words.npy", home.display());
    for (typed, rows) in [
        ("\"two words.npy\"", 77),
        ("~/stripes.npy", 321),
        (r"two\ words.npy", 77),
        ("stripes.npy/", 321),
        (&address, 77),
    ] {
        open_path(&mut driver, typed);
        let opened = driver.wait("the other drawings", |frame| frame.is_loaded() && frame.rows == rows);
        assert_eq!((opened.dialog.as_deref(), opened.notices.len()), (None, 0), "{typed}");
    }
}

#[test]
fn case_paths_that_failed_are_forgotten_once_others_open() {
    let none: [&str; 0] = [];
    let Some(mut driver) = Driver::open(&none) else { return };
    write_drawings(&driver.path("stripes.npy"), 321);
    for name in ["bad.npy", "worse.npy"] {
        std::fs::write(driver.path(name), "<html></html>").unwrap();
        driver.screen.drag(driver.window(), &uri(&driver.path(name)), [400, 300]).drop_here();
        let told = driver.wait("the notice", |frame| frame.notices.iter().any(|notice| notice.contains(name)));
        assert_eq!(told.notices.len(), 1, "only the last try is of interest: {:?}", told.notices);
    }
    // What is news of something else stays.
    driver.screen.drag(driver.window(), &uri(&driver.path("stripes.npy")), [400, 300]).drop_here();
    driver.wait("the drawings", |frame| frame.is_loaded() && frame.rows == 321 && frame.notices.is_empty());
    driver.screen.tap_with(CONTROL, 'o'.into());
    driver.wait("the card", |frame| frame.dialog.as_deref() == Some("open"));
}
