//! Row 15: memory is foretold, and where it is short the program says so and ends by itself.
#![cfg(target_os = "linux")]

use super::Folder;
use super::outside::{answer, binary, gpu, inkfield, names};
use super::told::Told;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::memory::Needs;
use serde_json::Value;
use std::process::{Command, Output};

/// Runs the program in an address space of so many KiB.
fn within(kib: u64, arguments: &str, folder: &Folder) -> Output {
    let script = format!("ulimit -v {kib} && exec \"$0\" {arguments}");
    Command::new("sh").arg("-c").arg(script).arg(binary()).current_dir(folder.0.path()).output().unwrap()
}

/// What it says when it ends for want of memory.
fn refusal(run: &Output, case: &str) -> String {
    let text = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(1), "{case}: {:?} {text}", run.status);
    text.trim_end()
        .rsplit('\n')
        .next()
        .unwrap()
        .strip_prefix("error: ")
        .unwrap_or_else(|| panic!("{case}: {text}"))
        .to_owned()
}

fn number(text: &str) -> u64 {
    text.replace(',', "").parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

#[test]
fn faults_15_what_does_not_fit_is_refused_with_the_numbers() {
    let row = Told::row(15);
    let folder = Folder::new();
    for (arguments, drawings, bytes_each) in [
        ("locate demo:60000000 --row 5", "60,000,000 drawings", 24),
        ("table demo:60000000 --columns countrycode", "60,000,000 drawings", 48),
        ("info demo:60000000", "60,000,000 drawings", 48),
        ("render demo:60000000 --out never.png", "60,000,000 drawings", 24),
    ] {
        let told = row.values(&refusal(&within(600_000, arguments, &folder), arguments));
        assert_eq!((told[0].as_str(), told[3].as_str()), (drawings, "address space, `ulimit -v`"), "{arguments}");
        let (needed, left) = (number(&told[1]), number(&told[2]));
        assert!(needed >= (60_000_000 * bytes_each) >> 20 && left < 600_000 >> 10, "{arguments}: {told:?}");
    }
    let told = row.values(&refusal(&within(600_000, "render demo:10 --out never.png", &folder), "render"));
    // Fewer drawings would be no help.
    assert!(told[0] == "a GPU driver" && number(&told[1]) >= 1024, "{told:?}");
    let told = row.values(&refusal(&within(600_000, "doctor", &folder), "doctor"));
    assert!(told[0] == "a GPU driver" && number(&told[1]) >= 1024, "{told:?}");
    assert!(names(folder.0.path()).is_empty());
    row.all();
}

/// Files that claim more than they hold: what they are unpacked to was asked for before it was known whether there is as much.
#[test]
fn faults_15_a_file_that_asks_for_more_than_there_is_ends_in_no_crash() {
    let folder = Folder::new();
    let found = |name: &str| format!("{}/tests/fuzz/found/{name}", env!("CARGO_MANIFEST_DIR"));
    for mib in [300, 450, 600, 800, 1_000, 1_400] {
        for name in ["memory.parquet", "memory.gif"] {
            let run = within(mib << 10, &format!("info '{}'", found(name)), &folder);
            let said = String::from_utf8_lossy(&run.stderr).into_owned();
            assert!(matches!(run.status.code(), Some(0..=2)), "{name} in {mib} MiB: {:?} {said}", run.status);
            let is_short = said.contains("it has a page that takes 1.4 GB of memory, more than is left");
            assert!(name == "memory.gif" || is_short || mib < 800, "{name} in {mib} MiB: {said}");
        }
    }
}

/// From hardly enough to start to plenty: a good end, or one with a sentence; never a signal.
#[test]
fn faults_15_no_limit_of_the_address_space_ends_in_a_crash() {
    let row = Told::row(15);
    let folder = Folder::new();
    let word = "long ".repeat(400);
    let lines: Vec<String> = (0..20_000).map(|row| format!("{{\"word\":\"{word}{row}\"}}")).collect();
    folder.ant(20_000, lines.join("\n").as_bytes());
    // Where the program itself, which a debug build makes large, finds no room, what is said is the system's.
    let all = [48, 64, 80, 96, 112, 128, 144, 160, 192, 224, 256, 320, 400, 600, 800, 1000, 1200, 1400, 1800, 4000];
    let starts = |mib: &u64| within(mib << 10, "--version", &folder).status.success();
    let limits: Vec<u64> = all.into_iter().skip_while(|mib| !starts(mib)).collect();
    assert!(limits.first().is_some_and(|mib| *mib <= 96), "it starts within {:?} MiB", limits.first());
    for arguments in [
        "info demo:1000",
        "info demo:2000000 --json",
        // 40 MB of texts, of which no header tells.
        "info ant.npy",
        "demo --count 3000 --out written",
        "render demo:1000 --size 200x200 --out picture.png",
        "render demo:100000 --size 200x200 --out picture.png",
        "pick demo:1000 --at 5,5",
    ] {
        let mut good = 0;
        for &mib in &limits {
            if (arguments.starts_with("render") || arguments.starts_with("pick")) && !gpu() {
                continue;
            }
            let case = format!("{arguments} within {mib} MiB");
            let run = within(mib << 10, arguments, &folder);
            std::fs::remove_dir_all(folder.path("written")).ok();
            if run.status.code() == Some(0) {
                good += 1;
                continue;
            }
            let told = row.values(&refusal(&run, &case));
            assert!(number(&told[1]) > number(&told[2]) && number(&told[2]) < mib, "{case}: {told:?}");
        }
        assert!(good > 0 || !gpu(), "{arguments} needs no 4 GiB");
    }
}

/// A drawing of 28 × 28 lies on the GPU as 14² + 7² + 4² + 2² + 1 texels of 4 bytes, with 4 bytes of its row's and 12 of where
/// it is; and there is a page's rest.
#[test]
fn faults_15_info_foretells_what_the_window_needs() {
    let drawing = (14 * 14 + 7 * 7 + 4 * 4 + 2 * 2 + 1) * 4 + 4 + 12;
    for rows in [1000_u64, 150_152] {
        let name = format!("demo:{rows}");
        let told: Value = serde_json::from_str(&answer(inkfield().args(["info", &name, "--json"]))).unwrap();
        let gpu_bytes = told["memory"]["gpu_bytes"].as_u64().unwrap();
        let cpu_bytes = told["memory"]["cpu_bytes"].as_u64().unwrap();
        assert!(gpu_bytes >= rows * drawing && gpu_bytes < rows * drawing * 11 / 10 + (8 << 20), "{gpu_bytes}");
        assert!(cpu_bytes >= rows * (23 + 48) && cpu_bytes < rows * 200, "{cpu_bytes}");
        let words = answer(inkfield().args(["info", &name]));
        let mib = |bytes: u64| bytes.div_ceil(1 << 20);
        let last =
            format!("the window needs about {} MiB of memory and {} MiB on the GPU", mib(cpu_bytes), mib(gpu_bytes));
        assert_eq!(words.lines().last(), Some(last.as_str()));
    }
}

/// What was foretold holds: a picture of a million drawings takes no more than that, and what none takes.
#[test]
fn faults_15_a_picture_takes_what_was_foretold() {
    if !gpu() {
        return;
    }
    let folder = Folder::new();
    let rendered = |rows: u32| {
        let out = folder.path("picture.png");
        let name = format!("demo:{rows}");
        let render = ["render", &name, "--size", "200x200", "--json", "--timings", "--out"];
        let told: Value = serde_json::from_str(&answer(inkfield().args(render).arg(out))).unwrap();
        told["timings"]["peak_memory_bytes"].as_u64().unwrap()
    };
    let told: Value = serde_json::from_str(&answer(inkfield().args(["info", "demo:200000", "--json"]))).unwrap();
    let foretold = told["memory"]["gpu_bytes"].as_u64().unwrap() + told["memory"]["cpu_bytes"].as_u64().unwrap();
    let dataset = Dataset::open(&["demo:200000"], &OpenOptions::default()).unwrap();
    let on_the_way = Needs::of(&dataset).unwrap().on_the_way_bytes;
    let more = rendered(200_000).saturating_sub(rendered(1_000));
    // Drawings on their way come on top of either, by as many as there are threads.
    assert!(
        more < foretold + on_the_way,
        "{more} bytes more than for a thousand; {foretold}, and {on_the_way} on their way, were foretold"
    );
}
