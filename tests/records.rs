//! Records as columns: real files held against counts established elsewhere, and generated lines against `serde_json`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    missing_docs
)] // A test may fail by panicking.

use inkfield::data::columns::{ColumnType, Columns, Value};
use inkfield::data::ndjson::{
    LineSpan, ReadOptions, RecordFile, RecordsEvent, RecordsSummary, parse_block,
};
use inkfield::data::{Cancel, Row};
use proptest::prelude::*;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// The folder of real data; `None`, said loudly, where this machine has none.
fn data() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("INKFIELD_DATA").map_or_else(|| beside.clone(), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(
        !beside.exists(),
        "real data is not where INKFIELD_DATA says: {}",
        folder.display()
    );
    eprintln!("NOT RUN: no real data (set INKFIELD_DATA)");
    None
}

struct Loaded {
    file: RecordFile,
    columns: Columns,
    spans: Vec<LineSpan>,
    summary: RecordsSummary,
}

fn load(path: &Path) -> Loaded {
    let file = RecordFile::open(path).unwrap();
    let (mut columns, mut spans) = (Columns::new(), Vec::new());
    let summary = file.read(
        0..u32::MAX,
        &ReadOptions::default(),
        &Cancel::new(),
        &mut |event| {
            let RecordsEvent::Batch {
                first_line,
                batch,
                spans: more,
                ..
            } = event;
            columns.append(first_line, batch);
            spans.extend(more);
            ControlFlow::Continue(())
        },
    );
    let summary = summary.unwrap();
    columns.finish(summary.lines);
    Loaded {
        file,
        columns,
        spans,
        summary,
    }
}

/// Counted with `jq -r .countrycode | sort | uniq -c`.
#[test]
fn snowman_has_2_000_records_of_92_countries() {
    let Some(data) = data() else { return };
    let loaded = load(&data.join("pairs2000/snowman_2000.ndjson"));
    assert_eq!((loaded.summary.lines, loaded.summary.bad), (2000, 0));
    assert_eq!(loaded.summary.words, [("snowman".to_owned(), 2000)]);
    let country = loaded.columns.get("countrycode").unwrap();
    assert_eq!(
        (country.kind(), country.distinct(), country.missing()),
        (ColumnType::Category, 92, 0)
    );
    assert_eq!(country.top(1), [("US".to_owned(), 845)]);
    assert_eq!(
        loaded.columns.get("recognized").unwrap().kind(),
        ColumnType::Flag
    );
    assert!(
        loaded.columns.get("drawing").is_none(),
        "strokes stay in the file"
    );
    assert!(
        loaded.columns.notes().is_empty(),
        "{:?}",
        loaded.columns.notes()
    );
}

/// Every scalar of every real record, against a reader that keeps whole lines.
#[test]
fn real_records_equal_another_readers() {
    let Some(data) = data() else { return };
    let mut files = 0;
    for entry in std::fs::read_dir(data.join("pairs")).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "ndjson")
        {
            continue;
        }
        files += 1;
        let loaded = load(&path);
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(
            loaded.summary.lines as usize,
            text.lines().count(),
            "{}",
            path.display()
        );
        for (row, line) in (0..).map(Row).zip(text.lines()) {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            let value = |name| loaded.columns.get(name).unwrap().value(row);
            assert_eq!(
                value("key_id"),
                Value::Id(record["key_id"].as_str().unwrap().parse().unwrap())
            );
            assert_eq!(value("word"), Value::Text(record["word"].as_str().unwrap()));
            assert_eq!(
                value("countrycode"),
                Value::Text(record["countrycode"].as_str().unwrap())
            );
            assert_eq!(
                value("recognized"),
                Value::Flag(record["recognized"].as_bool().unwrap())
            );
            let second = format!("{} UTC", &record["timestamp"].as_str().unwrap()[..19]);
            assert_eq!(loaded.columns.get("timestamp").unwrap().text(row), second);
            assert_eq!(
                loaded.file.line(loaded.spans[row.0 as usize]).unwrap(),
                line
            );
        }
    }
    assert_eq!(files, 26);
}

