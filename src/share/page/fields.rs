//! The columns of a page: what the second figure lists and the tooltip begins with.

use super::super::error::{Failure, ShareError};
use super::Page;
use crate::data::Row;
use crate::data::columns::{Column, label};
use crate::data::countries::country_name;
use crate::data::table::{Chosen, choose};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::io::Write;

/// The column of published records whose codes have names.
const COUNTRY: &str = "countrycode";
/// Lines of the tooltip at most.
const IN_TIP: usize = 3;

/// Chosen columns.
pub(super) struct Fields<'a> {
    columns: Vec<Chosen<'a>>,
    /// Places of those in the tooltip.
    tip: Vec<usize>,
}

impl<'a> Fields<'a> {
    /// Those that are named, else all. In the tooltip: the first ones that are named; else the category where there are several, the
    /// country, the column of colours, and what the layout goes by; else the first column of all.
    pub(super) fn choose(page: &Page<'a>) -> Result<Self, ShareError> {
        let columns = choose(page.columns, page.fields)?;
        if !page.fields.is_empty() {
            return Ok(Self { tip: (0..columns.len().min(IN_TIP)).collect(), columns });
        }
        let settings = &page.scene.settings;
        let named = [settings.appearance.color_by.as_deref(), settings.layout_params.by.as_deref()];
        let named: Vec<&str> = named.into_iter().flatten().collect();
        let is_told = |column: &Column| match column.name() {
            "category" | "word" => column.distinct() > 1,
            COUNTRY => true,
            name => named.contains(&name),
        };
        let mut tip: Vec<usize> =
            (0..columns.len()).filter(|&at| columns.get(at).is_some_and(|(_, one)| is_told(one))).collect();
        tip.truncate(IN_TIP);
        if tip.is_empty() && !columns.is_empty() {
            tip.push(0);
        }
        Ok(Self { columns, tip })
    }

    /// Places of the columns in the tooltip.
    pub(super) fn tip(&self) -> &[usize] {
        &self.tip
    }

    /// Writes `[{"name", "label", "values", "codes"?, "names"?}, …]`: a value a row, or where many are alike the different ones and
    /// a code a row.
    pub(super) fn write(&self, rows: &[u32], out: &mut dyn Write) -> Result<(), Failure> {
        out.write_all(b"[")?;
        for (place, (name, column)) in self.columns.iter().enumerate() {
            out.write_all(if place > 0 { b",\n" } else { b"\n" })?;
            serde_json::to_writer(&mut *out, &field(name, column, rows)).map_err(std::io::Error::from)?;
        }
        out.write_all(b"]")?;
        Ok(())
    }
}

fn field(name: &str, column: &Column, rows: &[u32]) -> Value {
    let mut field = Map::new();
    field.insert("name".to_owned(), name.into());
    field.insert("label".to_owned(), label(name).into());
    // At least two rows a value: else codes take more than they save.
    let values: Value = if column.distinct() <= rows.len() / 2 {
        let (values, codes) = coded(column, rows);
        field.insert("codes".to_owned(), codes.into());
        values.into()
    } else {
        rows.iter().map(|&row| column.json(Row(row))).collect()
    };
    if name == COUNTRY {
        let texts = values.as_array().into_iter().flatten().filter_map(Value::as_str);
        let names: Map<String, Value> =
            texts.filter_map(|code| Some((code.to_owned(), json!(country_name(code)?)))).collect();
        field.insert("names".to_owned(), names.into());
    }
    field.insert("values".to_owned(), values);
    field.into()
}

/// The different values in the order in which they come, and each row's place among them.
fn coded(column: &Column, rows: &[u32]) -> (Vec<Value>, Vec<usize>) {
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut values = Vec::new();
    let codes = rows.iter().map(|&row| {
        let value = column.json(Row(row));
        *known.entry(value.to_string()).or_insert_with(|| {
            values.push(value);
            values.len() - 1
        })
    });
    let codes = codes.collect();
    (values, codes)
}
