//! Layouts on the command line: sorted grids, timelines, places from files, proportions of plots, axes.

use super::{answer, complaint, documents, inkfield, write_npy};
use assert_cmd::Command;
use tempfile::TempDir;

/// Six drawings; `score` is greatest in row 4 and missing in row 2, times run backwards.
fn six() -> TempDir {
    let folder = TempDir::new().unwrap();
    write_npy(&folder.path().join("six.npy"), "(6, 8, 8)", &[200; 384]);
    let scores = ["3", "1", "null", "3", "9.5", "-2"];
    let line = |(row, score): (usize, &&str)| {
        format!("{{\"score\": {score}, \"when\": \"2017-03-0{}T00:00:00Z\", \"id\": \"{}\"}}\n", 9 - row, 100 + row)
    };
    let lines: String = scores.iter().enumerate().map(line).collect();
    std::fs::write(folder.path().join("six.ndjson"), lines).unwrap();
    folder
}

fn run(folder: &TempDir, args: &[&str]) -> Command {
    let mut run = inkfield();
    run.current_dir(folder.path()).args(args);
    run
}

/// The rows from left to right by what `locate` says.
fn from_the_left(folder: &TempDir, more: &[&str]) -> Vec<u64> {
    let rows = [
        "locate", "six.npy", "--json", "--row", "0", "--row", "1", "--row", "2", "--row", "3", "--row", "4", "--row",
        "5",
    ];
    let mut places: Vec<(f64, u64)> = documents(&mut run(folder, &[&rows[..], more].concat()))
        .into_iter()
        .map(|place| (place["x_px"].as_f64().unwrap(), place["row"].as_u64().unwrap()))
        .collect();
    places.sort_by(|a, b| a.0.total_cmp(&b.0));
    places.into_iter().map(|(_, row)| row).collect()
}

#[test]
fn rows_are_sorted_by_a_column_missing_values_last() {
    let folder = six();
    let one_line = ["--columns", "6"];
    let sorted = |by: &str| from_the_left(&folder, &[&one_line[..], &["--sort", by]].concat());
    assert_eq!(sorted("score"), [5, 1, 0, 3, 4, 2]);
    assert_eq!(sorted("score:desc"), [4, 0, 3, 1, 5, 2]);
    assert_eq!(sorted("when"), [5, 4, 3, 2, 1, 0]);
    let text = complaint(&mut run(&folder, &["locate", "six.npy", "--row", "0", "--sort", "size"]), 2);
    assert!(text.contains("cannot sort by size: there is no such column; known are score, when, id"), "{text}");
    let text = complaint(&mut run(&folder, &["locate", "six.npy", "--no-records", "--row", "0", "--sort", "size"]), 2);
    assert!(text.contains("cannot sort: there are no records to sort by"), "{text}");
}

#[test]
fn a_timeline_goes_by_the_first_time_and_says_so() {
    let folder = six();
    // Each has a column of its own.
    assert_eq!(from_the_left(&folder, &["--layout", "timeline"]), [5, 4, 3, 2, 1, 0]);
    let text =
        complaint(&mut run(&folder, &["locate", "six.npy", "--row", "0", "--layout", "timeline", "--by", "score"]), 2);
    assert!(text.contains("cannot place by score on a timeline"), "{text}");
}

#[test]
fn places_come_from_a_file_by_row_or_by_id() {
    let folder = six();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("by_row.csv", "x,y\n5,0\n4,0\n3,1\n2,0\n1,0\n0,0\n");
    let placed = |name: &str| from_the_left(&folder, &["--layout", "file", "--positions", name]);
    assert_eq!(placed("by_row.csv"), [5, 4, 3, 2, 1, 0]);
    let objects = [0, 1, 2, 3, 4, 5].map(|i| format!("{{\"id\": \"{}\", \"x\": {i}, \"y\": 0}}\n", 105 - i));
    write("by_id.ndjson", &objects.concat());
    assert_eq!(placed("by_id.ndjson"), [5, 4, 3, 2, 1, 0]);
    write("short.csv", "x,y\n5,0\n");
    for (name, said) in [
        ("short.csv", "it has 1 place, and there are 6 drawings: one place a drawing is needed, or a column `row`"),
        ("missing.npy", "no such file"),
    ] {
        let args = ["locate", "six.npy", "--row", "0", "--layout", "file", "--positions", name];
        let text = complaint(&mut run(&folder, &args), 2);
        assert!(
            text.contains("cannot place by a file: ") && text.contains(said) && text.trim_end().ends_with(name),
            "{text}"
        );
    }
    let text = complaint(&mut run(&folder, &["locate", "six.npy", "--row", "0", "--layout", "file"]), 2);
    assert!(text.contains("with --positions"), "{text}");
    // Of a slice, the places of its rows.
    let slice = [
        "locate",
        "six.npy",
        "--rows",
        "2:4",
        "--json",
        "--row",
        "0",
        "--row",
        "1",
        "--layout",
        "file",
        "--positions",
        "by_row.csv",
    ];
    let x: Vec<f64> =
        documents(&mut run(&folder, &slice)).iter().map(|place| place["x_px"].as_f64().unwrap()).collect();
    assert!(x[1] < x[0], "{x:?}");
}

