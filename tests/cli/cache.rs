//! What took long is kept on the disk: found again by the drawings themselves, never believed when it is damaged, removed on request.

use super::{answer, complaint, documents, inkfield, names};
use assert_cmd::Command;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Fewer drawings are not worth keeping anything of.
const ROWS: usize = 4_200;

/// Drawings of strokes that lie in one of several directions.
fn write_set(path: &Path, seed: u32) {
    let mut drawings = ndarray::Array3::<u8>::zeros((ROWS, 28, 28));
    for (row, mut drawing) in (0_u32..).zip(drawings.outer_iter_mut()) {
        let mixed = (row + seed).wrapping_mul(2_654_435_761);
        let (length, slope, at) = (6 + mixed % 16, mixed >> 8 & 3, 2 + (mixed >> 16 & 7));
        for step in 0..length {
            let [x, y] =
                [[at + step, 14], [14, at + step], [at + step, at + step], [at + step, 55 - at - step]][slope as usize];
            drawing[[(y % 28) as usize, (x % 28) as usize]] = 255;
        }
    }
    ndarray_npy::write_npy(path, &drawings).unwrap();
}

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn keeping(&self) -> Command {
        let mut command = inkfield();
        command.env("INKFIELD_CACHE", self.path("kept"));
        command
    }

    fn clusters(&self, set: &str) -> Value {
        documents(self.keeping().args(["clusters", "--json"]).arg(self.path(set))).remove(0)
    }

    /// All files that are kept.
    fn contents(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let paths = names(&self.path("kept")).into_iter().map(|name| self.path("kept").join(name));
        paths.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
    }

    fn kept(&self) -> Vec<String> {
        let listed = documents(self.keeping().args(["cache", "--json"])).remove(0);
        let name =
            |entry: &Value| format!("{} {}", entry["content"].as_str().unwrap(), entry["name"].as_str().unwrap());
        let mut names: Vec<_> = listed["entries"].as_array().unwrap().iter().map(name).collect();
        names.sort_unstable();
        names
    }
}

#[test]
fn what_was_found_is_kept_for_the_same_drawings_and_for_no_others() {
    let desk = Desk { folder: TempDir::new().unwrap() };
    write_set(&desk.path("a.npy"), 1);
    let first = desk.clusters("a.npy");
    let kept = desk.kept();
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert!(kept.iter().any(|entry| entry.ends_with(" codes-direction")));
    assert!(kept.iter().any(|entry| entry.ends_with(" graph-15")));
    // The same drawings elsewhere, under another name; then others.
    fs::copy(desk.path("a.npy"), desk.path("b.npy")).unwrap();
    assert_eq!(desk.clusters("b.npy"), first);
    assert_eq!(desk.kept(), kept);
    write_set(&desk.path("b.npy"), 2);
    let other = desk.clusters("b.npy");
    assert_ne!(other["cluster_of"], first["cluster_of"]);
    assert_eq!(desk.kept().len(), 4);
    // By another measure it is something else.
    documents(desk.keeping().args(["clusters", "--json", "--measure", "ink"]).arg(desk.path("a.npy")));
    assert_eq!(desk.kept().len(), 6);
    // What is kept is what would be found: nothing kept, the same answer.
    let anew = documents(inkfield().args(["clusters", "--json"]).arg(desk.path("b.npy"))).remove(0);
    assert_eq!(anew, other);
}

#[test]
fn what_is_damaged_is_found_anew_and_what_lies_elsewhere_is_left_alone() {
    let desk = Desk { folder: TempDir::new().unwrap() };
    write_set(&desk.path("a.npy"), 1);
    let first = desk.clusters("a.npy");
    fs::write(desk.path("kept/mine.txt"), "mine").unwrap();
    for damage in [
        |bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 2),
        |bytes: &mut Vec<u8>| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        },
    ] {
        let mut whole = Vec::new();
        for name in names(&desk.path("kept")).into_iter().filter(|name| name != "mine.txt") {
            let mut bytes = fs::read(desk.path("kept").join(&name)).unwrap();
            whole.push((name.clone(), bytes.clone()));
            damage(&mut bytes);
            fs::write(desk.path("kept").join(name), bytes).unwrap();
        }
        assert_eq!(desk.clusters("a.npy"), first);
        for (name, bytes) in whole {
            assert_eq!(fs::read(desk.path("kept").join(&name)).unwrap(), bytes, "{name} is whole again");
        }
    }
    let text = answer(desk.keeping().args(["cache", "--clear"]));
    assert!(text.starts_with("2 results removed"), "{text}");
    assert_eq!(names(&desk.path("kept")), ["mine.txt"]);
    assert!(desk.kept().is_empty());
    let text = answer(inkfield().arg("cache"));
    assert!(text.starts_with("nothing is kept"), "{text}");
}

