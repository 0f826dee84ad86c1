//! The table that is printed: a line per figure, its cases below it, and what must be known to read it.

use super::figure::Figure;
use super::report::Report;
use super::samples::{Measured, P99_SAMPLES, Summary, judged};
use super::yardstick::REFERENCE_MS;
use crate::words::thousands;

/// Yardsticks that differ by more than this factor were not measured on a quiet machine.
const NOISY: f64 = 1.25;

impl Report {
    /// The table as text.
    pub fn table(&self) -> String {
        let [before, after] = self.yardstick_ms;
        let mut text = format!(
            "{} drawings at {}x{} on {}\n\
             a full-screen pass takes {before:.2} ms, {after:.2} at the end; {REFERENCE_MS} on the reference machine\n",
            thousands(self.rows.into()),
            self.size_px[0],
            self.size_px[1],
            self.adapter,
        );
        text += &format!(
            "frames are {}\n",
            if self.window { "presented in the window" } else { "finished on the GPU, without a window" }
        );
        let naive = if self.baseline.is_empty() { "" } else { "   naive p50" };
        text += &format!("\n{:<28}{:>9}{:>9}{:>9}{:>9}{:>7}{naive}\n", "", "p50", "p95", "p99", "max", "n");
        for &figure in &self.figures {
            text += &self.lines_of(figure);
        }
        text += &self.notes();
        text
    }

    fn lines_of(&self, figure: Figure) -> String {
        let cases = self.cases_of(figure);
        let name = format!("{figure} {}", figure.unit());
        let Some((of, summary)) = judged(&cases).and_then(|of| Some((of, of.summary()?))) else {
            return format!("{name:<28}not measured: {}\n", self.why_missing(figure));
        };
        let own = |case: &Measured| if cases.len() == 1 { said(case) } else { String::new() };
        let mut text = self.line(&name, of, &summary, &[self.verdict(figure, &summary), own(of)]);
        for case in cases.iter().filter(|_| cases.len() > 1) {
            let Some(summary) = case.summary() else { continue };
            text += &self.line(&format!("  {}", case.case), case, &summary, &[said(case)]);
        }
        text
    }

    fn line(&self, name: &str, of: &Measured, summary: &Summary, more: &[String]) -> String {
        let number = |value| number(value, of.figure);
        let p99 = if summary.n < P99_SAMPLES { "–".to_owned() } else { number(summary.p99) };
        // The naive way has a column where it was measured.
        let ratio = if self.baseline.is_empty() { String::new() } else { format!("   {:<16}", self.ratio(of)) };
        let text = format!(
            "{name:<28}{:>9}{:>9}{p99:>9}{:>9}{:>7}{ratio}   {}",
            number(summary.p50),
            number(summary.p95),
            number(summary.max),
            thousands(summary.n as u64),
            join(more),
        );
        format!("{}\n", text.trim_end())
    }

    /// How the naive way compares: "1,204 (× 31.0)".
    fn ratio(&self, of: &Measured) -> String {
        let (Some(naive), Some(own)) = (self.baseline_p50(of), of.summary()) else { return String::new() };
        format!("{} (× {:.1})", number(naive, of.figure), naive / own.p50.max(1e-9))
    }

    /// The target, scaled, and whether it is met.
    fn verdict(&self, figure: Figure, summary: &Summary) -> String {
        if !self.has_targets() {
            return String::new();
        }
        let target = figure.target();
        // A faster machine is held to the same targets, not to stricter ones.
        let factor = if target.scales { self.slowness().max(1.0) } else { 1.0 };
        let of = |name: &str, limit: Option<f64>, value: f64| {
            let limit = limit? * factor;
            let word = if value <= limit { "met" } else { "missed" };
            Some(format!("{name} ≤ {} {word}", number(limit, figure)))
        };
        let parts = [of("p50", target.p50, summary.p50), of("p99", target.p99, summary.p99)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// What must be known to read the table.
    fn notes(&self) -> String {
        let mut notes = Vec::new();
        if self.cases.iter().any(|case| !case.samples.is_empty() && case.samples.len() < P99_SAMPLES) {
            notes.push(format!("p99 is left out where there are fewer than {} samples", thousands(P99_SAMPLES as u64)));
        }
        let several = |figure: &Figure| self.cases_of(*figure).len() > 1;
        if self.figures.iter().any(several) {
            notes.push("a figure with several cases is that of the slowest layout".to_owned());
        }
        if self.has_targets() && self.slowness() > 1.0 {
            notes.push(format!("targets in ms and s are those of the reference machine × {:.2}", self.slowness()));
        }
        let [low, high] = [f64::min, f64::max].map(|of| of(self.yardstick_ms[0], self.yardstick_ms[1]));
        if high > low * NOISY {
            notes.push(
                "the machine was not quiet: the full-screen pass took longer at one end than at the other".to_owned(),
            );
        }
        if notes.is_empty() { String::new() } else { format!("\n{}\n", notes.join("\n")) }
    }
}

/// What is said of a case beside its numbers.
fn said(case: &Measured) -> String {
    let refining =
        if case.refining > 0 { format!("{} refining", thousands(case.refining.into())) } else { String::new() };
    join(&[refining, case.note.clone()])
}

fn join(parts: &[String]) -> String {
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join("; ")
}

/// A value with the digits that mean something.
fn number(value: f64, figure: Figure) -> String {
    match (figure.unit(), value) {
        ("s", value) if value < 0.01 => format!("{value:.5}"),
        ("s", _) => format!("{value:.3}"),
        (_, value) if value < 9.995 => format!("{value:.2}"),
        (_, value) if value < 99.95 => format!("{value:.1}"),
        _ => thousands(value.round() as u64),
    }
}