#[test]
fn new_drawings_are_placed_on_a_map_that_was_arranged_before() {
    let folder = TempDir::new().unwrap();
    let before = ["arrange", "demo:80:1", "--rows", "0:60", "--layout", "map"];
    let after = ["arrange", "demo:80:1", "--layout", "map", "--json", "--only-place"];
    let placed = |name: &str, more: &[&str]| {
        let told = answer(&mut run(&folder, &[&before[..], more].concat()));
        std::fs::write(folder.path().join(name), &told).unwrap();
        documents(&mut run(&folder, &[&after[..], &[name]].concat())).remove(0)
    };
    let [json, csv] = [placed("map.json", &["--json"]), placed("map.csv", &[])];
    assert_eq!((json["x"].as_array().unwrap().len(), &json["quality"]), (80, &serde_json::Value::Null));
    assert_eq!(json, csv, "either file is the same map");
    let text = complaint(&mut run(&folder, &["arrange", "demo:80:1", "--layout", "map", "--only-place", "no.csv"]), 2);
    assert!(text.contains("cannot place on the map of a file: there is no such file"), "{text}");
}

#[test]
fn places_of_a_slice_are_those_of_its_own_rows() {
    let folder = TempDir::new().unwrap();
    let slice = ["arrange", "demo:80:1", "--rows", "20:60", "--layout", "map"];
    for (name, form) in [("map.csv", &[][..]), ("map.json", &["--json"])] {
        let told = answer(&mut run(&folder, &[&slice[..], form].concat()));
        std::fs::write(folder.path().join(name), &told).unwrap();
    }
    let lines = std::fs::read_to_string(folder.path().join("map.csv")).unwrap();
    let numbers: Vec<u32> =
        lines.lines().skip(1).map(|line| line.split(',').next().unwrap().parse().unwrap()).collect();
    assert_eq!(numbers, (20..60).collect::<Vec<_>>());
    let of = |rows: &str, positions: &str| {
        let args = ["arrange", "demo:80:1", "--rows", rows, "--layout", "file", "--json", "--positions", positions];
        documents(&mut run(&folder, &args)).remove(0)["x"].as_array().unwrap().clone()
    };
    let x = |at: &serde_json::Value| at.as_f64().unwrap();
    for name in ["map.json", "map.csv"] {
        let (own, whole, other) = (of("20:60", name), of("0:80", name), of("40:80", name));
        assert_eq!((own.len(), whole.len(), other.len()), (40, 80, 40));
        // A plot begins at 0; what has no place stands left of it.
        assert!(own.iter().all(|at| x(at) >= 0.0));
        let placed = |all: &[serde_json::Value]| all.iter().map(|at| x(at) >= 0.0).collect::<Vec<_>>();
        assert_eq!(placed(&whole), (0..80).map(|row| (20..60).contains(&row)).collect::<Vec<_>>());
        assert_eq!(placed(&other), (40..80).map(|row| row < 60).collect::<Vec<_>>());
    }
    assert_eq!(of("20:60", "map.csv"), of("20:60", "map.json"));
    assert_eq!(of("0:80", "map.csv"), of("0:80", "map.json"));
    // A sorted grid says which row it calls 0.
    let sorted = ["arrange", "demo:80:1", "--rows", "20:60", "--layout", "sorted", "--json"];
    let sorted = documents(&mut run(&folder, &sorted)).remove(0);
    let cells = sorted["cells"].as_array().unwrap();
    let mut rows: Vec<u64> = cells.iter().filter_map(serde_json::Value::as_u64).collect();
    rows.sort_unstable();
    assert_eq!((&sorted["first_row"], rows), (&20.into(), (0..40).collect()));
}

