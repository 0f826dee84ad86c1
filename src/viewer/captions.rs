//! Captions under the drawings in sight: the values of one column, kept while they are in sight.

use super::detail::DetailCache;
use crate::data::Row;
use crate::data::columns::{Column, ColumnType, Columns, Value};
use crate::scene::{MOST_CAPTIONS, Scene};
use crate::words::shown_text;
use std::sync::Arc;

/// Letters of a value that are kept.
const LETTERS: usize = 60;

/// The captions of a scene.
#[derive(Clone, Debug)]
pub struct Captions {
    column: Option<String>,
    texts: DetailCache<Option<Arc<str>>>,
}

impl Default for Captions {
    fn default() -> Self {
        Self { column: None, texts: DetailCache::new(2 * MOST_CAPTIONS) }
    }
}

impl Captions {
    /// Gives the scene the captions of what is in sight, where it wants some. `columns` are the records' where these have been read
    /// to their end.
    pub fn update(&mut self, scene: &mut Scene, columns: Option<&Columns>) {
        let wanted = scene.settings.appearance.caption.as_deref();
        let column = wanted.zip(columns).and_then(|(name, columns)| columns.named(name));
        if self.column.as_deref() != column.map(Column::name) {
            self.column = column.map(|column| column.name().to_owned());
            self.texts.clear();
        }
        let mut captions = Vec::new();
        if let Some(column) = column {
            let show = |row, text: &Option<Arc<str>>| captions.extend(text.clone().map(|text| (row, text)));
            self.texts.show(&scene.rows_to_caption(), |row| text_of(column, Row(row)), show);
        }
        scene.set_captions(captions);
    }
}

/// A value on one line; `None` where there is none.
fn text_of(column: &Column, row: Row) -> Option<Arc<str>> {
    match column.value(row) {
        Value::Missing => None,
        Value::Flag(flag) if column.kind() == ColumnType::Flag => {
            let name = shown_text(column.name(), LETTERS);
            Some(if flag { name } else { format!("not {name}") }.into())
        }
        _ => Some(shown_text(&column.text(row), LETTERS)).filter(|text| !text.is_empty()).map(Into::into),
    }
}
