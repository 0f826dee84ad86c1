//! Writing Parquet: drawings and what is known of them, so that `datasets`, pandas and this viewer read them back.
//!
//! Bytes are PNG pictures in Hugging Face's `struct<bytes, path>`, not packed again, so that they are read where they lie; bools and
//! wider types are lists of a fixed size. A group of rows is handed on as soon as it has [`GROUP_BYTES`].

mod column;
mod drawn;

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

use crate::data::columns::{Column, Columns};

use super::packed;
use column::Kind;
pub use drawn::{DrawnBlock, DrawnForm};

/// What the column of drawings is called.
pub const IMAGE: &str = "image";

/// The column that says what pictures are called.
const NAMES: &str = "file_name";

/// Bytes of a group of rows, before it is packed, from which on the next begins.
const GROUP_BYTES: usize = 32 << 20;

/// A Parquet file that is being written; the bytes of its parts are handed on in order.
#[derive(Debug)]
pub struct SetWriter<'a> {
    writer: ArrowWriter<Vec<u8>>,
    schema: SchemaRef,
    drawn: DrawnForm,
    columns: Vec<(&'a Column, Kind)>,
    /// Where it says what pictures are called.
    names: Option<&'a Column>,
}

impl<'a> SetWriter<'a> {
    /// Begins a file of drawings of this form and of columns, whose names `named` makes: none of these is [`IMAGE`], and no two are the
    /// same. The types of columns follow from their values in `rows`; a column `file_name` is also the paths of pictures.
    pub fn begin(
        drawn: DrawnForm,
        columns: &'a Columns,
        named: &mut dyn FnMut(&str) -> String,
        rows: &[u32],
    ) -> io::Result<Self> {
        let names = columns.get(NAMES).filter(|_| drawn.is_png());
        let columns: Vec<(&Column, Kind)> = columns.iter().map(|column| (column, Kind::of(column, rows))).collect();
        let image = Field::new(IMAGE, drawn.data_type(), true);
        let others = columns.iter().map(|(column, kind)| Field::new(named(column.name()), kind.data_type(), true));
        let fields: Vec<Field> = std::iter::once(image).chain(others).collect();
        // What other programs see as pictures is read back here as what it was.
        let said = || [("huggingface".to_owned(), FEATURES.to_owned()), packed::said(IMAGE, &drawn.axes())];
        let metadata: HashMap<String, String> = drawn.is_png().then(said).into_iter().flatten().collect();
        // Arrow's own readers look into the schema that is kept in the file, others at its keys.
        let pairs = metadata.iter().map(|(key, value)| KeyValue::new(key.clone(), value.clone()));
        let mut pairs: Vec<KeyValue> = pairs.collect();
        pairs.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        let schema = Arc::new(Schema::new(fields).with_metadata(metadata));
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata((!pairs.is_empty()).then_some(pairs));
        for leaf in drawn.leaves() {
            let path = ColumnPath::new(leaf);
            properties = properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_statistics_enabled(path.clone(), EnabledStatistics::None);
            if drawn.is_png() {
                properties = properties.set_column_compression(path, Compression::UNCOMPRESSED);
            }
        }
        let writer = ArrowWriter::try_new(Vec::new(), Arc::clone(&schema), Some(properties.build())).map_err(failed)?;
        Ok(Self { writer, schema, drawn, columns, names })
    }

    /// Takes some rows and their drawings; the bytes of the file that are complete by now.
    pub fn push(&mut self, rows: &[u32], drawings: DrawnBlock) -> io::Result<Vec<u8>> {
        let names = self.names.map(|names| Kind::Text.array(names, rows));
        let images = self.drawn.array(drawings, names).map_err(io::Error::other)?;
        let others = self.columns.iter().map(|(column, kind)| kind.array(column, rows));
        let arrays = std::iter::once(images).chain(others).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays).map_err(io::Error::other)?;
        self.writer.write(&batch).map_err(failed)?;
        if self.writer.in_progress_size() >= GROUP_BYTES {
            self.writer.flush().map_err(failed)?;
        }
        // It counts what was written by itself: what is complete can be taken away.
        Ok(std::mem::take(self.writer.inner_mut()))
    }

    /// The rest of the file.
    pub fn finish(self) -> io::Result<Vec<u8>> {
        self.writer.into_inner().map_err(failed)
    }
}

/// What `datasets` reads to know that the column holds pictures; types of other columns follow from theirs.
const FEATURES: &str = r#"{"info": {"features": {"image": {"_type": "Image"}}}}"#;

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}
