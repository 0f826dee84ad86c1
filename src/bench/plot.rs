//! How every figure grows with the number of drawings: a panel each, both axes logarithmic.

use super::figure::{Figure, TARGET_ROWS};
use super::report::Report;
use super::samples::{Measured, judged};
use super::svg::{BLUE, GRID, INK, LogAxis, ORANGE, PALE_BLUE, QUIET, Svg};
use crate::words::thousands;

/// Panels side by side.
const ACROSS: usize = 4;
const PANEL: [f64; 2] = [300.0, 220.0];
const HEAD: f64 = 78.0;

/// The picture of several runs on sets of different sizes (SVG).
pub fn scaling(reports: &[Report], date: &str) -> String {
    let shown: Vec<Figure> = Figure::ALL.into_iter().filter(|&figure| !points(reports, figure).is_empty()).collect();
    let lines = shown.len().div_ceil(ACROSS);
    let mut svg = Svg::new(PANEL[0] * ACROSS as f64 + 20.0, HEAD + PANEL[1] * lines as f64 + 10.0);
    let adapter = reports.first().map_or("", |report| report.adapter.as_str());
    let [width, height] = reports.first().map_or([0, 0], |report| report.size_px);
    svg.text([20.0, 30.0], "Every figure by the number of drawings", 18.0, INK, "start");
    svg.text([20.0, 50.0], &format!("{adapter} · {width} × {height} pixels · {date}"), 12.0, QUIET, "start");
    let naive = if reports.iter().any(|report| report.baseline.is_empty()) {
        ""
    } else {
        " · dashed: median of the naive way (all instances, every frame)"
    };
    let legend = format!("line: median · area: up to the 95th percentile{naive} · ring: target at 150,152 drawings");
    svg.text([20.0, 67.0], &legend, 12.0, QUIET, "start");
    for (i, &figure) in shown.iter().enumerate() {
        let corner = [10.0 + PANEL[0] * (i % ACROSS) as f64, HEAD + PANEL[1] * (i / ACROSS) as f64];
        panel(&mut svg, corner, reports, figure);
    }
    svg.finish()
}

/// (drawings, median, 95th percentile, median of the naive way), by drawings.
fn points(reports: &[Report], figure: Figure) -> Vec<(f64, f64, f64, Option<f64>)> {
    let mut points: Vec<_> = reports
        .iter()
        .filter_map(|report| {
            let cases = report.cases_of(figure);
            let of: &Measured = judged(&cases)?;
            let summary = of.summary()?;
            Some((f64::from(report.rows), summary.p50, summary.p95, report.baseline_p50(of)))
        })
        .collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    points
}

fn panel(svg: &mut Svg, [left, top]: [f64; 2], reports: &[Report], figure: Figure) {
    let points = points(reports, figure);
    let slowness = reports.iter().map(Report::slowness).fold(1.0, f64::max);
    let aim = figure.target();
    let target = aim.p50.filter(|aim| *aim > 0.0).map(|limit| limit * if aim.scales { slowness } else { 1.0 });
    let (x0, x1) = (left + 44.0, left + PANEL[0] - 16.0);
    let (y0, y1) = (top + PANEL[1] - 34.0, top + 26.0);
    let x = LogAxis::of(points.iter().map(|point| point.0), x0, x1);
    let values = points.iter().flat_map(|point| [Some(point.1), Some(point.2), point.3]).chain([target]).flatten();
    let y = LogAxis::of(values, y0, y1);
    svg.text([x0, top + 17.0], &format!("{figure}, {}", figure.unit()), 13.0, INK, "start");
    for (value, label) in y.ticks() {
        svg.line([x0, y.px(value)], [x1, y.px(value)], GRID, "");
        svg.text([x0 - 6.0, y.px(value) + 4.0], &label, 11.0, QUIET, "end");
    }
    for (value, label) in x.ticks() {
        svg.line([x.px(value), y0], [x.px(value), y1], GRID, "");
        svg.text([x.px(value), y0 + 15.0], &label, 11.0, QUIET, "middle");
    }
    svg.line([x0, y0], [x1, y0], QUIET, "");
    svg.text([f64::midpoint(x0, x1), y0 + 29.0], "drawings", 11.0, QUIET, "middle");
    let at = |rows: f64, value: f64| [x.px(rows), y.px(value)];
    let upper = points.iter().map(|point| at(point.0, point.2));
    let lower = points.iter().rev().map(|point| at(point.0, point.1));
    svg.area(&upper.chain(lower).collect::<Vec<_>>(), PALE_BLUE);
    let naive: Vec<[f64; 2]> = points.iter().filter_map(|point| Some(at(point.0, point.3?))).collect();
    svg.path(&naive, ORANGE, 1.5, "5 4");
    let medians: Vec<[f64; 2]> = points.iter().map(|point| at(point.0, point.1)).collect();
    svg.path(&medians, BLUE, 2.0, "");
    for &median in &medians {
        svg.dot(median, 2.8, BLUE);
    }
    if let Some(target) = target {
        svg.dot(at(TARGET_ROWS.into(), target), 5.0, INK);
        svg.dot(at(TARGET_ROWS.into(), target), 3.6, "#ffffff");
    }
}

/// The sizes that are measured where none are given: about three a decade.
pub const SIZES: [u32; 9] = [10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 4_000_000];

/// How a size is told while it is measured.
pub fn told(rows: u32) -> String {
    format!("{} drawings", thousands(rows.into()))
}
