//! Parquet: pages of columns in groups of rows, read by the `parquet` crate within bounds of our own.
//!
//! Of what the file says of Arrow's types besides (`ARROW:schema`) only tensors' axes and units of durations are taken: its own types say
//! all else that is read here, and hold no more of a column in memory at once than 2 GiB.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, FieldRef, Fields, Schema, SchemaRef};
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, RowSelection, RowSelector};
use parquet::arrow::{ProjectionMask, parquet_to_arrow_field_levels, parquet_to_arrow_schema};
use parquet::basic::Compression;
use parquet::errors::Result;
use parquet::file::metadata::{
    PageIndexPolicy, ParquetMetaData, ParquetMetaDataOptions, ParquetMetaDataReader, ParquetStatisticsPolicy,
    RowGroupMetaData,
};
use parquet::file::reader::ChunkReader;

use super::at_once::{Numbers, Pages};
use super::pages::{Groups, Source, Spent, general};
use super::{Fault, footer, tensor};
use crate::data::file::{FileError, PlainFile};

/// First and last bytes of a file.
pub(super) const MAGIC: &[u8] = b"PAR1";
/// The longest footer that is read.
const MOST_FOOTER: u64 = 256 << 20;

/// A file of which the footer was read.
#[derive(Debug)]
pub(super) struct ParquetFile {
    source: Arc<Source>,
    metadata: Arc<ParquetMetaData>,
    /// All columns as they are read, where any holds durations.
    durations: Option<Fields>,
}

impl ParquetFile {
    /// Reads the footer.
    pub(super) fn open(file: &Arc<PlainFile>) -> Result<(Self, SchemaRef)> {
        let source = Arc::new(Source::new(file));
        let len = file.len();
        let tail = source.get_bytes(len.saturating_sub(8), 8)?;
        let (length, magic) = tail.split_at(4.min(tail.len()));
        if magic != MAGIC || len < 12 {
            return Err(general("it does not end as such a file does: it was cut short"));
        }
        let length = length.try_into().map_or(0, u32::from_le_bytes);
        if u64::from(length) > (len - 12).min(MOST_FOOTER) {
            return Err(general("its footer is longer than the file, or than 256 MiB"));
        }
        let footer = source.get_bytes(len - 8 - u64::from(length), length as usize)?;
        footer::check(&footer).map_err(general)?;
        let options = ParquetMetaDataOptions::new()
            .with_column_stats_policy(ParquetStatisticsPolicy::SkipAll)
            .with_encoding_stats_policy(ParquetStatisticsPolicy::SkipAll)
            .with_size_stats_policy(ParquetStatisticsPolicy::SkipAll);
        let metadata = ParquetMetaDataReader::new()
            .with_column_index_policy(PageIndexPolicy::Skip)
            .with_offset_index_policy(PageIndexPolicy::Skip)
            .with_metadata_options(Some(options))
            .parse_and_finish(&*source)?;
        let of_file = metadata.file_metadata();
        let plain = parquet_to_arrow_schema(of_file.schema_descr(), None)?;
        // What Arrow's own schema says: the same columns in the same order.
        let said = parquet_to_arrow_schema(of_file.schema_descr(), of_file.key_value_metadata()).ok();
        let with_said = |(at, field): (usize, &FieldRef)| {
            let said = said.as_ref().and_then(|said| said.fields().get(at));
            let keys = [tensor::NAME, tensor::METADATA].into_iter();
            let pairs = keys.filter_map(|key| Some((key.to_owned(), said?.metadata().get(key)?.clone())));
            let kind = said.map_or_else(|| field.data_type().clone(), |said| with_durations(field, said));
            Arc::new(field.as_ref().clone().with_data_type(kind).with_metadata(pairs.collect()))
        };
        let fields: Fields = plain.fields().iter().enumerate().map(with_said).collect();
        let is_plain = fields.iter().zip(plain.fields()).all(|(a, b)| a.data_type() == b.data_type());
        let pairs = of_file.key_value_metadata().into_iter().flatten();
        let pairs = pairs.filter_map(|pair| Some((pair.key.clone(), pair.value.clone()?))).collect();
        let schema = Arc::new(Schema::new(fields.clone()).with_metadata(pairs));
        Ok((Self { source, metadata: Arc::new(metadata), durations: (!is_plain).then_some(fields) }, schema))
    }

