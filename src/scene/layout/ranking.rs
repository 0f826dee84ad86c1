//! The order of a column's values in blocks, legends and palettes.

use std::cmp::Ordering;

/// The order of values in blocks, legends and palettes: the most frequent first, ties by value.
pub fn by_count_then_value(a: (u32, Option<&String>), b: (u32, Option<&String>)) -> Ordering {
    b.0.cmp(&a.0).then_with(|| compare(a.1, b.1))
}

/// Values that begin with numbers (bins do) by these, then the others as texts.
fn compare(a: Option<&String>, b: Option<&String>) -> Ordering {
    let number =
        |value: Option<&String>| value?.split(' ').next()?.parse::<f64>().ok().filter(|number| !number.is_nan());
    match (number(a), number(b)) {
        (Some(first), Some(second)) => first.total_cmp(&second).then_with(|| a.cmp(&b)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => a.cmp(&b),
    }
}
