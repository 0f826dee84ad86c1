//! What the numbers of labels mean: the names that Hugging Face's `datasets` keeps with the columns.

use std::collections::HashMap;

use serde_json::Value;

/// The key under which a file says it, beside its columns.
const KEY: &str = "huggingface";

/// The names of each column's labels, by the column's name; none where a file says nothing that can be read.
pub(super) fn of(metadata: &HashMap<String, String>) -> HashMap<String, Vec<String>> {
    let said = metadata.get(KEY).and_then(|text| serde_json::from_str::<Value>(text).ok());
    let features = said.as_ref().and_then(|said| said.get("info")?.get("features")?.as_object());
    let named = |(name, feature): (&String, &Value)| {
        let names = feature.get("names").filter(|_| feature.get("_type").is_some_and(|kind| kind == "ClassLabel"))?;
        let names: Option<Vec<String>> = names.as_array()?.iter().map(|name| Some(name.as_str()?.to_owned())).collect();
        Some((name.clone(), names?))
    };
    features.into_iter().flatten().filter_map(named).collect()
}
