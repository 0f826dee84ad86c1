//! What `info` tells of a data set: as JSON and as text.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::columns::{Column, Columns, quoted};
use super::dataset::{Dataset, Ranged};
use super::report::LoadReport;
use super::table::{shown, shown_value};
use super::values::{Tally, ValueMap, in_words, not_finite, shares, summary_in_words};
use crate::words::{shown_text, thousands};

/// The most frequent values that are named.
const TOP: usize = 10;

/// Most frequent values of a line of text.
const TOP_IN_TEXT: usize = 5;

/// All values of a data set, and how they become ink.
#[derive(Clone, Copy, Debug)]
pub struct Values<'a> {
    /// How often each occurs; `None` where they were not counted.
    pub tally: Option<&'a Tally>,
    /// Which is paper and which is ink.
    pub map: &'a ValueMap,
}

/// `{"schema": 1, "title", "form", "rows", "total_rows", "height", "width", "channels", "axes", "dtype", "bytes", "values": {"min", "max",
/// "histogram": [256 counts]} or null, "range": [low, high], "inverted", "columns": [{"name", "type", "distinct", "missing", "empty",
/// "top": [["US", 845], …]}], "report": {…}}`. `columns` are finished; `report` is what opening and reading told.
pub fn info_json(dataset: &Dataset, columns: &Columns, values: Values<'_>, report: &LoadReport) -> Value {
    let columns: Vec<Value> = columns.iter().map(column_json).collect();
    json!({
        "schema": 1,
        "title": dataset.title(),
        "form": dataset.form(),
        "rows": dataset.rows(),
        "total_rows": dataset.total_rows(),
        "height": dataset.height(),
        "width": dataset.width(),
        "channels": dataset.channels(),
        "axes": dataset.axes(),
        "dtype": dataset.dtype(),
        "bytes": dataset.bytes(),
        "values": values.tally.map(|tally| values_json(tally, ranged_of(dataset))),
        "range": values.map.range.to_json(),
        "inverted": values.map.inverted,
        "columns": columns,
        "report": report.to_json(),
    })
}

/// Of what was measured before it was read the ends of the values themselves, and how they lie in the range.
fn values_json(tally: &Tally, ranged: Option<&Ranged>) -> Value {
    let Some(Ranged { map, summary, .. }) = ranged else {
        let (min, max) = tally.ends().unzip();
        return json!({"min": min, "max": max, "histogram": tally.counts().to_vec()});
    };
    let mut histogram = tally.counts().to_vec();
    // What is no number was read as paper.
    histogram.first_mut().into_iter().for_each(|paper| *paper = paper.saturating_sub(summary.nan));
    if map.inverted {
        histogram.reverse();
    }
    let (min, max) = summary.ends.unzip();
    json!({"min": min, "max": max, "histogram": histogram, "nan": summary.nan, "infinite": summary.infinite})
}

/// What was measured before the drawings were read, as it was to count their values.
fn ranged_of(dataset: &Dataset) -> Option<&Ranged> {
    dataset.ranged().ok().flatten()
}

fn column_json(column: &Column) -> Value {
    json!({
        "name": column.name(),
        "type": column.kind().as_str(),
        "distinct": column.distinct(),
        "missing": column.missing(),
        "empty": column.empty(),
        "top": column.top(TOP),
    })
}

/// The same for people, in lines; names and values are clipped and escaped as in a table.
pub fn info_text(dataset: &Dataset, columns: &Columns, values: Values<'_>, report: &LoadReport) -> String {
    let mut text = format!("{}\n", shown(dataset.title()));
    let of_all = if dataset.rows() == dataset.total_rows() {
        String::new()
    } else {
        format!(" of {}", thousands(u64::from(dataset.total_rows())))
    };
    let _ = writeln!(
        text,
        "{}{of_all} {} of {} × {} pixels{}, {}{}, {} bytes, {}",
        thousands(u64::from(dataset.rows())),
        if dataset.total_rows() == 1 { "drawing" } else { "drawings" },
        dataset.height(),
        dataset.width(),
        if dataset.channels() == 4 { " in colour" } else { "" },
        dataset.dtype(),
        if dataset.counts_first() { String::new() } else { format!(", axes {}", dataset.axes()) },
        thousands(dataset.bytes()),
        dataset.form(),
    );
    let Values { tally, map } = values;
    match (ranged_of(dataset), tally) {
        (Some(Ranged { summary, .. }), _) => {
            let all = [Some(summary_in_words(summary, map)), not_finite(summary)];
            all.into_iter().flatten().for_each(|line| _ = writeln!(text, "{line}"));
        }
        (_, Some(tally)) if dataset.channels() == 4 => {
            let range = map.range;
            let how = if map.in_reading {
                format!("shown with --range {}:{} where pictures have more than 8 bits", range.low, range.high)
            } else {
                "shown as they are".to_owned()
            };
            _ = writeln!(text, "red, green and blue {how}\n  {}", shares(tally));
        }
        (_, Some(tally)) => _ = writeln!(text, "{}\n  {}", in_words(tally, map), shares(tally)),
        (_, None) => _ = writeln!(text, "values of 0 … 255, not counted: {}", map.ends_in_words((0.0, 255.0))),
    }
    push_columns(&mut text, columns);
    if !report.is_empty() {
        text.push('\n');
        for note in report.bundled() {
            // A path may come from a stranger's archive.
            let _ = writeln!(text, "{}", shown_text(&note.to_string(), usize::MAX));
        }
    }
    text
}

fn push_columns(text: &mut String, columns: &Columns) {
    if columns.is_empty() {
        text.push_str(if columns.has_records() {
            "records without a single value: there are no columns\n"
        } else {
            "no records\n"
        });
        return;
    }
    let names: Vec<String> = columns.iter().map(|column| quoted(column.name())).collect();
    let widest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0).max("column".len());
    let _ = writeln!(
        text,
        "\n{:widest$}  {:8}  {:>10}  {:>10}  {:>10}  most frequent",
        "column", "type", "distinct", "missing", "empty"
    );
    for (name, column) in names.iter().zip(columns.iter()) {
        let top: Vec<String> = column
            .top(TOP_IN_TEXT)
            .iter()
            .map(|(value, count)| format!("{} {}", shown_value(value), thousands(u64::from(*count))))
            .collect();
        let line = format!(
            "{name:widest$}  {:8}  {:>10}  {:>10}  {:>10}  {}",
            column.kind().as_str(),
            thousands(column.distinct() as u64),
            thousands(u64::from(column.missing())),
            thousands(u64::from(column.empty())),
            top.join(", "),
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
}
