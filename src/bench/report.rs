//! What a run has found: as JSON, and what the table needs to know.

use super::figure::{Figure, TARGET_PX, TARGET_ROWS};
use super::samples::{Measured, judged};
use super::yardstick::REFERENCE_MS;
use serde_json::{Map, Value, json};

/// The figures of one run.
#[derive(Clone, Debug)]
pub struct Report {
    /// The adapter, its driver and its backend.
    pub adapter: String,
    /// Drawings in the set.
    pub rows: u32,
    /// Size of the scatter viewport in pixels.
    pub size_px: [u32; 2],
    /// The yardstick's median before and after everything else, ms.
    pub yardstick_ms: [f64; 2],
    /// What was asked for.
    pub figures: Vec<Figure>,
    /// Frames were measured in the real window.
    pub window: bool,
    /// The set has records.
    pub has_records: bool,
    /// What was measured, by figure and case.
    pub cases: Vec<Measured>,
    /// The same, drawn the naive way.
    pub baseline: Vec<Measured>,
}

impl Report {
    /// The cases of a figure.
    pub fn cases_of(&self, figure: Figure) -> Vec<Measured> {
        self.cases.iter().filter(|measured| measured.figure == figure).cloned().collect()
    }

    /// The naive way's median for a case.
    pub fn baseline_p50(&self, of: &Measured) -> Option<f64> {
        self.baseline.iter().find(|naive| naive.is(of.figure, &of.case))?.summary().map(|summary| summary.p50)
    }

    /// How much slower than the reference machine this one is (by the yardstick's median); targets in ms and s grow with it.
    pub fn slowness(&self) -> f64 {
        let [before, after] = self.yardstick_ms;
        f64::midpoint(before, after) / REFERENCE_MS
    }

    /// Whether the targets are meant for this set and size.
    pub fn has_targets(&self) -> bool {
        self.rows == TARGET_ROWS && self.size_px == TARGET_PX
    }

    /// Why a figure that was asked for has no samples.
    pub fn why_missing(&self, figure: Figure) -> &'static str {
        match figure {
            Figure::ReadRecords if !self.has_records => "the set has no records",
            _ if figure.needs_window() && !self.window => "only a window tells it: --window",
            _ => "this system does not tell it",
        }
    }

    /// `{"adapter", "rows", "size_px", "results"}`; a figure that was not measured has nulls and `n` 0.
    pub fn json(&self) -> Map<String, Value> {
        let results: Vec<Value> = self.figures.iter().map(|&figure| self.result_json(figure)).collect();
        let mut document = Map::new();
        document.insert("adapter".to_owned(), self.adapter.clone().into());
        document.insert("rows".to_owned(), self.rows.into());
        document.insert("size_px".to_owned(), json!(self.size_px));
        document.insert("results".to_owned(), results.into());
        document
    }

    fn result_json(&self, figure: Figure) -> Value {
        let cases = self.cases_of(figure);
        let of = judged(&cases);
        let (unit, name) = (figure.unit(), figure.name());
        let Some(summary) = of.and_then(Measured::summary) else {
            return json!({"name": name, "unit": unit, "p50": null, "p95": null, "p99": null, "max": null, "n": 0,
                "baseline_p50": null});
        };
        let baseline = of.and_then(|of| self.baseline_p50(of)).map(rounded);
        json!({
            "name": name,
            "unit": unit,
            "p50": rounded(summary.p50),
            "p95": rounded(summary.p95),
            "p99": rounded(summary.p99),
            "max": rounded(summary.max),
            "n": summary.n,
            "baseline_p50": baseline,
        })
    }
}

/// Microseconds of a figure in ms are enough.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slower_layout_is_told_and_held_against_its_own_baseline() {
        let case = |case: &str, samples: &[f64]| Measured {
            samples: samples.to_vec(),
            ..Measured::new(Figure::Visible10Pct, case)
        };
        let report = Report {
            adapter: "a".to_owned(),
            rows: TARGET_ROWS,
            size_px: TARGET_PX,
            yardstick_ms: [2.9, 8.7],
            figures: vec![Figure::Visible10Pct, Figure::IdleCpu],
            window: false,
            has_records: true,
            cases: vec![case("grid", &[1.0, 2.0, 9.0]), case("index", &[3.0, 4.0, 5.00004])],
            baseline: vec![case("grid", &[100.0]), case("index", &[40.0])],
        };
        let document = Value::Object(report.json());
        let expected = json!([
            {"name": "visible_10pct", "unit": "ms", "p50": 4.0, "p95": 5.0, "p99": 5.0, "max": 5.0, "n": 3,
                "baseline_p50": 40.0},
            {"name": "idle_cpu", "unit": "%", "p50": null, "p95": null, "p99": null, "max": null, "n": 0,
                "baseline_p50": null},
        ]);
        assert_eq!(document.get("results"), Some(&expected));
        assert!((report.slowness() - 2.0).abs() < 1e-9 && report.has_targets());
    }
}
