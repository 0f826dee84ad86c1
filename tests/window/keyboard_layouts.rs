//! Keys on other keyboard layouts: by what they type, else by where they are; text fields get what is typed.

use super::driver::{Driver, Shown};
use super::layouts::place;
use super::xvfb::keysym::{CONTROL, ENTER, ESCAPE, HOME, LEVEL_3, SHIFT};
use std::ffi::OsStr;

/// A window with records and a drawing that can be copied, on a keyboard of this layout.
fn open(layout: &str, environment: &[(&str, &OsStr)]) -> Option<Driver> {
    let args = ["demo:2000:1", "--size", "700x500"];
    let mut driver = Driver::open_with(tempfile::tempdir().unwrap(), &args, environment)?;
    driver.wait("everything", |frame| frame.is_loaded() && frame.records_loaded == 2000);
    driver.screen.lay_out(layout).then_some(driver)
}

fn dialog_is(name: &'static str) -> impl Fn(&Shown) -> bool {
    move |frame| frame.dialog.as_deref() == Some(name)
}

/// Types the key at a place and waits for what it brings.
fn tap(driver: &mut Driver, held: &[u32], code: u8, what: &str, is_so: impl Fn(&Shown) -> bool) -> Shown {
    driver.screen.tap_place(held, code);
    driver.wait(what, is_so)
}

/// Types keys at their places, one after the other.
fn type_all(driver: &Driver, held: &[u32], codes: &[u8]) {
    for &code in codes {
        driver.screen.tap_place(held, code);
    }
}

/// Digits by these keys, letters and Ctrl by the places of a US keyboard.
fn commands_work(driver: &mut Driver, layout: &str) {
    let what = |key: &str| format!("{key} on {layout}");
    for (code, name) in [(place::DIGIT_2, "index"), (place::DIGIT_3, "groups"), (place::DIGIT_1, "grid")] {
        tap(driver, &[], code, &what(name), |frame| frame.layout == name);
    }
    for theme in ["night", "paper"] {
        tap(driver, &[], place::T, &what("T"), |frame| frame.theme == theme);
    }
    tap(driver, &[], place::I, &what("I"), |frame| !frame.inspector);
    tap(driver, &[], place::I, &what("I"), |frame| frame.inspector);
    tap(driver, &[], place::G, &what("G"), dialog_is("goto"));
    driver.tap(ESCAPE, "no dialog", |frame| frame.dialog.is_none());
    tap(driver, &[CONTROL], place::O, &what("Ctrl+O"), dialog_is("open"));
    driver.tap(ESCAPE, "no dialog", |frame| frame.dialog.is_none());
    driver.move_to([333, 201]);
    driver.wait("a drawing in the inspector", |frame| frame.inspector_row.is_some());
    let starts = |with: &'static str| move |frame: &Shown| frame.notices.iter().any(|notice| notice.starts_with(with));
    tap(driver, &[CONTROL], place::C, &what("Ctrl+C"), starts("copied"));
    tap(driver, &[], place::S, &what("S"), starts("saved"));
}

/// Plus, minus, nought and the question mark by these keys.
fn signs_work(driver: &mut Driver, layout: &str, signs: [(bool, u8); 4]) {
    let [plus, minus, nought, help] = signs.map(|(shift, code)| (if shift { &[SHIFT][..] } else { &[] }, code));
    let what = |key: &str| format!("{key} on {layout}");
    tap(driver, plus.0, plus.1, &what("+"), |frame| frame.zoom == 2.0);
    tap(driver, plus.0, plus.1, &what("+"), |frame| frame.zoom == 4.0);
    tap(driver, minus.0, minus.1, &what("-"), |frame| frame.zoom == 2.0);
    tap(driver, nought.0, nought.1, &what("0"), |frame| frame.zoom == 1.0);
    tap(driver, help.0, help.1, &what("?"), dialog_is("help"));
    // The same key closes the page.
    tap(driver, help.0, help.1, &what("?"), |frame| frame.dialog.is_none());
}

/// As on a US keyboard.
const US_SIGNS: [(bool, u8); 4] =
    [(true, place::EQUAL), (false, place::MINUS), (false, place::DIGIT_0), (true, place::SLASH)];

#[test]
fn case_keys_work_on_russian_and_greek_keyboards_by_their_place() {
    for layout in ["ru", "gr"] {
        let Some(mut driver) = open(layout, &[]) else { return };
        commands_work(&mut driver, layout);
        signs_work(&mut driver, layout, US_SIGNS);
    }
    // The layout may change while the window is open. Russian has its own question mark, too; Arabic digits are others.
    let Some(mut driver) = open("ru", &[]) else { return };
    tap(&mut driver, &[SHIFT], place::DIGIT_7, "the question mark", dialog_is("help"));
    driver.tap(ESCAPE, "no help", |frame| frame.dialog.is_none());
    for layout in ["ua", "bg(phonetic)", "il", "ara(digits)", "am", "ge", "th"] {
        driver.screen.lay_out(layout);
        tap(&mut driver, &[], place::DIGIT_2, layout, |frame| frame.layout == "index");
        tap(&mut driver, &[], place::DIGIT_1, layout, |frame| frame.layout == "grid");
        tap(&mut driver, &[], place::T, layout, |frame| frame.theme == "night");
        tap(&mut driver, &[], place::T, layout, |frame| frame.theme == "paper");
    }
    // Tags go by places, too.
    driver.tap(HOME, "row 0", |frame| frame.pin_row == Some(0));
    tap(&mut driver, &[SHIFT], place::T, "a tag", |frame| frame.tagged == 1 && frame.pin_row == Some(1));
}

