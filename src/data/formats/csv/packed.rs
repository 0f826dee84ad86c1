//! Tables of which one cell holds all pixels of a drawing, separated by blanks: `emotion,pixels,Usage`, as FER2013 is published.

use super::layout::{FEWEST, cells};
use super::names::NAMES;
use crate::data::source::ImageFault;
use crate::words::shown_text;

/// The column that is called as pixels are and holds several numbers in the first line behind the heading, and how many these are; `head`
/// are the heading's cells.
pub(super) fn column(head: &[String], line: &[u8], between: u8) -> Option<(usize, usize)> {
    let is_named = |name: &str| NAMES.contains(&name.to_lowercase().as_str());
    let at = head.iter().position(|name| is_named(name))?;
    let values = cells(line.strip_suffix(b"\r").unwrap_or(line), between);
    let values: Vec<&str> = values.get(at)?.split_ascii_whitespace().collect();
    let is_finite = |value: &&str| value.parse::<f64>().is_ok_and(f64::is_finite);
    // One that is none is an error that says where it stands.
    let numbers = values.iter().filter(|value| is_finite(value)).count();
    (values.len() >= FEWEST && 2 * numbers > values.len()).then_some((at, values.len()))
}

/// Why so many values are no drawing.
pub(super) fn no_drawing(head: &[String], at: usize, values: usize, size: Option<(u32, u32)>) -> ImageFault {
    let name = shown_text(head.get(at).map_or("", String::as_str), 40);
    let (which, advice) = match size {
        Some((height, width)) => {
            (format!("{height} × {width} pixels"), "say how large they are with --shape HxW, or leave it out")
        }
        None => ("square drawings".to_owned(), "say how large they are with --shape HxW"),
    };
    let what = format!("a table with {values} values in the first cell of its column {name}, which are no {which}");
    ImageFault::Archive { what, advice: advice.to_owned() }
}
