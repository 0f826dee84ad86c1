//! Numbers that are unpacked at once are those that the library gives, or none.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use std::ops::Range;
use std::path::{Path, PathBuf};

use arrow_array::types::{Float64Type, Int8Type, Int16Type, Int64Type, UInt8Type, UInt16Type};
use arrow_array::{ArrayRef, ArrowPrimitiveType, BinaryArray, FixedSizeBinaryArray, ListArray, RecordBatch};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{WriterProperties, WriterVersion};
use tempfile::TempDir;

use super::super::candidate::Holds;
use super::super::container::{Columnar, Form};
use super::super::flat::Rows;
use super::super::numbers::Column;
use super::super::{choice, flat};
use super::hybrid::{Damaged, Run, Runs};
use super::*;
use crate::data::file::{Making, PlainFile, Spool};

/// What the drawings of a file are by the library, batch by batch, and unpacked at once; `None` where that is not done.
fn both_ways(path: &Path) -> (Result<Vec<u8>, String>, Option<Vec<u8>>) {
    let spool = Spool::default();
    let file = PlainFile::open(path, &spool, &|_| true).unwrap();
    let columnar = Arc::new(Columnar::open(file, Form::Parquet).unwrap());
    let image = choice::choose(&columnar, None).unwrap().image;
    let (element, lists) = match image.holds {
        Holds::Array(element, axes) => (element, axes),
        Holds::Tensor(element, axes) => (element, vec![axes.iter().product()]),
        Holds::Pictures | Holds::Packed(_) | Holds::Unknown => unreachable!(),
    };
    let numbers = Numbers { element, lists: lists.clone() };
    let mut by_library = Ok(Vec::new());
    let mut batches = columnar.read(&[image.column], 0..columnar.rows).unwrap();
    while let Some(batch) = batches.next().unwrap() {
        let mut on = |bytes: &[u8]| {
            by_library.as_mut().unwrap().extend_from_slice(bytes);
            Ok(())
        };
        let rows = Rows { first: 0, axes: &lists };
        if let Err(flat::Odd { what, .. }) = rows.hand_on(batch.column(0), &mut on) {
            by_library = Err(what);
            break;
        }
    }
    let name = "a".to_owned();
    let column = Column { columnar: Arc::clone(&columnar), number: image.column, name, numbers: numbers.clone() };
    let is_on_demand = comes_from_anywhere(column, &by_library, &spool);
    let Some(pages) = columnar.pages(image.column, &numbers) else { return (by_library, None) };
    let mut making = Making::begin(&columnar.file, &spool).unwrap();
    if !making.fill(pages.bytes(), |place| pages.unpack(place)).unwrap() {
        assert_eq!(making.written(), 0);
        return (by_library, None);
    }
    assert!(is_on_demand);
    let made = making.finish("it").unwrap();
    (by_library, Some(part_of(&made, 0..made.len()).unwrap()))
}

