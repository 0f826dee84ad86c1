//! JSON tables that are one object: columns with their values under the numbers of lines, as pandas' `to_json` writes a table unless it
//! is asked otherwise (`{"label": {"0": 3, "1": 5}}`), or lines under their numbers (`orient="index"`).

use serde_json::{Map, Value};

/// The name of the column that these numbers become, where they are not 0, 1, 2 …
const INDEX: &str = "index";

/// The lines of such a table, each as JSON, in the order of the file; `None` where the text is something else.
pub(super) fn lines_of(object: &[u8]) -> Option<Vec<Vec<u8>>> {
    let outer: Map<String, Value> = serde_json::from_slice(object).ok()?;
    let inner: Vec<&Map<String, Value>> = outer.values().map(Value::as_object).collect::<Option<_>>()?;
    if inner.is_empty() || inner.iter().any(|fields| fields.is_empty()) {
        return None;
    }
    let mut lines = match inner.iter().all(|fields| is_numbered(fields)) {
        true => turned(&outer),
        false if is_numbered(&outer) => outer,
        false => return None,
    };
    if lines.keys().zip(0_u64..).any(|(number, place)| *number != place.to_string()) {
        for (number, line) in &mut lines {
            let number = number.parse::<u64>().map_or_else(|_| Value::from(number.as_str()), Value::from);
            line.as_object_mut()?.entry(INDEX).or_insert(number);
        }
    }
    lines.values().map(|line| serde_json::to_vec(line).ok()).collect()
}

/// Whether what there is lies under the numbers of lines.
fn is_numbered(fields: &Map<String, Value>) -> bool {
    fields.keys().all(|key| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Columns as lines by their numbers: those of the first column, and behind them what others have besides.
fn turned(columns: &Map<String, Value>) -> Map<String, Value> {
    let mut lines = Map::new();
    for (name, values) in columns {
        for (number, value) in values.as_object().into_iter().flatten() {
            let line = lines.entry(number.as_str()).or_insert_with(|| Value::Object(Map::new()));
            if let Some(line) = line.as_object_mut() {
                line.insert(name.clone(), value.clone());
            }
        }
    }
    lines
}
