//! `bench`: figures with their names and quantiles, what is refused, and nothing left behind. No time is asserted.

use super::{complaint, documents, gpu, inkfield, names};
use inkfield::bench::cases::ALIKE;
use inkfield::scene::layout::LAYOUTS;
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

const FIGURES: [(&str, &str); 25] = [
    ("read_bitmaps", "s"),
    ("read_records", "s"),
    ("first_picture", "ms"),
    ("complete", "ms"),
    ("overview_dots", "ms"),
    ("overview_thumbnails", "ms"),
    ("overview_27997", "ms"),
    ("visible_10pct", "ms"),
    ("visible_1pct", "ms"),
    ("visible_001pct", "ms"),
    ("moving", "ms"),
    ("layout_switch", "ms"),
    ("gliding", "ms"),
    ("settle", "ms"),
    ("hover_pick", "ms"),
    ("hover_frame", "ms"),
    ("recolour", "ms"),
    ("filter_toggle", "ms"),
    ("lasso_half", "ms"),
    ("facet_counts", "ms"),
    ("type_query", "ms"),
    ("find_as_you_type", "ms"),
    ("peak_memory", "MiB"),
    ("idle_frames", "frames"),
    ("idle_cpu", "%"),
];

/// Small enough to be quick on a software GPU.
const QUICK: [&str; 4] = ["demo:2000", "--frames=3", "--size", "320x200"];

/// Holds a figure's quantiles against each other; returns its median where it was measured.
fn check(figure: &Value) -> Option<f64> {
    let value = |key: &str| figure[key].as_f64();
    let count = figure["n"].as_u64().unwrap();
    let [p50, p95, p99, max] = ["p50", "p95", "p99", "max"].map(value);
    if count == 0 {
        assert_eq!([p50, p95, p99, max], [None; 4], "{figure}");
        return None;
    }
    assert!(0.0 <= p50.unwrap() && p50 <= p95 && p95 <= p99 && p99 <= max, "{figure}");
    p50
}

#[test]
fn every_figure_is_told_with_its_quantiles_and_its_baseline() {
    if !gpu() {
        return;
    }
    let temp = TempDir::new().unwrap();
    let mut bench = inkfield();
    bench.arg("bench").args(QUICK).args(["--baseline", "--json"]).env("TMPDIR", temp.path());
    let [told] = &documents(&mut bench)[..] else { panic!("one document") };
    assert_eq!((told["rows"].as_u64(), &told["size_px"]), (Some(2000), &serde_json::json!([320, 200])));
    assert!(!told["adapter"].as_str().unwrap().is_empty());
    let results = told["results"].as_array().unwrap();
    let told_names: Vec<_> =
        results.iter().map(|figure| (figure["name"].as_str().unwrap(), figure["unit"].as_str().unwrap())).collect();
    assert_eq!(told_names, FIGURES);
    for figure in results {
        let name = figure["name"].as_str().unwrap();
        let measured = check(figure);
        let unknown = name.starts_with("idle") || (name == "peak_memory" && !cfg!(target_os = "linux"));
        assert_eq!(measured.is_none(), unknown, "{figure}");
        let frames = FIGURES[4..19].iter().any(|&(drawn, _)| drawn == name);
        assert_eq!(figure["baseline_p50"].as_f64().is_some_and(|ms| ms > 0.0), frames, "{figure}");
        let expected = match name {
            // One in five.
            "settle" | "layout_switch" => 1,
            _ if unknown => 0,
            _ => 3,
        };
        assert_eq!(figure["n"], expected, "{figure}");
    }
    let median = |name: &str| results.iter().find(|figure| figure["name"] == name).unwrap()["p50"].as_f64().unwrap();
    assert!(median("first_picture") <= median("complete"), "{told}");
    assert!(median("read_bitmaps") > 0.0 || median("read_records") > 0.0, "{told}");
    assert_eq!(names(temp.path()), [""; 0], "the files it has written are gone");
}

#[test]
fn the_table_tells_what_was_asked_for_and_what_it_needs_to_be_read() {
    if !gpu() {
        return;
    }
    let scenario = ["--scenario", "visible_10pct,read_bitmaps,read_set"];
    let table = super::answer(inkfield().arg("bench").args(QUICK).args(scenario));
    let line = |start: &str| table.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{table}"));
    assert!(line("2,000 drawings at 320x200 on ").len() > 40, "{table}");
    assert!(line("a full-screen pass takes ").contains("2.9 on the reference machine"), "{table}");
    // The slowest of the layouts is the figure.
    let median = |start: &str| -> f64 {
        let numbers = line(start)[start.len()..].split_whitespace().next().unwrap();
        numbers.replace(',', "").parse().unwrap()
    };
    let layouts = LAYOUTS.iter().filter(|kind| kind.by_count() < 2 && !ALIKE.contains(kind));
    let slowest = layouts.map(|kind| median(&format!("  {kind} "))).fold(0.0, f64::max);
    assert!((median("visible_10pct ms") - slowest).abs() < 1e-9, "{table}");
    assert!(line("read_bitmaps s").ends_with("rows/s") && line("read_set s").ends_with("rows/s"), "{table}");
    assert!(table.contains("p99 is left out where there are fewer than 1,000 samples"), "{table}");
    for other in ["moving", "hover_pick", "target", "naive"] {
        assert!(!table.contains(other), "{other}: {table}");
    }
}