#[test]
fn where_nothing_can_be_kept_the_answer_is_the_same() {
    let desk = Desk { folder: TempDir::new().unwrap() };
    write_set(&desk.path("a.npy"), 1);
    fs::write(desk.path("kept"), "a file where the folder would be").unwrap();
    let found = desk.clusters("a.npy");
    assert_eq!(documents(inkfield().args(["clusters", "--json"]).arg(desk.path("a.npy"))).remove(0), found);
    let text = complaint(desk.keeping().arg("cache"), 1);
    assert!(text.contains("kept"), "{text}");
}

#[test]
fn grids_and_maps_that_were_kept_are_those_that_were_made() {
    let desk = Desk { folder: TempDir::new().unwrap() };
    write_set(&desk.path("a.npy"), 1);
    for layout in ["sorted", "map", "umap"] {
        let arranged = |mut command: Command| {
            documents(command.args(["arrange", "--json", "--layout", layout]).arg(desk.path("a.npy"))).remove(0)
        };
        let made = arranged(desk.keeping());
        let kept: Vec<String> =
            desk.kept().into_iter().filter(|entry| entry.contains(&format!(" {layout}-"))).collect();
        assert_eq!(kept.len(), 1, "{layout}: {kept:?}");
        assert_eq!(arranged(desk.keeping()), made, "{layout}");
        // Cut, or with one other bit, it is made again, and the same lies there afterwards.
        let whole = desk.contents();
        for damage in [
            |bytes: &mut Vec<u8>| bytes.truncate(bytes.len() * 2 / 3),
            |bytes: &mut Vec<u8>| *bytes.last_mut().unwrap() ^= 4,
        ] {
            for (path, bytes) in &whole {
                let mut bytes = bytes.clone();
                damage(&mut bytes);
                fs::write(path, bytes).unwrap();
            }
            assert_eq!(arranged(desk.keeping()), made, "{layout}");
            assert!(desk.contents() == whole, "{layout}");
        }
        let of_seed = |command: &mut Command| {
            documents(
                command.args(["arrange", "--json", "--layout-seed", "7", "--layout", layout]).arg(desk.path("a.npy")),
            )
        };
        assert_ne!(of_seed(&mut desk.keeping())[0], made, "another seed is something else");
        fs::remove_dir_all(desk.path("kept")).unwrap();
    }
}

#[test]
fn pictures_in_their_cells_are_listed_and_removed_with_the_rest() {
    let desk = Desk { folder: TempDir::new().unwrap() };
    fs::create_dir(desk.path("photos")).unwrap();
    for number in 0..20_u8 {
        let file = fs::File::create(desk.path(&format!("photos/{number:02}.png"))).unwrap();
        let mut encoder = png::Encoder::new(file, 64, 48);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.write_header().unwrap().write_image_data(&[number * 10; 64 * 48]).unwrap();
    }
    let rendered = |name: &str| {
        let args = ["--size", "200x100", "--out"];
        answer(desk.keeping().arg("render").arg(desk.path("photos")).args(args).arg(desk.path(name)));
        fs::read(desk.path(name)).unwrap()
    };
    let first = rendered("first.png");
    let listed = documents(desk.keeping().args(["cache", "--json"])).remove(0);
    let entry = &listed["cells"]["entries"][0];
    // 24 bytes and a sum; of each picture 56 and its values of 48 by 64 pixels.
    assert_eq!((&entry["name"], entry["bytes"].as_u64()), (&Value::from("cells"), Some(32 + 20 * (56 + 48 * 64 * 4))));
    assert!(rendered("again.png") == first);
    let text = answer(desk.keeping().args(["cache", "--clear"]));
    assert!(text.contains("1 set of pictures or strokes removed"), "{text}");
    assert!(names(&desk.path("kept/cells")).is_empty());
    assert!(rendered("once-more.png") == first);
}

#[test]
fn columns_from_strokes_are_listed_and_the_same_again() {
    let desk = Desk { folder: TempDir::new().unwrap() };
    let line = |row: u32| format!("{{\"drawing\":[[[0,{row},9],[3,4,{row}]]]}}\n");
    fs::write(desk.path("drawn.ndjson"), (0..300).map(line).collect::<String>()).unwrap();
    let table = |name: &str| {
        let args = ["--stroke-columns", "--csv"];
        answer(desk.keeping().arg("export").arg(desk.path("drawn.ndjson")).args(args).arg(desk.path(name)));
        fs::read_to_string(desk.path(name)).unwrap()
    };
    let first = table("first.csv");
    assert!(first.lines().next().unwrap().contains("drawing.length"), "{first}");
    let listed = documents(desk.keeping().args(["cache", "--json"])).remove(0);
    let entry = &listed["cells"]["entries"][0];
    assert_eq!((&entry["name"], entry["bytes"].as_u64()), (&Value::from("strokes"), Some(32 + 300 * 80 + 8)));
    assert!(table("again.csv") == first);
}
