//! Processes of their own: what depends on a start, on memory, on a window, or must not share anything with the rest.

use super::figure::Figure;
use super::samples::Measured;
use super::{BenchError, BenchOptions, OnProgress, frames, start, window};
use crate::data::dataset::Dataset;
use std::ffi::OsString;
use std::fmt;
use std::process::{Command, Stdio};
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What such a process measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// From its start to the first and the complete picture.
    Start,
    /// The memory that showing the set takes.
    Memory,
    /// Frames, drawn the naive way.
    Naive,
    /// The real window.
    Window,
}

impl Job {
    const ALL: [Self; 4] = [Self::Start, Self::Memory, Self::Naive, Self::Window];
}

impl fmt::Display for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Start => "start",
            Self::Memory => "memory",
            Self::Naive => "naive",
            Self::Window => "window",
        })
    }
}

impl FromStr for Job {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|job| job.to_string() == text).ok_or_else(|| "there is no such job".to_owned())
    }
}

/// What only the process itself knows.
#[derive(Clone, Copy)]
pub struct Own {
    /// How long ago it was started by whoever wants to know.
    pub late: Duration,
    /// The most memory it ever held, bytes.
    pub peak_bytes: fn() -> Option<u64>,
}

/// The time since another process noted `nanos` (since 1970) and started this one.
pub fn late_since(nanos: u64) -> Duration {
    SystemTime::now()
        .duration_since(UNIX_EPOCH + Duration::from_nanos(nanos))
        // The clock was set back meanwhile: nothing is known of the time before.
        .unwrap_or_default()
}

/// Does a job in this process.
pub fn work(job: Job, options: &BenchOptions, own: Own, on: OnProgress<'_>) -> Result<Vec<Measured>, BenchError> {
    match job {
        Job::Start => start::pictures(options, own),
        Job::Memory => start::memory(options, own),
        Job::Naive => {
            let dataset = Arc::new(Dataset::open(&options.inputs, &options.open)?);
            frames::of(&dataset, options, true, &options.figures, on)
        }
        Job::Window => window::measure(options, own),
    }
}

/// Has a job done in a process of its own and returns what that measured. What goes wrong there is told on standard error.
pub fn measured(
    job: Job,
    options: &BenchOptions,
    inputs: &[OsString],
    figures: &[Figure],
    frames: u32,
) -> Result<Vec<Measured>, BenchError> {
    let program = std::env::current_exe().map_err(|source| BenchError::Io {
        doing: "find this program",
        source,
        path: "inkfield".into(),
    })?;
    let mut command = Command::new(&program);
    command.args(arguments(job, options, figures, frames)).args(inputs);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit());
    let output = command.output().map_err(|source| BenchError::Io { doing: "start", source, path: program })?;
    let failed = |how: String, code| BenchError::Worker { what: job.to_string(), how, code };
    if !output.status.success() {
        let code = output.status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
        return Err(failed(format!("failed ({})", output.status), code));
    }
    serde_json::from_slice(&output.stdout)
        .map_err(|error| failed(format!("printed something that is no measurement: {error}"), 1))
}

/// All arguments but the files.
fn arguments(job: Job, options: &BenchOptions, figures: &[Figure], frames: u32) -> Vec<OsString> {
    let [width, height] = options.size_px;
    let names: Vec<&str> = figures.iter().map(|figure| figure.name()).collect();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let mut arguments = vec![
        "bench".to_owned(),
        format!("--worker={job}"),
        format!("--since={}", now.as_nanos()),
        format!("--size={width}x{height}"),
        format!("--frames={frames}"),
    ];
    if !names.is_empty() {
        arguments.push(format!("--scenario={}", names.join(",")));
    }
    let open = &options.open;
    arguments.extend(open.rows.map(|rows| format!("--rows={rows}")));
    arguments.extend(open.shape.map(|(height, width)| format!("--shape={height}x{width}")));
    arguments.extend(open.axes.as_ref().map(|axes| format!("--axes={axes}")));
    arguments.extend(open.strict.then(|| "--strict".to_owned()));
    arguments.extend((!open.records).then(|| "--no-records".to_owned()));
    arguments.extend(open.values.range.map(|range| format!("--range={range}")));
    arguments.extend(open.values.invert.then(|| "--invert".to_owned()));
    arguments.push("--".to_owned());
    arguments.into_iter().map(OsString::from).collect()
}
