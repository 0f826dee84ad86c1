//! `render`: the original figure, the inspector's drawing, and files that stay whole whatever happens.

use super::{answer, complaint, documents, gpu, inkfield, names, read_png, row_lines};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A picture's size and RGB rows.
fn read_rgb(path: &Path) -> ([u32; 2], Vec<u8>) {
    let (size, samples, rgb) = read_png(path);
    assert_eq!(samples, 3);
    (size, rgb)
}

#[test]
fn the_original_figure_shows_thirty_drawings_where_they_belong() {
    if !gpu() {
        return;
    }
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("figure.png");
    let view = ["--rows", "0:30", "--layout", "index", "--point-size", "10", "--opacity", "0.5", "--size", "350x100"];
    assert_eq!(answer(inkfield().args(["render", "demo"]).args(view).arg("--out").arg(&out)), "");
    let (size, rgb) = read_rgb(&out);
    assert_eq!(size, [350, 100]);
    let rows = row_lines(30);
    let places = documents(inkfield().args(["locate", "demo", "--row", "-", "--json"]).args(view).write_stdin(rows));
    let number = |place: &Value, key: &str| place[key].as_f64().unwrap();
    // x is the row number.
    assert!(places.windows(2).all(|pair| number(&pair[0], "x_px") < number(&pair[1], "x_px")));
    let paper = rgb[..3].to_vec();
    let inked = |x: u32, y: u32| rgb[((y * 350 + x) * 3) as usize..][..3] != paper[..];
    let inside = |place: &Value, x: u32, y: u32| {
        let half = number(place, "size_px") / 2.0 + 0.01;
        (f64::from(x) + 0.5 - number(place, "x_px")).abs() < half
            && (f64::from(y) + 0.5 - number(place, "y_px")).abs() < half
    };
    let pixels = || (0..100).flat_map(|y| (0..350).map(move |x| (x, y)));
    for place in &places {
        let ink = pixels().filter(|&(x, y)| inside(place, x, y) && inked(x, y)).count();
        assert!(ink > 10, "{ink} pixels of ink at {place}");
    }
    let stray = pixels().filter(|&(x, y)| inked(x, y) && !places.iter().any(|place| inside(place, x, y))).count();
    assert_eq!(stray, 0, "ink outside every drawing");
}

#[test]
fn json_tells_what_was_drawn_and_how_long_it_took() {
    if !gpu() {
        return;
    }
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("seven.png");
    let mut render = inkfield();
    render.args(["render", "demo:20", "--inspect", "-13", "--json", "--timings", "--out"]).arg(&out);
    let [told] = &documents(&mut render)[..] else { panic!("one document") };
    assert_eq!(read_rgb(&out).0, [280, 280]);
    assert_eq!((told["out"].as_str(), told["rows"].as_u64()), (out.to_str(), Some(20)));
    let time = |key: &str| told["timings"][key].as_f64().unwrap();
    assert!(0.0 < time("device_ms") && time("device_ms") <= time("first_picture_ms"), "{told}");
    assert!(time("first_picture_ms") <= time("complete_ms"), "{told}");
    // -13 of 20 is row 7.
    let same = dir.path().join("same.png");
    answer(inkfield().args(["render", "demo:20", "--inspect", "7", "--out"]).arg(&same));
    assert_eq!(fs::read(&out).unwrap(), fs::read(&same).unwrap());
    assert_eq!(names(dir.path()), ["same.png", "seven.png"]);
}

