//! Drawings replayed: an animated PNG that other programs read, whole in the end as cairo draws them.

use super::export;
use super::outside::inkfield;
use std::fs;
use tempfile::tempdir;

/// Ten drawings, their bitmaps by cairo (`tests/strokes/cairo.py`).
const RECORDS: &str = include_str!("../strokes/expected/drawn.ndjson");
const BITMAPS: &[u8] = include_bytes!("../strokes/expected/drawn-28.npy");
const SIDE: usize = 28;

/// The pictures of an animation as palette entries, and its size, delays in ms and palette.
struct Played {
    size: [usize; 2],
    pictures: Vec<Vec<u8>>,
    delays_ms: Vec<u32>,
    palette: Vec<u8>,
}

fn played(bytes: &[u8]) -> Played {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let info = reader.info();
    let (size, palette) = ([info.width as usize, info.height as usize], info.palette.clone().unwrap().into_owned());
    let frames = info.animation_control().unwrap().num_frames;
    assert_eq!(info.animation_control().unwrap().num_plays, 0, "again and again");
    let (mut pictures, mut delays_ms) = (Vec::new(), Vec::new());
    for _ in 0..frames {
        let mut picture = vec![0; size[0] * size[1]];
        reader.next_frame(&mut picture).unwrap();
        let control = reader.info().frame_control().unwrap();
        delays_ms.push(u32::from(control.delay_num) * 1000 / u32::from(control.delay_den));
        pictures.push(picture);
    }
    Played { size, pictures, delays_ms, palette }
}

fn cell(picture: &[u8], width: usize, column: usize, line: usize) -> Vec<u8> {
    let start = |y: usize| (line * SIDE + y) * width + column * SIDE;
    (0..SIDE).flat_map(|y| picture[start(y)..start(y) + SIDE].to_vec()).collect()
}

fn mean_apart(a: &[u8], b: &[u8]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(a.abs_diff(*b))).sum::<f64>() / a.len() as f64
}

#[test]
fn a_replay_ends_with_the_drawings_and_shows_ever_more_of_them() {
    let folder = tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("drawn.npy"), BITMAPS).unwrap();
    fs::write(path("drawn.ndjson"), RECORDS).unwrap();
    export(folder.path(), "drawn.npy --replay drawn.png --columns 4");
    let played = played(&fs::read(path("drawn.png")).unwrap());
    assert_eq!(played.size, [4 * SIDE, 3 * SIDE]);
    assert_eq!((played.palette.len(), &played.palette[..3]), (768, &[0xFA, 0xF9, 0xF6][..]), "paper is the first");
    let last = played.pictures.last().unwrap();
    let bitmaps = BITMAPS[BITMAPS.len() - 10 * SIDE * SIDE..].chunks_exact(SIDE * SIDE);
    for (row, bitmap) in bitmaps.enumerate() {
        let apart = mean_apart(&cell(last, played.size[0], row % 4, row / 4), bitmap);
        assert!(apart < 0.3, "row {row}: {apart}");
    }
    assert!(cell(last, played.size[0], 3, 2).iter().all(|ink| *ink == 0), "no drawing");
    // At an even pace: the longest drawing takes 1.2 s for each side of 304 units, and 0.2 s between strokes.
    let units = |record: &str| {
        let record: serde_json::Value = serde_json::from_str(record).unwrap();
        let strokes = record["drawing"].as_array().unwrap().clone();
        let of = |stroke: &serde_json::Value| {
            let axis =
                |at: usize| stroke[at].as_array().unwrap().iter().map(|n| n.as_f64().unwrap()).collect::<Vec<_>>();
            let (x, y) = (axis(0), axis(1));
            (1..x.len()).map(|at| (x[at] - x[at - 1]).hypot(y[at] - y[at - 1])).sum::<f64>()
        };
        strokes.iter().map(of).sum::<f64>() / 304.0 * 1_200.0 + (strokes.len() - 1) as f64 * 200.0
    };
    let longest_ms = RECORDS.lines().map(units).fold(0.0, f64::max);
    assert_eq!(played.pictures.len(), (longest_ms / 50.0).ceil() as usize + 1);
    assert!(
        played.delays_ms.split_last().unwrap().1.iter().all(|ms| *ms == 50) && played.delays_ms.last() == Some(&1_500)
    );
    let ink = |picture: &Vec<u8>| picture.iter().map(|ink| u64::from(*ink)).sum::<u64>();
    let inks: Vec<u64> = played.pictures.iter().map(ink).collect();
    assert!(inks.is_sorted() && inks[0] > 0 && inks[0] * 5 < inks[inks.len() - 1], "{inks:?}");
}

