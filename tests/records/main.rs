//! Records as columns: real files held against what other programs read in them; generated lines in `properties`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, missing_docs)] // A test may fail by panicking.

mod conditions;
mod facets;
mod generated;
mod naive;
mod odd_lines;
mod pandas;
mod plain;
mod properties;
#[path = "../common/real_data.rs"]
mod real_data;

use inkfield::data::columns::{ColumnType, Columns, Value};
use inkfield::data::ndjson::{LineSpan, ReadOptions, RecordFile, RecordsEvent, RecordsSummary};
use inkfield::data::{Cancel, Row};
use real_data::real_data;
use std::ops::ControlFlow;
use std::path::Path;

struct Loaded {
    file: RecordFile,
    columns: Columns,
    spans: Vec<LineSpan>,
    summary: RecordsSummary,
}

fn load(path: &Path) -> Loaded {
    let file = RecordFile::open(path).unwrap();
    let (mut columns, mut spans) = (Columns::new(), Vec::new());
    let summary = file.read(0..u32::MAX, &ReadOptions::default(), &Cancel::new(), &mut |event| {
        let RecordsEvent::Batch { first_line, batch, spans: more, .. } = event;
        columns.append(first_line, batch);
        spans.extend(more);
        ControlFlow::Continue(())
    });
    let summary = summary.unwrap();
    columns.finish(summary.lines);
    Loaded { file, columns, spans, summary }
}

/// Counted with `jq -r .countrycode | sort | uniq -c`.
#[test]
fn snowman_has_2_000_records_of_92_countries() {
    let Some(data) = real_data() else { return };
    let loaded = load(&data.join("pairs2000/snowman_2000.ndjson"));
    assert_eq!((loaded.summary.lines, loaded.summary.bad), (2000, 0));
    assert_eq!(loaded.summary.words, [("snowman".to_owned(), 2000)]);
    let country = loaded.columns.get("countrycode").unwrap();
    assert_eq!((country.kind(), country.distinct(), country.missing()), (ColumnType::Category, 92, 0));
    assert_eq!(country.top(1), [("US".to_owned(), 845)]);
    assert_eq!(loaded.columns.get("recognized").unwrap().kind(), ColumnType::Flag);
    assert!(loaded.columns.get("drawing").is_none(), "strokes stay in the file");
    assert!(loaded.columns.notes().is_empty(), "{:?}", loaded.columns.notes());
}

/// Every scalar of every real record, against a reader that keeps whole lines.
#[test]
fn real_records_equal_another_readers() {
    let Some(data) = real_data() else { return };
    let mut files = 0;
    for folder in ["pairs", "pairs2000"] {
        for entry in std::fs::read_dir(data.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "ndjson") {
                continue;
            }
            files += 1;
            let loaded = load(&path);
            let text = std::fs::read_to_string(&path).unwrap();
            assert_eq!(loaded.summary.lines as usize, text.lines().count(), "{}", path.display());
            for (row, line) in (0..).map(Row).zip(text.lines()) {
                let record = plain::read(line.as_bytes()).unwrap();
                plain::compare(&loaded.columns, row, &record).unwrap_or_else(|what| panic!("{what}: {line}"));
                assert_eq!(loaded.file.line(loaded.spans[row.0 as usize]).unwrap(), line);
            }
            for (name, kind) in PUBLISHED.into_iter().filter(|(name, _)| text.contains(&format!("\"{name}\":"))) {
                assert_eq!(loaded.columns.get(name).unwrap().kind(), kind, "{name} of {}", path.display());
            }
        }
    }
    assert_eq!(files, 30);
}

const PUBLISHED: [(&str, ColumnType); 5] = [
    ("word", ColumnType::Category),
    ("countrycode", ColumnType::Category),
    ("timestamp", ColumnType::Time),
    ("recognized", ColumnType::Flag),
    ("key_id", ColumnType::Id),
];

/// Ids and times read by Python: `int(json.loads(line)["key_id"])`, `datetime.strptime(…)`.
#[test]
fn octopus_ids_and_times_are_pythons() {
    let Some(data) = real_data() else { return };
    for name in ["pairs/octopus.raw.ndjson", "bad/octopus.raw.no_final_newline.ndjson"] {
        let loaded = load(&data.join(name));
        assert_eq!((loaded.summary.lines, loaded.summary.bad), (OCTOPUS.len() as u32, 0));
        for (row, (id, us)) in (0..).map(Row).zip(OCTOPUS) {
            assert_eq!(loaded.columns.get("key_id").unwrap().value(row), Value::Id(id));
            assert_eq!(loaded.columns.get("timestamp").unwrap().value(row), Value::Time(us));
        }
    }
}

const OCTOPUS: [(u64, i64); 21] = [
    (4_599_994_839_465_984, 1_488_711_142_314_850),
    (6_746_256_573_464_576, 1_485_206_580_117_470),
    (5_419_213_730_611_200, 1_490_005_561_810_230),
    (5_953_290_716_053_504, 1_488_577_211_371_360),
    (5_005_193_466_871_808, 1_485_547_313_025_610),
    (6_724_261_806_866_432, 1_488_450_255_406_060),
    (5_064_235_442_765_824, 1_485_452_948_984_990),
    (4_876_295_202_668_544, 1_490_268_119_145_750),
    (6_670_279_134_674_944, 1_488_556_855_363_520),
    (6_018_386_049_892_352, 1_485_550_457_625_790),
    (6_371_682_019_180_544, 1_490_474_475_007_070),
    (6_717_660_492_464_128, 1_490_609_472_338_600),
    (6_048_823_723_950_080, 1_489_861_825_092_540),
    (4_512_633_778_601_984, 1_490_061_530_478_080),
    (5_481_701_142_691_840, 1_489_427_675_247_760),
    (4_975_207_011_844_096, 1_485_696_770_593_770),
    (5_679_736_334_319_616, 1_485_535_735_646_710),
    (6_347_550_594_433_024, 1_488_811_015_372_950),
    (6_675_829_826_256_896, 1_489_498_402_029_630),
    (4_935_264_097_009_664, 1_490_704_239_221_750),
    (5_505_140_020_740_096, 1_490_374_603_164_120),
];

#[test]
fn a_json_array_is_refused_by_name_with_what_to_do() {
    let Some(data) = real_data() else { return };
    let error = RecordFile::open(&data.join("other/snowman_umap.json")).unwrap_err().to_string();
    assert!(error.contains("one JSON array") && error.contains("jq -c '.[]'"), "{error}");
    let error = RecordFile::open(&data.join("pairs/octopus.raw.npy")).unwrap_err().to_string();
    assert!(error.contains("NumPy"), "{error}");
}