#[test]
fn what_cannot_be_written_leaves_everything_as_it_was() {
    if !gpu() {
        return;
    }
    let dir = TempDir::new().unwrap();
    let missing = dir.path().join("missing").join("a.png");
    for target in [dir.path(), &missing] {
        let text = complaint(inkfield().args(["render", "demo:5", "--out"]).arg(target), 1);
        assert!(text.contains("error: cannot write the picture") && text.ends_with(target.to_str().unwrap()), "{text}");
    }
    assert!(names(dir.path()).is_empty());
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::io::Read;
    use std::os::unix::fs::{FileTypeExt, PermissionsExt};
    use std::process::{Command, Stdio};

    #[test]
    fn a_disk_that_fills_up_keeps_the_old_picture() {
        if !gpu() {
            return;
        }
        let dir = TempDir::new().unwrap();
        let out = dir.path().join("old.png");
        fs::write(&out, "old").unwrap();
        // Writing stops at one block, as on a full disk.
        let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" render demo:100 --out \"$1\"";
        let run =
            Command::new("sh").arg("-c").arg(script).arg(assert_cmd::cargo::cargo_bin!("inkfield")).arg(&out).output();
        let run = run.unwrap();
        let text = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(1), "{text}");
        assert!(text.trim_end().ends_with(out.to_str().unwrap()), "{text}");
        assert_eq!(fs::read(&out).unwrap(), b"old");
        assert_eq!(names(dir.path()), ["old.png"]);

        // A link is followed, not replaced.
        let link = dir.path().join("link.png");
        std::os::unix::fs::symlink(&out, &link).unwrap();
        answer(inkfield().args(["render", "demo:5", "--size", "40x30", "--out"]).arg(&link));
        assert_eq!(read_rgb(&out).0, [40, 30]);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());

        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o555)).unwrap();
        if fs::write(dir.path().join("probe"), "").is_ok() {
            eprintln!("NOT RUN: this user may write to read-only folders");
        } else {
            complaint(inkfield().args(["render", "demo:5", "--out"]).arg(dir.path().join("new.png")), 1);
        }
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
    }

    #[test]
    fn pipes_and_devices_are_written_to_and_never_replaced() {
        if !gpu() {
            return;
        }
        let dir = TempDir::new().unwrap();
        let pipe = dir.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let mut reader = Command::new("cat").arg(&pipe).stdout(Stdio::piped()).spawn().unwrap();
        let run = inkfield().args(["render", "demo:5", "--out"]).arg(&pipe).output().unwrap();
        let still = fs::metadata(&pipe).unwrap().file_type().is_fifo();
        if !still || !run.status.success() {
            // Nobody may be left waiting at the other end.
            reader.kill().unwrap();
        }
        let mut bytes = Vec::new();
        reader.stdout.take().unwrap().read_to_end(&mut bytes).unwrap();
        reader.wait().unwrap();
        assert!(still && run.status.success(), "{run:?}");
        assert!(bytes.starts_with(b"\x89PNG") && bytes.ends_with(b"IEND\xaeB`\x82"));
        assert_eq!(names(dir.path()), ["pipe"]);
        // Only once pipes are known to be safe: whoever may write to /dev would lose the device.
        if Path::new("/dev/full").exists() {
            let text = complaint(inkfield().args(["render", "demo:5", "--out", "/dev/full"]), 1);
            assert!(text.ends_with("/dev/full"), "{text}");
            assert!(fs::metadata("/dev/full").unwrap().file_type().is_char_device());
        }
    }
}

#[test]
fn ink_shows_strokes_from_near_and_says_why_it_cannot() {
    if !gpu() {
        return;
    }
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("strokes.png");
    let render = |set: &str, more: &[&str]| {
        let mut render = inkfield();
        render.args(["render", set, "--size", "600x400"]).args(more).arg("--out").arg(&out);
        let done = render.assert().success().get_output().clone();
        String::from_utf8(done.stderr).unwrap()
    };
    // Six drawings of 150 pixels: of pixels between paper and ink there are those at edges alone, where bitmaps have whole blocks.
    let between = |more: &[&str]| {
        assert_eq!(render("demo:6:1", &[&["--columns", "3", "--colormap", "gray"], more].concat()), "");
        let (_, rgb) = read_rgb(&out);
        let count = |is: fn(&u8) -> bool| rgb.iter().step_by(3).filter(|ink| is(ink)).count();
        (count(|ink| (1..=254).contains(ink)), count(|ink| *ink == 255))
    };
    let ((of_pixels, full_of_pixels), (of_strokes, full)) = (between(&[]), between(&["--ink"]));
    assert!(of_strokes * 3 < of_pixels, "{of_strokes} and {of_pixels}");
    assert!(full > full_of_pixels, "{full} and {full_of_pixels}");
    let said = render("demo:600:1", &["--ink"]);
    assert!(said.contains("strokes are shown from 120 px on: come nearer, with --zoom"), "{said}");
    let array = dir.path().join("plain.npy");
    ndarray_npy::write_npy(&array, &ndarray::Array3::<u8>::from_elem((4, 28, 28), 9)).unwrap();
    let said = render(array.to_str().unwrap(), &["--ink"]);
    assert!(said.contains("there are no records whose strokes could be shown"), "{said}");
}
