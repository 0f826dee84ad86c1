//! Paths as people have them: pasted out of a file manager, a shell, a browser (`sioyek#514`, `feh#264`, `ltex#99`).

use super::folder::Folder;
use super::outside::{answer, error, inkfield};
use super::told::Told;
use inkfield::data::dataset::named_path;
use std::path::PathBuf;

/// Rows of what opens under a name, typed in the folder, which is the home as well.
fn rows(folder: &Folder, name: &str) -> u64 {
    let mut run = inkfield();
    run.args(["info", "--json"]).arg(name).current_dir(folder.0.path()).env("HOME", folder.0.path());
    let told: serde_json::Value = serde_json::from_str(&answer(&mut run)).unwrap();
    told["rows"].as_u64().unwrap()
}

#[test]
fn case_paths_are_opened_as_file_managers_and_shells_write_them() {
    let folder = Folder::new();
    folder.bitmaps("oct opus.npy", 3, 0);
    folder.bitmaps("ö#1?.npy", 4, 0);
    folder.bitmaps("100%.npy", 5, 0);
    folder.bitmaps("deep/images.npy", 6, 0);
    let here = folder.0.path().to_str().unwrap();
    // The addresses are those of pathlib.Path(…).as_uri() of Python 3; people write others, too.
    let names = [
        ("FILE/oct%20opus.npy", 3),
        ("FILE/oct opus.npy", 3),
        ("FILE/%C3%B6%231%3F.npy", 4),
        ("FILE/ö#1?.npy", 4),
        ("FILE/100%25.npy", 5),
        ("FILE/100%.npy", 5),
        ("file://localhostHERE/deep/images.npy", 6),
        ("file:HERE/deep/images.npy", 6),
        ("File://HERE/deep", 6),
        ("~/oct opus.npy", 3),
        ("~/oct\\ opus.npy", 3),
        ("~/deep/", 6),
        ("'oct opus.npy'", 3),
        ("\"HERE/oct opus.npy\"", 3),
        ("'FILE/oct%20opus.npy'", 3),
        ("\"~/deep/images.npy\"", 6),
        ("oct\\ opus.npy", 3),
        ("deep/images.npy/", 6),
        ("FILE/deep/images.npy/", 6),
        ("  deep/images.npy \n", 6),
        ("' oct opus.npy'", 3),
    ];
    for (name, expected) in names {
        let name = name.replace("FILE", &format!("file://{here}")).replace("HERE", here);
        assert_eq!(rows(&folder, &name), expected, "{name:?}");
    }
    // A slip is seen in the folder that is meant.
    let mut slip = inkfield();
    slip.args(["info", "~/deep/imagse.npy"]).env("HOME", folder.0.path());
    let there = "there is no such file or folder (did you mean \"images.npy\"?): ~/deep/imagse.npy";
    assert_eq!(error(&mut slip, 2), there);
    // By the user's folder alone, and two at once.
    folder.bitmaps("home/only.npy", 7, 0);
    let mut run = inkfield();
    run.args(["info", "~", "~/x.npy"]).env("HOME", folder.path("home"));
    folder.bitmaps("home/x.npy", 2, 0);
    assert!(answer(&mut run).contains("9 drawings"), "x.npy is named twice, opened once");
}

#[test]
fn case_paths_that_are_there_are_always_what_was_written() {
    let folder = Folder::new();
    folder.bitmaps("a b.npy", 1, 0);
    for (number, odd) in (2..).zip(["'a b.npy'", "a\\ b.npy", " a b.npy ", "~", "file:", "a*.npy", "%61 b.npy"]) {
        // Names that end otherwise are opened by what they hold.
        folder.bitmaps(odd, number, 0);
        assert_eq!(rows(&folder, odd), number as u64, "{odd:?}");
    }
    // One mark alone is none of a pair, an unknown home stays a name, and nothing there stays what was typed.
    for typed in ["'a b.npy", "~somebody/a b.npy", "file://elsewhere/a b.npy", "nothing", "", "'"] {
        assert_eq!(named_path(typed.as_ref()), PathBuf::from(typed));
    }
}

#[test]
fn case_paths_that_are_addresses_are_called_so() {
    let told = Told::case("paths");
    let web = [
        "https://storage.googleapis.com/quickdraw_dataset/full/numpy_bitmap/octopus.npy",
        "HTTP://a.b/c",
        "'ftp://a/b'",
    ];
    let other =
        ["gs://quickdraw_dataset/full/numpy_bitmap/octopus.npy", "s3://bucket/set.npy", "sftp://host/~/set.npy"];
    for address in web.into_iter().chain(other) {
        let text = error(inkfield().args(["info", address]), 2);
        assert_eq!(told.values(&text), [address]);
        assert_eq!(text.contains("web address"), web.contains(&address), "{text}");
    }
    told.all();
    // A drive's letter is no address, nor is a file that is not there.
    for name in ["c://set.npy", "file:///nothing/here.npy", "images.npy/"] {
        assert_eq!(error(inkfield().args(["info", name]), 2), format!("there is no such file or folder: {name}"));
    }
}