/// Ids and times read by Python: `int(json.loads(line)["key_id"])`, `datetime.strptime(…)`.
#[test]
fn octopus_ids_and_times_are_pythons() {
    let Some(data) = data() else { return };
    for name in [
        "pairs/octopus.raw.ndjson",
        "bad/octopus.raw.no_final_newline.ndjson",
    ] {
        let loaded = load(&data.join(name));
        assert_eq!(
            (loaded.summary.lines, loaded.summary.bad),
            (OCTOPUS.len() as u32, 0)
        );
        for (row, (id, us)) in (0..).map(Row).zip(OCTOPUS) {
            assert_eq!(
                loaded.columns.get("key_id").unwrap().value(row),
                Value::Id(id)
            );
            assert_eq!(
                loaded.columns.get("timestamp").unwrap().value(row),
                Value::Time(us)
            );
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
    let Some(data) = data() else { return };
    let error = RecordFile::open(&data.join("other/snowman_umap.json"))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("one JSON array") && error.contains("jq -c '.[]'"),
        "{error}"
    );
    let error = RecordFile::open(&data.join("pairs/octopus.raw.npy"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("NumPy"), "{error}");
}

fn scalar() -> impl Strategy<Value = serde_json::Value> {
    let id = prop_oneof![any::<u64>(), 0..100_u64].prop_map(|id| id.to_string().into());
    let text =
        prop_oneof!["[ -~]{0,12}", "\\PC{0,6}", any::<String>()].prop_map(serde_json::Value::from);
    prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>()
            .prop_filter("finite", |number| number.is_finite())
            .prop_map(Into::into),
        id,
        text,
    ]
}

fn value() -> impl Strategy<Value = serde_json::Value> {
    scalar().prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::vec(("[a-c]{1,2}", inner), 0..4)
                .prop_map(|fields| serde_json::Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Strokes as records hold them: arrays of arrays of numbers.
fn strokes() -> impl Strategy<Value = serde_json::Value> {
    let number = prop_oneof![
        (0..2000_u32).prop_map(serde_json::Value::from),
        (-20..20_i32).prop_map(|quarter| (f64::from(quarter) / 4.0).into()),
    ];
    let axis = prop::collection::vec(number, 0..5);
    prop::collection::vec(prop::collection::vec(axis, 0..3), 0..3)
        .prop_map(|strokes| serde_json::json!(strokes))
}

fn record() -> impl Strategy<Value = serde_json::Map<String, serde_json::Value>> {
    prop::collection::vec(("[a-d]|\\PC{1,3}", prop_oneof![value(), strokes()]), 0..6)
        .prop_map(|fields| fields.into_iter().collect())
}

/// What a column must give for a value read by `serde_json`, alone in its column.
fn agrees(column: Value<'_>, text: &str, value: &serde_json::Value) -> bool {
    match (column, value) {
        (Value::Missing, serde_json::Value::Null) => true,
        (Value::Flag(flag), serde_json::Value::Bool(b)) => flag == *b,
        (Value::Id(id), serde_json::Value::String(s)) => id.to_string() == *s,
        (Value::Id(id), serde_json::Value::Number(n)) => n.as_u64() == Some(id),
        (Value::Number(number), serde_json::Value::Number(n)) => n.as_f64() == Some(number),
        (Value::Text(kept), serde_json::Value::String(s)) => kept == s,
        // Whole numbers beyond 2^53 are kept as text.
        (Value::Text(kept), serde_json::Value::Number(n)) => kept == n.to_string() && text == kept,
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn kept_scalars_equal_serde_jsons(record in record(), spaced in any::<bool>()) {
        let mut line = serde_json::to_string(&record).unwrap();
        let read: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&line).unwrap();
        if spaced {
            line = line.replace("\":", "\" :\t").replace(",\"", " , \"");
            prop_assume!(serde_json::from_str::<serde_json::Map<_, _>>(&line).is_ok_and(|again| again == read));
        }
        let block = parse_block(line.as_bytes(), 0, 0, 1 << 20);
        prop_assert_eq!((block.bad, block.batch.rows()), (0, 1), "{}: {:?}", line, block.oddities);
        let mut columns = Columns::new();
        columns.append(0, block.batch);
        columns.finish(1);
        for (key, value) in &read {
            match columns.get(key) {
                None => prop_assert!(value.is_array() || value.is_object(), "{key} is lost: {line}"),
                Some(column) => {
                    let (kept, text) = (column.value(Row(0)), column.text(Row(0)));
                    prop_assert!(agrees(kept, &text, value), "{key}: {kept:?} for {value}");
                }
            }
        }
    }

    #[test]
    fn odd_lines_never_panic_and_are_bad_exactly_when_serde_json_says_so(
        record in record(), at in any::<prop::sample::Index>(), byte in prop_oneof![any::<u8>(), prop::sample::select(&b"[]{},:\"019.-eE\\ntf "[..])], kind in 0..4_u8,
    ) {
        let mut line = serde_json::to_vec(&record).unwrap();
        let place = at.index(line.len());
        match kind {
            0 => line[place] = byte,
            1 => line.insert(place, byte),
            2 => { line.remove(place); }
            _ => line.truncate(place),
        }
        line.retain(|&byte| byte != b'\n');
        let block = parse_block(&line, 1, 0, 1 << 20);
        let blank = line.trim_ascii().is_empty();
        let good = std::str::from_utf8(&line)
            .is_ok_and(|line| serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(line).is_ok());
        prop_assert_eq!(block.bad, u32::from(!good && !blank), "{}: {:?}", String::from_utf8_lossy(&line), block.oddities);
        prop_assert_eq!(block.batch.rows(), u32::from(!blank));
    }

    #[test]
    fn any_bytes_give_a_row_for_each_line(bytes in prop::collection::vec(prop_oneof![Just(b'\n'), any::<u8>()], 0..300)) {
        let block = parse_block(&bytes, 1, 0, 100);
        let lines = bytes.split(|&byte| byte == b'\n').count() - usize::from(bytes.last().is_none_or(|&last| last == b'\n'));
        prop_assert_eq!((block.batch.rows() + block.trailing_blank) as usize, lines);
        prop_assert_eq!(block.spans.len(), block.batch.rows() as usize);
    }

    #[test]
    fn how_lines_are_cut_into_blocks_changes_no_value(
        records in prop::collection::vec(record(), 1..12), cut in any::<prop::sample::Index>(),
    ) {
        let lines: Vec<String> = records.iter().map(|record| serde_json::to_string(record).unwrap() + "\n").collect();
        let cut = cut.index(lines.len());
        let read = |parts: &[&[String]]| {
            let (mut columns, mut row) = (Columns::new(), 0);
            for part in parts {
                let block = parse_block(part.concat().as_bytes(), row, 0, 1 << 20);
                columns.append(row, block.batch);
                row += part.len() as u32;
            }
            columns.finish(row);
            (0..row).map(|row| columns.record_json(Row(row))).collect::<Vec<_>>()
        };
        prop_assert_eq!(read(&[&lines]), read(&[&lines[..cut], &lines[cut..]]));
    }
}