#[test]
fn ink_places_drawings_by_amount_and_spread_once_all_are_read() {
    let folder = TempDir::new().unwrap();
    // All ink, a chequerboard, none; twice.
    let ink: Vec<u8> = (0..384).map(|i| [255, 255 * u8::from((i / 8 + i) % 2 == 0), 0][i / 64 % 3]).collect();
    write_npy(&folder.path().join("three.npy"), "(6, 8, 8)", &ink);
    let args = ["three.npy", "--layout", "ink", "--size", "400x300"];
    let locate = [&["locate", "--json", "--row", "0", "--row", "1", "--row", "2"][..], &args].concat();
    let places: Vec<[f64; 2]> = documents(&mut run(&folder, &locate))
        .iter()
        .map(|place| ["x_px", "y_px"].map(|at| place[at].as_f64().unwrap()))
        .collect();
    let [all, half, none] = places[..] else { panic!("{places:?}") };
    // 0, ½ and 1 to the right; the chequerboard alone varies.
    assert!((all[0] - half[0] - (half[0] - none[0])).abs() < 0.01 && none[0] < half[0], "{places:?}");
    assert!((all[1] - none[1]).abs() < 0.01 && half[1] < all[1] - 100.0, "{places:?}");
    if super::gpu() {
        let at = format!("{},{}", half[0], half[1]);
        let pick = [&["pick", "--json", "--at", &at][..], &args].concat();
        // Of two on one place the higher row is on top.
        assert_eq!(documents(&mut run(&folder, &pick))[0]["row"], 4);
    }
}

#[test]
fn a_plot_that_fits_fills_the_picture_within_its_margins() {
    let folder = six();
    let ends = |more: &[&str]| {
        let args =
            ["locate", "six.npy", "--json", "--row", "0", "--row", "5", "--layout", "index", "--size", "350x100"];
        let places = documents(&mut run(&folder, &[&args[..], more].concat()));
        places[1]["x_px"].as_f64().unwrap() - places[0]["x_px"].as_f64().unwrap()
    };
    // From the middle of the first sixth to that of the last: 12 px stay free on each side.
    assert!((ends(&["--aspect", "fit"]) - 326.0 * 5.0 / 6.0).abs() < 0.01);
    assert!((ends(&[]) - 76.0 * 1.6 * 5.0 / 6.0).abs() < 0.01);
    assert!((ends(&["--aspect", "2:1"]) - 76.0 * 2.0 * 5.0 / 6.0).abs() < 0.01);
    let text = complaint(&mut run(&folder, &["locate", "six.npy", "--row", "0", "--aspect", "wide"]), 2);
    assert!(text.contains("as in `16:10`, or `fit`"), "{text}");
}

#[test]
fn logarithmic_axes_leave_out_what_has_no_logarithm_and_a_picture_says_so() {
    let folder = six();
    let xy = ["--layout", "xy", "--by", "score,when", "--log", "x"];
    // Rows 2 (none) and 5 (below 0) stand left of the plot, 3 and 0 on one place.
    let order = from_the_left(&folder, &xy);
    assert_eq!(order[2..], [1, 0, 3, 4], "{order:?}");
    if super::gpu() {
        let args = [&["render", "six.npy", "--out", "a.png", "--size", "100x100"][..], &xy].concat();
        let told = run(&folder, &args).assert().success().get_output().stderr.clone();
        let told = String::from_utf8(told).unwrap();
        assert!(told.contains("without a value of score above 0: 2 rows, left of the plot"), "{told}");
        let sorted = ["render", "six.npy", "--out", "b.png", "--size", "100x100", "--sort", "score"];
        let told = run(&folder, &sorted).assert().success().get_output().stderr.clone();
        let told = String::from_utf8(told).unwrap();
        assert!(told.contains("without a value of score: 1 row, at the end"), "{told}");
        answer(&mut run(&folder, &["pick", "six.npy", "--sort", "score:desc", "--columns", "6", "--at", "640,400"]));
    }
    let text = complaint(&mut run(&folder, &["locate", "six.npy", "--row", "0", "--log", "z"]), 2);
    assert!(text.contains("`x`, `y` or `x,y`"), "{text}");
}