#[test]
fn case_keys_of_a_french_keyboard_are_digits_without_shift() {
    let Some(mut driver) = open("fr", &[]) else { return };
    commands_work(&mut driver, "fr");
    let signs = [(true, place::EQUAL), (false, place::DIGIT_6), (false, place::DIGIT_0), (true, place::M)];
    signs_work(&mut driver, "fr", signs);
    // With Shift they are the digits that are printed there.
    tap(&mut driver, &[SHIFT], place::DIGIT_3, "groups", |frame| frame.layout == "groups");
    tap(&mut driver, &[], place::EQUAL, "the equals sign", |frame| frame.zoom == 2.0);
}

#[test]
fn case_keys_of_other_latin_layouts_are_what_they_type() {
    for layout in ["us(dvorak)", "us(colemak)", "de", "tr"] {
        let Some(mut driver) = open(layout, &[]) else { return };
        for (key, name) in [('2', "index"), ('3', "groups"), ('1', "grid")] {
            driver.tap(key.into(), layout, |frame| frame.layout == name);
        }
        driver.tap('g'.into(), layout, dialog_is("goto"));
        driver.tap(ESCAPE, "no dialog", |frame| frame.dialog.is_none());
        driver.screen.tap_with(CONTROL, 'o'.into());
        driver.wait(layout, dialog_is("open"));
        driver.tap(ESCAPE, "no dialog", |frame| frame.dialog.is_none());
        driver.tap('+'.into(), layout, |frame| frame.zoom == 2.0);
        driver.tap('?'.into(), layout, dialog_is("help"));
        driver.tap('?'.into(), layout, |frame| frame.dialog.is_none());
    }
    // Where a US keyboard has S and G, Dvorak has O and I: nothing is saved, and I is the inspector's.
    let Some(mut driver) = open("us(dvorak)", &[]) else { return };
    driver.screen.tap_place(&[], place::S);
    let frame = tap(&mut driver, &[], place::G, "the inspector", |frame| !frame.inspector);
    assert_eq!((frame.0.dialog, frame.0.notices), (None, Vec::new()));
}

#[test]
fn case_keys_that_begin_or_end_a_composition_do_no_harm() {
    let utf8 = [("LC_ALL", OsStr::new("C.UTF-8"))];
    let Some(mut driver) = open("us(intl)", &utf8) else { return };
    // ´ + I is í: no inspector. AltGr+S is ß, and saves nothing. The T that comes afterwards shows that both were taken.
    driver.screen.tap_place(&[], place::QUOTE);
    driver.screen.tap_place(&[], place::I);
    driver.screen.tap_place(&[LEVEL_3], place::S);
    let frame = tap(&mut driver, &[], place::T, "night", |frame| frame.theme == "night");
    assert!(frame.inspector && frame.dialog.is_none() && frame.notices.is_empty(), "{frame:?}");
    tap(&mut driver, &[], place::I, "I alone", |frame| !frame.inspector);
}

#[test]
fn case_keys_write_what_they_type_into_text_fields() {
    let told =
        |name: &'static str| move |frame: &Shown| frame.dialog_says.as_ref().is_some_and(|says| says.ends_with(name));
    for (layout, typed, twice) in [("ru", "фыс", "фысфыс"), ("gr", "ασψ", "ασψασψ"), ("fr", "qsc", "qscqsc")]
    {
        let Some(mut driver) = open(layout, &[]) else { return };
        let abc = [place::A, place::S, place::C];
        tap(&mut driver, &[CONTROL], place::O, "the path field", dialog_is("open"));
        type_all(&driver, &[], &abc);
        driver.tap(ENTER, "what was typed is no file", told(typed));
        driver.tap(ESCAPE, "no path field", |frame| frame.dialog.is_none());
        // All is selected, cut, and pasted twice. On AZERTY the A is where Q is.
        let select = if layout == "fr" { place::Q } else { place::A };
        tap(&mut driver, &[CONTROL], place::O, "the path field", dialog_is("open"));
        type_all(&driver, &[], &abc);
        type_all(&driver, &[CONTROL], &[select, place::X]);
        driver.screen.wait_for_clipboard();
        type_all(&driver, &[CONTROL], &[place::V, place::V]);
        driver.tap(ENTER, "twice what was typed is no file", told(twice));
        assert!(driver.now().inspector && driver.now().layout == "grid", "{:?}", driver.now());
    }
}

#[test]
fn case_keys_of_the_number_pad_are_digits_plus_and_minus() {
    let Some(mut driver) = open("ru", &[]) else { return };
    driver.screen.tap_place(&[], place::NUM_LOCK);
    tap(&mut driver, &[], place::PAD_2, "index", |frame| frame.layout == "index");
    tap(&mut driver, &[], place::PAD_1, "grid", |frame| frame.layout == "grid");
    tap(&mut driver, &[], place::PAD_PLUS, "twice", |frame| frame.zoom == 2.0);
    tap(&mut driver, &[], place::PAD_MINUS, "once", |frame| frame.zoom == 1.0);
}
