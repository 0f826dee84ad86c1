//! Displays that are not as windowing libraries expect: odd scales, missing extensions, other depths.

use super::driver::{BINARY, Driver};
use super::place::screens_scale;
use super::told::Told;
use super::xvfb::{Property, SCREEN_PX, Xvfb};
use serde_json::Value;
use std::process::{Command, Output};

/// What the program answers on a display.
fn run(display: &str, args: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(BINARY);
    for name in
        ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DBUS_SESSION_BUS_ADDRESS", "INKFIELD_LOG", "WINIT_X11_SCALE_FACTOR"]
    {
        command.env_remove(name);
    }
    command.args(args).env("DISPLAY", display).envs(environment.iter().copied()).output().unwrap()
}

/// The one line that a window which cannot be shown ends with.
fn refused(display: &str, environment: &[(&str, &str)]) -> String {
    let output = run(display, &["demo:10"], environment);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

/// What `doctor` says of the display and advises.
fn doctor(display: &str, environment: &[(&str, &str)]) -> (Value, String) {
    let output = run(display, &["doctor", "--json"], environment);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let advice = answer["advice"].as_array().unwrap().iter().map(|line| line.as_str().unwrap());
    let advice = advice.collect::<Vec<_>>().join("\n");
    (answer["screen"].clone(), advice)
}

#[test]
fn case_start_with_an_odd_scale_variable_is_refused_in_words() {
    let told = Told::case("start");
    let Some(screen) = Xvfb::start() else { return };
    for odd in ["foo", "0", "-1", "1e9", "nan", "1,5"] {
        let environment = [("WINIT_X11_SCALE_FACTOR", odd)];
        assert_eq!(told.error(&refused(&screen.name, &environment)), [odd]);
        let (_, advice) = doctor(&screen.name, &environment);
        assert!(advice.contains("WINIT_X11_SCALE_FACTOR is no scale"), "{advice}");
    }
}

#[test]
fn case_start_with_odd_dots_per_inch_shows_the_window_at_a_scale_of_one() {
    let told = Told::case("start");
    for dpi in ["0", "-96", "999999", "NaN", "1"] {
        let Some(screen) = Xvfb::start() else { return };
        screen.set_root("RESOURCE_MANAGER", &Property::Text(&format!("Xft.dpi:\t{dpi}\n")));
        let (said, advice) = doctor(&screen.name, &[]);
        assert!(advice.contains(&format!("Xft.dpi is {dpi}")) && said["scale"].is_null(), "{said} {advice}");
        let args = ["demo:10", "--size", "300x200"];
        let Some(mut driver) = Driver::open_on(screen, tempfile::tempdir().unwrap(), &args, &screens_scale()) else {
            return;
        };
        assert_eq!((driver.now().scale, driver.now().size_px), (1.0, [300, 200]));
        assert_eq!(driver.close(), 0);
        let warning = driver.stderr();
        assert_eq!(told.values(warning.trim().strip_prefix("warning: ").unwrap()), [dpi]);
    }
    // What screens have is what it was.
    let Some(screen) = Xvfb::start() else { return };
    screen.set_root("RESOURCE_MANAGER", &Property::Text("Xft.dpi:\t144\n"));
    let (said, _) = doctor(&screen.name, &[]);
    assert_eq!(said["scale"], 1.5);
    let args = ["demo:10", "--size", "300x200"];
    let Some(driver) = Driver::open_on(screen, tempfile::tempdir().unwrap(), &args, &screens_scale()) else { return };
    assert_eq!((driver.now().scale, driver.stderr().as_str()), (1.5, ""));
}

#[test]
fn case_stale_compositors_give_way_to_an_x_server_that_answers() {
    let told = Told::case("stale");
    let folder = tempfile::tempdir().unwrap();
    // A compositor that crashed leaves its socket behind.
    let dead = folder.path().join("wayland-7");
    drop(std::os::unix::net::UnixListener::bind(&dead).unwrap());
    for socket in [dead, folder.path().join("never")] {
        let Some(screen) = Xvfb::start() else { return };
        let name = socket.to_str().unwrap();
        let (said, advice) = doctor(&screen.name, &[("WAYLAND_DISPLAY", name)]);
        assert!(said["size_px"].is_array(), "{said}");
        assert_eq!(told.values(advice.lines().next().unwrap())[1], name);
        let variable = [screens_scale()[0], ("WAYLAND_DISPLAY", socket.as_os_str())];
        let args = ["demo:10", "--size", "300x200"];
        let Some(mut driver) = Driver::open_on(screen, tempfile::tempdir().unwrap(), &args, &variable) else { return };
        assert_eq!(driver.now().size_px, [300, 200]);
        assert_eq!(driver.close(), 0);
        assert_eq!(told.values(driver.stderr().trim().strip_prefix("warning: ").unwrap())[1], name);
        // Neither answers.
        let refusal = refused("", &[("WAYLAND_DISPLAY", name)]);
        assert!(refusal.contains(&format!("WAYLAND_DISPLAY is `{name}`")), "{refusal}");
        let (_, advice) = doctor("", &[("WAYLAND_DISPLAY", name)]);
        told.values(advice.lines().next().unwrap());
    }
    told.all();
}

#[test]
fn case_randr_that_is_missing_is_named_with_the_way_out() {
    let told = Told::case("randr");
    let Some(screen) = Xvfb::start_as(SCREEN_PX, 24, &["-extension", "RANDR"]) else { return };
    let name = screen.name.clone();
    assert_eq!(told.error(&refused(&screen.name, &[]))[..2], [name.as_str(), "the extension RANDR"]);
    let (said, advice) = doctor(&screen.name, &[]);
    assert_eq!(said["missing"], serde_json::json!(["RANDR"]));
    assert!(advice.contains("it lacks the extension RANDR"), "{advice}");
    told.all();
}

#[test]
fn case_depth_of_a_screen_that_no_driver_draws_to_is_said_with_the_one_to_set() {
    let told = Told::case("depth");
    for depth in [8, 15, 16, 30] {
        let Some(screen) = Xvfb::start_as(SCREEN_PX, depth, &[]) else { return };
        let (said, advice) = doctor(&screen.name, &[]);
        let told_by_doctor =
            advice.contains(&format!("a depth of {depth} bits")) && advice.contains("use a depth of 24");
        assert!(said["depth"] == depth && told_by_doctor, "{said} {advice}");
        // The line before it is EGL's own.
        let output = run(&screen.name, &["demo:10"], &[]);
        let said = String::from_utf8(output.stderr).unwrap();
        let last = said.lines().last().unwrap();
        assert_eq!((output.status.code(), &told.error(last)[0]), (Some(1), &depth.to_string()), "{said}");
    }
    told.all();
}