fn part_of(file: &PlainFile, range: Range<u64>) -> Result<Vec<u8>, String> {
    let mut bytes = vec![0; (range.end - range.start) as usize];
    file.read_exact_at(&mut bytes, range.start).map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// Whatever is read of a column's content, from the end to the front, is what the library gives, or fails for what it says; answers whether
/// that was unpacked where it was read.
fn comes_from_anywhere(column: Column, by_library: &Result<Vec<u8>, String>, spool: &Spool) -> bool {
    let opened = column.open_from(0, spool).map_err(|error| error.to_string());
    match by_library {
        Ok(all) => {
            let file = opened.unwrap();
            let (mut end, mut lengths) = (file.len(), [1, 63, 64, 1_000, 7].into_iter().cycle());
            while end > 0 {
                let start = end.saturating_sub(lengths.next().unwrap());
                assert!(part_of(&file, start..end).unwrap() == all[start as usize..end as usize], "{start} to {end}");
                end = start;
            }
            assert!(part_of(&file, 0..file.len()).unwrap() == *all);
            !file.is_copy()
        }
        Err(what) => {
            let failed = opened.and_then(|file| part_of(&file, 0..file.len()));
            assert!(failed.as_ref().is_err_and(|failed| failed.contains(what)), "{failed:?}, not {what}");
            false
        }
    }
}

fn written(folder: &TempDir, properties: WriterProperties, column: ArrayRef) -> PathBuf {
    let path = folder.path().join("set.parquet");
    let batch = RecordBatch::try_from_iter_with_nullable([("a", column, true)]).unwrap();
    let file = std::fs::File::create(&path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    path
}

fn lists<T: ArrowPrimitiveType>(rows: usize, each: usize, value: impl Fn(usize) -> T::Native) -> ArrayRef {
    let row = |row: usize| Some((0..each).map(|at| Some(value(row * each + at))).collect::<Vec<_>>());
    Arc::new(ListArray::from_iter_primitive::<T, _, _>((0..rows).map(row)))
}

/// Pages and groups of a few rows each.
fn small() -> parquet::file::properties::WriterPropertiesBuilder {
    let small = WriterProperties::builder().set_data_page_row_count_limit(7).set_write_batch_size(7);
    small.set_max_row_group_row_count(Some(40))
}

#[test]
fn what_others_wrote_is_the_same_at_once_and_one_after_the_other() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/expected/columnar");
    for name in ["snappy", "zstd", "gzip", "lz4", "none", "nested", "tensor", "pandas", "raw"] {
        let (by_library, at_once) = both_ways(&kept.join(format!("{name}.parquet")));
        assert_eq!(at_once.unwrap(), by_library.unwrap(), "{name}");
    }
}

#[test]
fn numbers_of_all_widths_come_at_once_whatever_pages_they_lie_in() {
    let folder = tempfile::tempdir().unwrap();
    // Runs, and values that do not repeat.
    let mixed = |at: usize| if at % 900 < 300 { 7 } else { at.wrapping_mul(2_654_435_761) >> 7 };
    let fixed = FixedSizeBinaryArray::try_from_iter((0..100).map(|row| [mixed(row * 300) as u8; 64])).unwrap();
    let plain = BinaryArray::from_iter_values((0..100).map(|row| [mixed(row * 300) as u8; 65]));
    let columns: [ArrayRef; 8] = [
        lists::<UInt8Type>(100, 64, |at| mixed(at) as u8),
        lists::<Int8Type>(100, 64, |at| mixed(at) as i8),
        lists::<UInt16Type>(100, 81, |at| mixed(at) as u16),
        lists::<Int16Type>(100, 64, |at| (mixed(at) % 700) as i16 - 300),
        lists::<Int64Type>(100, 100, |at| mixed(at) as i64),
        lists::<Float64Type>(100, 64, |at| mixed(at) as f64),
        Arc::new(fixed),
        Arc::new(plain),
    ];
    let zstd = Compression::ZSTD(ZstdLevel::default());
    for column in columns {
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            for is_indexed in [true, false] {
                let properties = small().set_writer_version(version).set_dictionary_enabled(is_indexed);
                // Without a dictionary version 2 writes differences, which the library reads.
                let properties = properties.set_compression(zstd).set_encoding(Encoding::PLAIN);
                let path = written(&folder, properties.build(), Arc::clone(&column));
                let (by_library, at_once) = both_ways(&path);
                let kind = column.data_type();
                assert!(at_once.unwrap() == by_library.unwrap(), "{kind}, {version:?}, {is_indexed}");
            }
        }
    }
}

#[test]
fn what_is_not_as_simple_is_left_to_the_library() {
    let folder = tempfile::tempdir().unwrap();
    let row = |row: usize| match row {
        63 => None,
        _ => Some(vec![Some(row as u8); 64]),
    };
    let missing = ListArray::from_iter_primitive::<UInt8Type, _, _>((0..80).map(row));
    let (by_library, at_once) = both_ways(&written(&folder, small().build(), Arc::new(missing)));
    assert!(by_library.unwrap_err().ends_with("has no list") && at_once.is_none());
    let uneven = (0..80).map(|row| Some(vec![Some(row as u8); if row == 70 { 63 } else { 64 }]));
    let uneven = ListArray::from_iter_primitive::<UInt8Type, _, _>(uneven);
    let (by_library, at_once) = both_ways(&written(&folder, small().build(), Arc::new(uneven)));
    assert!(by_library.unwrap_err().ends_with("has a list of 63, where others have 64") && at_once.is_none());
    // As many values as there should be, in other lists.
    let lengths = |row: usize| 64 + usize::from(row == 70) - usize::from(row == 71);
    let moved = (0..80).map(|row| Some(vec![Some(row as u8); lengths(row)]));
    let moved = ListArray::from_iter_primitive::<UInt8Type, _, _>(moved);
    let (by_library, at_once) = both_ways(&written(&folder, small().build(), Arc::new(moved)));
    assert!(by_library.is_err() && at_once.is_none());
    let hole =
        (0..80).map(|row| Some((0..64).map(|at| (row != 9 || at != 5).then_some(f64::from(at))).collect::<Vec<_>>()));
    let hole = ListArray::from_iter_primitive::<Float64Type, _, _>(hole);
    let (by_library, at_once) = both_ways(&written(&folder, small().build(), Arc::new(hole)));
    assert!(by_library.is_ok() && at_once.is_none());
    let differences = small().set_dictionary_enabled(false).set_encoding(Encoding::DELTA_BINARY_PACKED).build();
    let (by_library, at_once) = both_ways(&written(&folder, differences, lists::<Int64Type>(80, 64, |at| at as i64)));
    assert!(by_library.is_ok() && at_once.is_none());
}

