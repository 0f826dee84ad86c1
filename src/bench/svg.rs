//! A small SVG: text, lines, areas, and axes whose steps are powers of ten.

use std::fmt::Write as _;

/// Ink of text and axes.
pub const INK: &str = "#1d2430";
/// Quieter text, ticks.
pub const QUIET: &str = "#667085";
/// Grid lines.
pub const GRID: &str = "#e4e7ec";
/// The first colour of data.
pub const BLUE: &str = "#2f5fd0";
/// A tint of it, for areas.
pub const PALE_BLUE: &str = "#d3def7";
/// A band behind data.
pub const BAND: &str = "#f2f4f7";
/// The second one.
pub const ORANGE: &str = "#c8641b";

/// A picture under way.
#[derive(Clone, Debug)]
pub struct Svg {
    body: String,
    size: [f64; 2],
}

impl Svg {
    /// An empty white picture.
    pub fn new(width: f64, height: f64) -> Self {
        Self { body: String::new(), size: [width, height] }
    }

    /// Text at a baseline; `anchor` is `start`, `middle` or `end`.
    pub fn text(&mut self, at: [f64; 2], text: &str, size: f64, color: &str, anchor: &str) {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let [x, y] = at;
        let weight = if size > 12.5 { " font-weight=\"600\"" } else { "" };
        let _ = writeln!(
            self.body,
            r#"<text x="{x:.1}" y="{y:.1}" font-size="{size}" fill="{color}" text-anchor="{anchor}"{weight}>{escaped}</text>"#
        );
    }

    /// A straight line; `dash` as in SVG, empty for none.
    pub fn line(&mut self, from: [f64; 2], to: [f64; 2], color: &str, dash: &str) {
        self.path(&[from, to], color, 1.0, dash);
    }

    /// A line through points.
    pub fn path(&mut self, points: &[[f64; 2]], color: &str, width: f64, dash: &str) {
        // Nothing to connect is no element: some viewers take an empty one for a mistake.
        if points.is_empty() {
            return;
        }
        let dash = if dash.is_empty() { String::new() } else { format!(r#" stroke-dasharray="{dash}""#) };
        let _ = writeln!(
            self.body,
            r#"<polyline points="{}" fill="none" stroke="{color}" stroke-width="{width}"{dash}/>"#,
            listed(points)
        );
    }

    /// An area between points.
    pub fn area(&mut self, points: &[[f64; 2]], color: &str) {
        let _ = writeln!(self.body, r#"<polygon points="{}" fill="{color}" stroke="none"/>"#, listed(points));
    }

    /// A dot.
    pub fn dot(&mut self, [x, y]: [f64; 2], radius: f64, color: &str) {
        let _ = writeln!(self.body, r#"<circle cx="{x:.1}" cy="{y:.1}" r="{radius}" fill="{color}"/>"#);
    }

    /// Many discs of one radius, as one path: a fifth of the bytes.
    pub fn dots(&mut self, places: impl Iterator<Item = [f64; 2]>, radius: f64, color: &str) {
        let width = 2.0 * radius;
        let _ = write!(
            self.body,
            r#"<path fill="none" stroke="{color}" stroke-width="{width}" stroke-linecap="round" d=""#
        );
        for [x, y] in places {
            let _ = write!(self.body, "M{x:.1} {y:.1}h0");
        }
        let _ = writeln!(self.body, r#""/>"#);
    }

    /// The file's text.
    pub fn finish(self) -> String {
        let [width, height] = self.size;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             font-family=\"system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif\">\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{}</svg>\n",
            self.body
        )
    }
}

fn listed(points: &[[f64; 2]]) -> String {
    let points: Vec<String> = points.iter().map(|[x, y]| format!("{x:.1},{y:.1}")).collect();
    points.join(" ")
}

/// A logarithmic axis between whole powers of ten.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogAxis {
    low: f64,
    high: f64,
    from_px: f64,
    to_px: f64,
}

impl LogAxis {
    /// The axis that holds `values` (at least a decade), drawn from one pixel to another. Values that are not above 0 are
    /// drawn at its low end.
    pub fn of(values: impl Iterator<Item = f64>, from_px: f64, to_px: f64) -> Self {
        let (least, most) =
            values.filter(|value| *value > 0.0).fold((f64::MAX, 0.0_f64), |(a, b), v| (a.min(v), b.max(v)));
        let low = if most > 0.0 { least.log10().floor() } else { 0.0 };
        let high = if most > 0.0 { most.log10().ceil().max(low + 1.0) } else { 1.0 };
        Self { low, high, from_px, to_px }
    }

    /// Where a value lies.
    pub fn px(&self, value: f64) -> f64 {
        let t = ((value.max(f64::MIN_POSITIVE).log10() - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.from_px + (self.to_px - self.from_px) * t
    }

    /// The powers of ten on it, with their labels.
    pub fn ticks(&self) -> Vec<(f64, String)> {
        (self.low as i32..=self.high as i32).map(|power| (10_f64.powi(power), power_label(power))).collect()
    }
}

/// 10⁻³, 0.01, 0.1, 1, 10, 100, 1k, 10k …
fn power_label(power: i32) -> String {
    match power {
        ..=-3 => format!("10⁻{}", superscript(power.unsigned_abs())),
        -2..=2 => format!("{}", 10_f64.powi(power)),
        3..=5 => format!("{}k", 10_u64.pow(power.unsigned_abs() - 3)),
        _ => format!("{}M", 10_u64.pow((power.unsigned_abs() - 6).min(12))),
    }
}

fn superscript(number: u32) -> String {
    let digit = |digit: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit.to_digit(10).unwrap_or(0) as usize);
    number.to_string().chars().filter_map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_powers_of_ten_around_its_values() {
        let axis = LogAxis::of([20.0, 0.0, 350.0].into_iter(), 100.0, 0.0);
        assert_eq!([10.0, 1000.0, 100.0, 0.0].map(|value| axis.px(value)), [100.0, 0.0, 50.0, 100.0]);
        let labels: Vec<String> = axis.ticks().into_iter().map(|(_, label)| label).collect();
        assert_eq!(labels, ["10", "100", "1k"]);
        assert_eq!(LogAxis::of([7.0].into_iter(), 0.0, 1.0).ticks().len(), 2);
        assert_eq!([-10, -2, 4, 6].map(power_label), ["10⁻¹⁰", "0.01", "10k", "1M"]);
    }

    #[test]
    fn text_cannot_break_out() {
        let mut svg = Svg::new(10.0, 10.0);
        svg.text([0.0, 0.0], "a<b>&", 12.0, INK, "start");
        assert!(svg.finish().contains(">a&lt;b&gt;&amp;</text>"));
    }
}
