//! Arrow's `fixed_shape_tensor`: one list of numbers a row, and its axes in what is said of the column.

use arrow_schema::{DataType, Field};
use serde_json::Value;

use super::candidate::Holds;
use super::flat;

/// The keys under which fields say it.
pub(super) const NAME: &str = "ARROW:extension:name";
pub(super) const METADATA: &str = "ARROW:extension:metadata";
/// What it is called.
const TENSOR: &str = "arrow.fixed_shape_tensor";
/// Axes of a row at most.
const MOST_AXES: usize = 5;

/// What a column of such tensors holds: axes as the values lie, whatever order somebody would rather see them in. `None` of others, and
/// where its axes are not those of the list.
pub(super) fn of(field: &Field) -> Option<Holds> {
    // Parquet knows no lists of one length.
    let (item, length) = match field.data_type() {
        DataType::FixedSizeList(item, length) => (item, usize::try_from(*length).ok()),
        DataType::List(item) | DataType::LargeList(item) => (item, None),
        _ => return None,
    };
    let said = field.metadata().get(METADATA).filter(|_| field.metadata().get(NAME).is_some_and(|name| name == TENSOR));
    let said: Value = serde_json::from_str(said?).ok()?;
    let axes = said.get("shape")?.as_array()?.iter().map(|axis| usize::try_from(axis.as_u64()?).ok());
    let axes: Vec<usize> = axes.collect::<Option<_>>()?;
    let values = axes.iter().try_fold(1_usize, |values, axis| values.checked_mul(*axis))?;
    let is_so = length.is_none_or(|length| length == values) && values > 0 && (1..=MOST_AXES).contains(&axes.len());
    is_so.then_some(Holds::Tensor(flat::element(item.data_type())?, axes))
}
