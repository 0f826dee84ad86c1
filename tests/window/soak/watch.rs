//! What a soak measures, from outside: memory, handles, threads; and the table that sums it up.

use super::Bad;
use crate::driver::Driver;
use std::path::PathBuf;

/// Growth that fails, percent.
const MOST_GROWTH: f64 = 5.0;
/// Growth is judged from so many samples on, ten minutes' worth: single ones differ by a tenth and more.
const LEAST_SAMPLES: usize = 40;
/// Handles and threads that may come and go.
const SLACK: f64 = 2.0;

/// The processes that are watched.
pub struct Watch {
    process: u32,
    out: Option<PathBuf>,
}

/// What was seen at rest.
struct Sample {
    minutes: f64,
    rss_kib: f64,
    handles: f64,
    threads: f64,
    frames: u64,
}

impl Watch {
    /// Watches the driver's program, and writes down who takes part.
    pub fn new(driver: &Driver) -> Self {
        let out = std::env::var_os("INKFIELD_SOAK_OUT").map(PathBuf::from);
        if let Some(out) = &out {
            std::fs::create_dir_all(out).unwrap();
            let all = [std::process::id(), driver.process(), driver.screen.process()];
            std::fs::write(out.join("pids"), all.map(|process| format!("{process}\n")).concat()).unwrap();
        }
        Self { process: driver.process(), out }
    }

    /// A figure of the program's status: kB or a number.
    fn status(&self, name: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process)).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.unwrap().split_whitespace().next().unwrap().parse().unwrap()
    }

    fn handles(&self) -> f64 {
        std::fs::read_dir(format!("/proc/{}/fd", self.process)).unwrap().count() as f64
    }
}

/// All that is counted.
pub struct Figures {
    seed: u64,
    watch: Watch,
    samples: Vec<Sample>,
    peak_kib: f64,
    pub minutes: f64,
    pub gestures: u64,
    pub frames: u64,
    pub hovers: u64,
    pub unjudged: u64,
    pub stale: u64,
    pub good: u64,
    pub bad: u64,
    pub exit_code: Option<i32>,
    errors: Vec<String>,
}

impl Figures {
    pub fn new(seed: u64, watch: Watch) -> Self {
        Self {
            seed,
            watch,
            samples: Vec::new(),
            peak_kib: 0.0,
            minutes: 0.0,
            gestures: 0,
            frames: 0,
            hovers: 0,
            unjudged: 0,
            stale: 0,
            good: 0,
            bad: 0,
            exit_code: None,
            errors: Vec::new(),
        }
    }

    /// Takes note of something that must not be.
    pub fn wrong(&mut self, what: String) {
        if self.errors.len() < 20 {
            eprintln!("WRONG: {what}");
            self.errors.push(what);
        }
    }

    /// Looks at the program, which is at rest.
    pub fn sample(&mut self) {
        let sample = Sample {
            minutes: self.minutes,
            rss_kib: self.watch.status("VmRSS"),
            handles: self.watch.handles(),
            threads: self.watch.status("Threads"),
            frames: self.frames,
        };
        self.peak_kib = self.watch.status("VmHWM");
        self.samples.push(sample);
        if let Some(out) = &self.watch.out {
            let line =
                |s: &Sample| format!("{:.2},{},{},{},{}\n", s.minutes, s.rss_kib, s.handles, s.threads, s.frames);
            let lines: String = self.samples.iter().map(line).collect();
            std::fs::write(out.join("samples.csv"), format!("minutes,rss_kib,handles,threads,frames\n{lines}"))
                .unwrap();
        }
    }

    /// Goes through what the program said on standard error: errors are told of bad files, and of nothing else.
    pub fn hear(&mut self, said: &str, bad: &[Bad]) {
        let is_meant =
            |line: &str| bad.iter().any(|bad| line.contains(bad.name)) || line.contains("groups cannot be shown");
        for line in said.lines() {
            if (line.contains("ERROR") && !is_meant(line)) || line.contains("panicked") {
                self.wrong(format!("on standard error: {line}"));
            }
        }
    }

    /// The medians of a figure in the tenth after warm-up (the first tenth) and in the last one.
    fn tenths(&self, of: impl Fn(&Sample) -> f64) -> Option<[f64; 2]> {
        let tenth = (self.samples.len() / 10).max(1);
        let median = |samples: &[Sample]| {
            let mut values: Vec<f64> = samples.iter().map(&of).collect();
            values.sort_by(f64::total_cmp);
            values.get(values.len() / 2).copied()
        };
        let last = self.samples.len().checked_sub(tenth)?;
        Some([median(self.samples.get(tenth..2 * tenth)?)?, median(&self.samples[last..])?])
    }

    /// Prints the table, writes it, and fails when anything was wrong.
    pub fn report(mut self) {
        let [early, late] = self.tenths(|sample| sample.rss_kib).unwrap_or([f64::NAN; 2]);
        let growth = (late / early - 1.0) * 100.0;
        let handles = self.tenths(|sample| sample.handles).unwrap_or([f64::NAN; 2]);
        let threads = self.tenths(|sample| sample.threads).unwrap_or([f64::NAN; 2]);
        if self.samples.len() >= LEAST_SAMPLES && growth > MOST_GROWTH {
            self.wrong(format!("memory grew by {growth:.1} %, from {early} to {late} KiB"));
        }
        for (what, [first, last]) in [("handles", handles), ("threads", threads)] {
            if last > first + SLACK {
                self.wrong(format!("{what} grew from {first} to {last}"));
            }
        }
        if self.exit_code != Some(0) {
            self.wrong(format!("the program ended with {:?}", self.exit_code));
        }
        let rows = [
            ("seed", self.seed.to_string()),
            ("minutes", format!("{:.1}", self.minutes)),
            ("gestures", self.gestures.to_string()),
            ("frames", self.frames.to_string()),
            ("hovers checked against the oracle", self.hovers.to_string()),
            ("hovers while the nearest drawing was not read yet (not checked)", self.unjudged.to_string()),
            ("stale hovers", self.stale.to_string()),
            ("good files opened", self.good.to_string()),
            ("bad files opened", self.bad.to_string()),
            ("samples at rest", self.samples.len().to_string()),
            ("peak memory, MiB", format!("{:.0}", self.peak_kib / 1024.0)),
            ("memory at rest after warm-up, at the end, MiB", format!("{:.1}, {:.1}", early / 1024.0, late / 1024.0)),
            ("growth, %", format!("{growth:+.1}")),
            ("handles after warm-up, at the end", format!("{}, {}", handles[0], handles[1])),
            ("threads after warm-up, at the end", format!("{}, {}", threads[0], threads[1])),
            ("exit code", self.exit_code.map_or("none".to_owned(), |code| code.to_string())),
            ("errors", self.errors.len().to_string()),
        ];
        let lines = rows.map(|(what, value)| format!("| {what} | {value} |\n")).concat();
        let table = format!("| soak | |\n| --- | ---: |\n{lines}");
        eprintln!("{table}");
        if let Some(out) = &self.watch.out {
            std::fs::write(out.join("summary.md"), &table).unwrap();
        }
        assert!(self.errors.is_empty(), "{}", self.errors.join("\n"));
    }
}