#[test]
fn damaged_pages_are_left_to_the_library() {
    let folder = tempfile::tempdir().unwrap();
    let properties = small().set_compression(Compression::UNCOMPRESSED).build();
    let path = written(&folder, properties, lists::<UInt8Type>(90, 64, |at| ((at * at) >> 3) as u8));
    let whole = std::fs::read(&path).unwrap();
    let (by_library, _) = both_ways(&path);
    let by_library = by_library.unwrap();
    let footer = u32::from_le_bytes(whole[whole.len() - 8..whole.len() - 4].try_into().unwrap()) as usize;
    for at in (4..whole.len() - 8 - footer).step_by(41) {
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << (at % 8);
        std::fs::write(&path, damaged).unwrap();
        let spool = Spool::default();
        let file = PlainFile::open(&path, &spool, &|_| true).unwrap();
        let columnar = Arc::new(Columnar::open(file, Form::Parquet).unwrap());
        let mut making = Making::begin(&columnar.file, &spool).unwrap();
        let numbers = Numbers { element: Element::U8, lists: vec![64] };
        let Some(pages) = columnar.pages(0, &numbers) else { continue };
        if !making.fill(pages.bytes(), |place| pages.unpack(place)).unwrap() {
            continue;
        }
        assert_eq!(making.written() as usize, by_library.len(), "{at}");
        let made = making.finish("it").unwrap();
        // Nothing in the file says that a value is another one; either way reads the same.
        let column = Column { columnar, number: 0, name: "a".to_owned(), numbers };
        let anywhere = column.open_from(0, &spool).unwrap();
        assert!(!anywhere.is_copy());
        assert!(part_of(&anywhere, 0..made.len()).unwrap() == part_of(&made, 0..made.len()).unwrap(), "{at}");
    }
}

#[test]
fn what_is_unpacked_where_it_is_read_is_that_of_the_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(&folder, small().build(), lists::<UInt8Type>(90, 64, |at| (at % 251) as u8));
    let spool = Spool::default();
    let columnar = Arc::new(Columnar::open(PlainFile::open(&path, &spool, &|_| true).unwrap(), Form::Parquet).unwrap());
    let numbers = Numbers { element: Element::U8, lists: vec![64] };
    let column = Column { columnar, number: 0, name: "a".to_owned(), numbers };
    let file = column.open_from(0, &spool).unwrap();
    assert!(!file.is_copy() && file.check_unchanged().is_ok() && file.fate().is_none());
    assert_eq!(part_of(&file.part_of(64..128), 5..7).unwrap(), [69, 70]);
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, [whole.as_slice(), b"more"].concat()).unwrap();
    assert!(file.check_unchanged().is_err() && file.fate().is_some());
    // What cannot be read any more is no fault of the values.
    std::fs::write(&path, b"PAR1").unwrap();
    let said = part_of(&file, 64 * 80..64 * 90).unwrap_err();
    assert!(said.contains("the file was changed while it was open") || said.contains("could be read"), "{said}");
}

#[test]
fn runs_and_packed_numbers_are_those_of_the_specification() {
    let all = |bytes: &[u8], bits: u8, numbers: usize| -> Result<Vec<u32>, Damaged> {
        let (mut runs, mut out) = (Runs::new(bytes, bits, numbers).ok_or(Damaged)?, Vec::new());
        while let Some(run) = runs.next()? {
            match run {
                Run::Repeated(number, times) => out.extend(std::iter::repeat_n(number, times)),
                Run::Packed(packed, numbers) => runs.unpack(packed, numbers, &mut |number| out.push(number)),
            }
        }
        Ok(out)
    };
    // The example there: 0 to 7 in three bits each.
    let eight = [0x03, 0x88, 0xc6, 0xfa];
    assert_eq!(all(&eight, 3, 8).unwrap(), [0, 1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(all(&eight, 3, 5).unwrap(), [0, 1, 2, 3, 4]);
    assert_eq!(all(&eight, 3, 9), Err(Damaged));
    assert_eq!(all(&eight[..3], 3, 8), Err(Damaged));
    // Five times 300, which takes two bytes of nine bits; then eight numbers of nine bits, the last of which has all of them.
    let wide = [0x0a, 0x2c, 0x01, 0x03, 1, 0, 0, 0, 0, 0, 0, 0x80, 0xff];
    assert_eq!(all(&wide, 9, 13).unwrap(), [300, 300, 300, 300, 300, 1, 0, 0, 0, 0, 0, 0, 511]);
    assert_eq!(all(&[0x10], 0, 8).unwrap(), [0; 8]);
    assert_eq!(all(&[0x03], 0, 8).unwrap(), [0; 8]);
    assert_eq!(all(&[0; 9], 1, 1), Err(Damaged));
    assert_eq!(all(&[0xff; 9], 1, 1), Err(Damaged));
    assert!(Runs::new(&[], 33, 1).is_none());
}

#[test]
fn a_level_says_how_many_lists_go_on() {
    let leaf = |lists: &[usize]| Leaf {
        number: 0,
        physical: Type::INT32,
        width: 1,
        range: (0, 255),
        repetition: lists.len() as i16,
        definition: 0,
        lists: lists.to_vec(),
    };
    let nested = leaf(&[2, 3]);
    assert_eq!((0..8).map(|value| nested.level(value)).collect::<Vec<_>>(), [0, 2, 2, 1, 2, 2, 0, 2]);
    assert_eq!((0..3).map(|value| leaf(&[1]).level(value)).collect::<Vec<_>>(), [0, 0, 0]);
    assert_eq!(leaf(&[]).level(5), 0);
}