/// What lies in a folder of temporary files while the bench writes and measures, at any time.
fn written_during(args: &[&str]) -> Vec<String> {
    let temp = TempDir::new().unwrap();
    let mut bench = inkfield();
    bench.arg("bench").args(QUICK).args(args).env("TMPDIR", temp.path());
    let mut child = std::process::Command::new(bench.get_program())
        .args(bench.get_args())
        .env("TMPDIR", temp.path())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut seen = std::collections::BTreeSet::new();
    while child.try_wait().unwrap().is_none() {
        for folder in fs::read_dir(temp.path()).unwrap().filter_map(Result::ok) {
            let files = fs::read_dir(folder.path()).into_iter().flatten().filter_map(Result::ok);
            seen.extend(files.map(|file| file.file_name().to_string_lossy().into_owned()));
        }
        std::thread::yield_now();
    }
    seen.into_iter().filter(|name| !name.starts_with('.')).collect()
}

#[test]
fn records_are_written_only_for_figures_that_read_them() {
    if !gpu() {
        return;
    }
    assert_eq!(written_during(&["--scenario", "overview_dots,read_bitmaps"]), ["octopus.npy"]);
    assert_eq!(written_during(&["--scenario", "read_records", "--no-records"]), ["octopus.npy"]);
    assert_eq!(written_during(&["--scenario", "read_records"]), ["octopus.ndjson", "octopus.npy"]);
}

#[test]
fn crowds_are_measured_where_they_are_dense() {
    if !gpu() {
        return;
    }
    let table = super::answer(inkfield().arg("bench").args(QUICK).args(["--scenario", "visible_1pct,hover_pick"]));
    for kind in LAYOUTS.iter().filter(|kind| kind.by_count() > 1) {
        for pair in ["log-normal", "two flags"] {
            assert_eq!(table.matches(&format!("  {kind}, {pair} ")).count(), 2, "{table}");
        }
    }
}

#[test]
fn a_plot_holds_a_panel_per_figure_and_is_refused_before_anything_is_measured() {
    let dir = TempDir::new().unwrap();
    let plot =
        ["bench", "--sizes", "300,3000", "--frames=2", "--size", "200x100", "--scenario", "overview_dots,moving"];
    let nowhere = dir.path().join("missing/plot.svg");
    let text = complaint(inkfield().args(plot).arg("--plot").arg(&nowhere), 1);
    assert!(text.contains("cannot write the plot") && text.ends_with("plot.svg"), "{text}");
    if !gpu() {
        return;
    }
    let path = dir.path().join("plot.svg");
    let told = documents(inkfield().args(plot).args(["--json", "--plot"]).arg(&path));
    let rows: Vec<_> = told.iter().map(|run| run["rows"].as_u64().unwrap()).collect();
    assert_eq!(rows, [300, 3000]);
    let svg = fs::read_to_string(&path).unwrap();
    for text in [">overview_dots, ms<", ">moving, ms<", ">drawings<", ">100<", ">10k<", "200 × 100 pixels"] {
        assert!(svg.contains(text), "{text}");
    }
    assert!(!svg.contains("NaN") && !svg.contains("read_bitmaps") && svg.trim_end().ends_with("</svg>"));
    // A median per figure and size.
    assert_eq!(svg.matches("r=\"2.8\"").count(), 4);
}

#[test]
fn wrong_measurements_are_refused_with_what_there_is() {
    let text = complaint(inkfield().args(["bench", "demo:10", "--scenario", "moving,flying"]), 2);
    assert!(text.contains("flying") && FIGURES.iter().all(|(name, _)| text.contains(name)), "{text}");
    let text = complaint(inkfield().args(["bench", "demo:10", "--scenario", "idle_cpu"]), 2);
    assert!(text.contains("--window"), "{text}");
    for wrong in [
        &["demo:10", "--frames", "0"][..],
        &["demo:10", "--baseline", "--window"],
        &["demo:10", "--plot", "a.svg"],
        &["demo:10", "--sizes", "100"],
        &["demo:ten"],
        &[],
    ] {
        complaint(inkfield().arg("bench").args(wrong), 2);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_missing_is_told_before_the_measuring() {
    let text = complaint(super::without_gpu().args(["bench", "demo:10", "--frames=1"]), 1);
    assert!(text.contains("no GPU adapter"), "{text}");
    if gpu() {
        let text = complaint(inkfield().arg("bench").args(QUICK).arg("--window"), 1);
        assert!(text.contains("no display") && text.contains("the process that measured window"), "{text}");
    }
}

#[test]
fn comparing_drawings_is_measured_where_it_is_named() {
    if !gpu() {
        return;
    }
    let names = ["codes", "similar_pinned", "similar_gpu", "graph", "pca", "map", "sorted", "clusters"];
    let told =
        documents(inkfield().arg("bench").args(QUICK).args(["--json", "--scenario", &names.join(",")])).remove(0);
    let results = told["results"].as_array().unwrap();
    assert_eq!(results.iter().map(|figure| figure["name"].as_str().unwrap()).collect::<Vec<_>>(), names);
    for figure in results {
        assert!(check(figure).unwrap() > 0.0, "{figure}");
    }
    assert_eq!(results[1]["n"], 3);
    // What they are worth stands beside their times.
    let table = inkfield().arg("bench").args(QUICK).args(["--scenario", "map,sorted"]).output().unwrap();
    let table = String::from_utf8(table.stdout).unwrap();
    assert!(table.contains("trust 0.") && table.contains("DPQ16 0."), "{table}");
}