    /// What the machine said the last time that it would not read.
    pub(super) fn failed(&self) -> Option<FileError> {
        self.source.failed()
    }

    /// Rows of all groups; `None` where they are more than can be counted.
    pub(super) fn rows(&self) -> Option<u64> {
        let mut rows = self.metadata.row_groups().iter().map(|group| u64::try_from(group.num_rows()).ok());
        rows.try_fold(0_u64, |all, rows| all.checked_add(rows?))
    }

    /// Refuses by name what packs the pages and is not built in.
    pub(super) fn refuse_unless_unpacked(&self) -> std::result::Result<(), Fault> {
        for chunk in self.metadata.row_groups().iter().flat_map(RowGroupMetaData::columns) {
            let name = match chunk.compression() {
                Compression::BROTLI(_) => "Brotli",
                Compression::LZO => "LZO",
                _ => continue,
            };
            let what = format!("it is compressed with {name}, which is not unpacked");
            return Err(Fault::Advised(what, "write it with zstd or snappy"));
        }
        Ok(())
    }

    /// Where the numbers of a column lie in pages that can be unpacked each by itself; `None` where they lie otherwise.
    pub(super) fn pages(&self, column: usize, numbers: &Numbers) -> Option<Pages> {
        Pages::find(&self.source, &self.metadata, column, numbers)
    }

    /// Some rows of some columns, which ascend.
    pub(super) fn read(&self, columns: &[usize], rows: Range<u64>) -> Result<Reading> {
        let (mut groups, mut before, mut skip) = (Vec::new(), 0_u64, 0);
        for (number, group) in self.metadata.row_groups().iter().enumerate() {
            let end = before + u64::try_from(group.num_rows()).unwrap_or(0);
            if before < rows.end && end > rows.start {
                if groups.is_empty() {
                    skip = rows.start - before;
                }
                groups.push(number);
            }
            before = end;
        }
        let spent = Arc::new(Spent::default());
        let groups = Groups {
            source: Arc::clone(&self.source),
            metadata: Arc::clone(&self.metadata),
            numbers: groups,
            spent: Arc::clone(&spent),
        };
        let selectors = [RowSelector::skip(skip as usize), RowSelector::select((rows.end - rows.start) as usize)];
        let selection = RowSelection::from(selectors.into_iter().filter(|part| part.row_count > 0).collect::<Vec<_>>());
        let batch = groups.batch_rows(columns) as usize;
        let schema = self.metadata.file_metadata().schema_descr();
        let mask = ProjectionMask::roots(schema, columns.iter().copied());
        let levels = parquet_to_arrow_field_levels(schema, mask, self.durations.as_ref())?;
        let reader = ParquetRecordBatchReader::try_new_with_row_groups(&levels, &groups, batch, Some(selection))?;
        Ok(Reading { reader, spent })
    }
}

/// The type of a column of which Arrow's own schema says that it holds durations, and in which unit: Parquet has no type for these but
/// whole numbers.
fn with_durations(field: &FieldRef, said: &FieldRef) -> DataType {
    let within = |field: &FieldRef, said| Arc::new(field.as_ref().clone().with_data_type(with_durations(field, said)));
    match (field.data_type(), said.data_type()) {
        (DataType::Int64, DataType::Duration(unit)) => DataType::Duration(*unit),
        (DataType::List(item), DataType::List(said) | DataType::LargeList(said) | DataType::FixedSizeList(said, _)) => {
            DataType::List(within(item, said))
        }
        (DataType::Struct(fields), DataType::Struct(said)) if fields.len() == said.len() => {
            DataType::Struct(fields.iter().zip(said).map(|(field, said)| within(field, said)).collect())
        }
        (kind, _) => kind.clone(),
    }
}

/// Rows on their way.
pub(super) struct Reading {
    reader: ParquetRecordBatchReader,
    spent: Arc<Spent>,
}

impl Reading {
    /// The next rows.
    pub(super) fn next(&mut self) -> Result<Option<RecordBatch>> {
        self.spent.reset();
        Ok(self.reader.next().transpose()?)
    }
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading").finish_non_exhaustive()
    }
}