#[test]
fn what_has_no_strokes_leaves_its_cell_empty_and_is_counted() {
    let folder = tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("drawn.npy"), BITMAPS).unwrap();
    let without: Vec<&str> =
        RECORDS.lines().enumerate().map(|(row, line)| if row == 1 { "{\"word\":\"x\"}" } else { line }).collect();
    fs::write(path("drawn.ndjson"), without.join("\n")).unwrap();
    let png = path("drawn.png");
    let words = ["export", "drawn.npy", "--replay", "drawn.png", "--columns", "2", "--enlarge", "2", "--rows"];
    let run = |rows: &str| inkfield().args(words).arg(rows).current_dir(folder.path()).output().unwrap();
    let some = run("0:2");
    let said = String::from_utf8_lossy(&some.stderr).into_owned();
    assert!(some.status.success() && said.contains("1 record has no strokes that can be read"), "{said}");
    let played = played(&fs::read(&png).unwrap());
    assert_eq!(played.size, [4 * SIDE, 2 * SIDE]);
    let last = played.pictures.last().unwrap();
    assert!(last.chunks(4 * SIDE).all(|line| line[2 * SIDE..].iter().all(|ink| *ink == 0)));
    assert!(last.chunks(4 * SIDE).any(|line| line[..2 * SIDE].contains(&255)));
    let before = fs::read(&png).unwrap();
    let none = run("1:2");
    let said = String::from_utf8_lossy(&none.stderr).into_owned();
    assert_eq!(none.status.code(), Some(2), "{said}");
    assert!(said.contains("there is nothing to replay"), "{said}");
    assert_eq!(fs::read(&png).unwrap(), before, "the old file stays");
}

#[test]
fn a_pattern_of_names_gives_each_picture_of_the_animation_a_file() {
    let folder = tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("drawn.ndjson"), RECORDS).unwrap();
    fs::create_dir(path("frames")).unwrap();
    let words = "drawn.ndjson --rows 2:7 --columns 4";
    export(folder.path(), &format!("{words} --replay drawn.png"));
    let animation = played(&fs::read(path("drawn.png")).unwrap());
    fs::write(path("frames/one-001.png"), "an earlier one").unwrap();
    let said = export(folder.path(), &format!("{words} --replay frames/one-%03d.png"));
    let count = animation.pictures.len();
    assert!(said.contains(&format!("replay of 5 drawings, {count} pictures, 20 a second")), "{said}");
    let mut names: Vec<_> = fs::read_dir(path("frames")).unwrap().map(|file| file.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(
        names,
        (1..=count).map(|number| format!("one-{number:03}.png").into()).collect::<Vec<std::ffi::OsString>>()
    );
    for (name, expected) in names.iter().zip(&animation.pictures) {
        let file = fs::File::open(path("frames").join(name)).unwrap();
        let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().unwrap();
        assert!(reader.info().animation_control().is_none());
        assert_eq!(reader.info().palette.as_deref(), Some(&animation.palette[..]));
        let mut picture = vec![0; expected.len()];
        reader.next_frame(&mut picture).unwrap();
        assert!(picture == *expected, "{name:?}");
    }
    let told = export(folder.path(), &format!("{words} --json --replay frames/one-%03d.png"));
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let bytes: u64 = names.iter().map(|name| path("frames").join(name).metadata().unwrap().len()).sum();
    let expected =
        serde_json::json!({"path": "frames/one-%03d.png", "bytes": bytes, "pictures": count, "per_second": 20});
    assert_eq!(told["written"]["replay"], expected);
}

#[cfg(unix)]
#[test]
fn no_picture_is_written_where_one_would_go_over_what_is_read_or_none_has_strokes() {
    let folder = tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    // Records go by their content, whatever they are called.
    fs::write(path("drawn.npy"), BITMAPS).unwrap();
    fs::write(path("drawn-3.png"), RECORDS).unwrap();
    std::os::unix::fs::symlink(path("drawn-3.png"), path("drawn.ndjson")).unwrap();
    let run =
        |words: &str| inkfield().arg("export").args(words.split(' ')).current_dir(folder.path()).output().unwrap();
    let over = run("drawn.npy --replay drawn-%d.png");
    let said = String::from_utf8_lossy(&over.stderr).into_owned();
    assert!(!over.status.success() && said.contains("a file that is being read"), "{said}");
    fs::write(path("none.ndjson"), "{\"drawing\":[]}\n".repeat(10)).unwrap();
    let none = run("drawn.npy none.ndjson --replay drawn-%d.png");
    let said = String::from_utf8_lossy(&none.stderr).into_owned();
    assert!(!none.status.success() && said.contains("there is nothing to replay"), "{said}");
    let elsewhere = run("drawn.npy --replay nowhere/drawn-%d.png");
    assert!(!elsewhere.status.success());
    let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["drawn-3.png", "drawn.ndjson", "drawn.npy", "none.ndjson"]);
}
