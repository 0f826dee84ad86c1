//! A sorted `grid` and `timeline`: cells in an order that numpy computed (`expected/places.py`).

use super::places::{assert_places, columns, expected, placed};
use inkfield::data::columns::{BatchBuilder, Columns, Value};
use inkfield::scene::layout::{Layout, LayoutParams};

fn sorted(by: &str, columns: Option<&Columns>) -> Result<std::sync::Arc<Layout>, String> {
    let params = LayoutParams { sort: Some(by.to_owned()), columns: Some(7), ..LayoutParams::default() };
    placed("grid", 60, params, columns).map_err(|error| error.to_string())
}

#[test]
fn a_grid_is_sorted_by_any_column_as_python_sorts() {
    let columns = columns();
    let mut checked = 0;
    for case in expected()["sorted"].as_array().unwrap() {
        let (name, down) = (case["column"].as_str().unwrap(), case["descending"].as_bool().unwrap());
        let layout = sorted(&format!("{name}{}", if down { ":desc" } else { "" }), Some(&columns)).unwrap();
        let lattice = layout.lattice.as_ref().unwrap();
        let order: Vec<u32> = case["rows"].as_array().unwrap().iter().map(|row| row.as_u64().unwrap() as u32).collect();
        assert_eq!(lattice.order.as_deref(), Some(&order[..]), "{name}, descending: {down}");
        // Reading order, seven a line.
        for (&row, at) in order.iter().zip(0_u32..) {
            let expected = glam::DVec2::new(f64::from(at % 7) + 0.5, -f64::from(at / 7) - 0.5);
            assert_eq!(layout.center(row), Some(expected), "{name}: row {row}");
        }
        let missing = expected()["columns"][name].as_array().unwrap().iter().filter(|value| value.is_null()).count();
        let said = (missing > 0).then(|| format!("without a value of {name}: {missing} rows, at the end"));
        assert_eq!(layout.note, said);
        checked += 1;
    }
    assert_eq!(checked, 10);
}

#[test]
fn a_direction_is_none_where_a_column_is_called_so() {
    let mut builder = BatchBuilder::new();
    for row in 0..60 {
        builder.push_row();
        builder.set("a", Value::Number(row.into()));
        builder.set("a:desc", Value::Number(f64::from(row / 2)));
        builder.set("b, c", Value::Number(f64::from(row % 2)));
    }
    let mut columns = Columns::new();
    columns.append(0, builder.finish());
    columns.finish(60);
    let first =
        |by: &str| sorted(by, Some(&columns)).unwrap().lattice.as_ref().unwrap().order.as_ref().unwrap()[..3].to_vec();
    assert_eq!(first("a:DESC"), [59, 58, 57]);
    assert_eq!(first("a:asc"), [0, 1, 2]);
    assert_eq!(first("a:desc"), [0, 1, 2]);
    assert_eq!(first("a:desc:desc"), [58, 59, 56]);
    assert_eq!(first("\"b, c\":desc"), [1, 3, 5]);
    let said = "cannot sort by size: there is no such column; known are a, a:desc, \"b, c\"";
    assert_eq!(sorted("size:desc", Some(&columns)).unwrap_err(), said);
    let said = "cannot sort: there are no records to sort by; name the .ndjson file, too";
    assert_eq!(sorted("a", None).unwrap_err(), said);
}

/// Times within 200 days, every 50th missing: `stamps` of places.py.
fn stamps(rows: u32) -> Columns {
    let mut builder = BatchBuilder::new();
    for i in 0..i64::from(rows) {
        builder.push_row();
        if i % 50 != 7 {
            builder.set("when", Value::Time(1_484_870_400_000_000 + i * i * 7919 % 17_280_000 * 1_000_000));
        }
    }
    let mut columns = Columns::new();
    columns.append(0, builder.finish());
    columns.finish(rows);
    columns
}

fn timeline(columns: &Columns) -> std::sync::Arc<Layout> {
    placed("timeline", columns.rows_loaded(), LayoutParams::default(), Some(columns)).unwrap()
}

#[test]
fn a_timeline_has_the_cells_that_numpy_gives_each_row_and_no_two_rows_share_one() {
    let cases = expected()["timeline"].clone();
    for (case, columns) in cases.as_array().unwrap().iter().zip([columns(), stamps(3000)]) {
        assert_eq!(case["rows"], columns.rows_loaded());
        let layout = timeline(&columns);
        assert_places(&layout, &case["places"], "timeline");
        let lattice = layout.lattice.as_ref().unwrap();
        let widest = lattice.blocks.iter().map(|block| block.columns).max().unwrap();
        assert_eq!(case["wide"], widest);
        let missing = &case["missing"];
        let said = format!("when by weeks (UTC); without a value: {missing} rows, at the right");
        assert_eq!(layout.note.as_deref(), Some(said.as_str()));
        // The cells that painters compute are where the rows are.
        let (order, unit) = (lattice.order.as_ref().unwrap(), 1 << layout.frac_bits());
        let mut seen = std::collections::HashSet::new();
        for block in &lattice.blocks {
            let own = &order[block.start as usize..(block.start + block.rows) as usize];
            assert!(own.is_sorted(), "rows ascend in a block");
            for (&row, at) in own.iter().zip(0..) {
                let [left, top] = block.left_top;
                let (column, line) = ((at % block.columns) as i32, (at / block.columns) as i32);
                let center = [left + column * unit + unit / 2, top - line * unit - unit / 2];
                assert_eq!(layout.fixed()[row as usize], center, "row {row}");
                assert!(seen.insert(center), "row {row} alone in its place");
            }
        }
        assert_eq!(seen.len(), columns.rows_loaded() as usize);
    }
}

#[test]
fn a_timelines_ticks_lie_in_the_columns_of_their_times_and_at_their_counts() {
    let columns = stamps(3000);
    let layout = timeline(&columns);
    let axes = layout.axes.as_ref().unwrap();
    assert_eq!([axes.x.title.as_str(), axes.y.title.as_str()], ["when by weeks (UTC)", "drawings"]);
    let texts: Vec<&str> = axes.x.ticks.iter().map(|tick| tick.text.as_str()).collect();
    // 200 days from 2017-01-20 on, from the beginning of their first week.
    let months = ["2017-02", "2017-03", "2017-04", "2017-05", "2017-06", "2017-07", "2017-08"];
    assert_eq!(texts, [&months[..], &["(missing)"]].concat());
    assert!(axes.x.ticks.windows(2).all(|pair| pair[0].at < pair[1].at));
    // Where March begins, drawings of February lie to the left and those of March to the right, but for that week's.
    let wide = expected()["timeline"][1]["wide"].as_f64().unwrap();
    let march = axes.x.ticks[1].at;
    let when = columns.get("when").unwrap();
    for row in (0..3000).filter(|row| row % 50 != 7) {
        let (x, text) = (layout.center(row).unwrap().x, when.text(inkfield::data::Row(row)));
        assert!(if text.as_str() < "2017-03" { x < march + wide } else { x > march - wide }, "{text} at {x}");
    }
    // A count is as high as so many drawings in lines of that width.
    let base = layout.bounds.min.y;
    for tick in &axes.y.ticks {
        let count: f64 = tick.text.parse().unwrap();
        assert!((tick.at - base - count / wide).abs() < 1e-9, "{tick:?}");
    }
    assert!(axes.y.ticks.len() >= 3);
}

#[test]
fn bins_are_of_the_narrowest_unit_of_which_a_hundred_do() {
    for (seconds, said) in [
        (50, "by seconds (UTC)"),
        (3 * 3600, "by 5 minutes (UTC)"),
        (2 * 86_400, "by hours (UTC)"),
        (30 * 86_400, "by days (UTC)"),
        (99 * 86_400, "by days (UTC)"),
        (150 * 86_400, "by weeks (UTC)"),
        (1900 * 86_400, "by months (UTC)"),
        (4000 * 86_400, "by quarters (UTC)"),
    ] {
        let mut builder = BatchBuilder::new();
        for i in 0..50_i64 {
            builder.push_row();
            builder.set("when", Value::Time(i * seconds * 1_000_000 / 49));
        }
        let mut columns = Columns::new();
        columns.append(0, builder.finish());
        columns.finish(50);
        assert_eq!(timeline(&columns).note, Some(format!("when {said}")), "{seconds} s");
    }
}

#[test]
fn what_has_no_time_says_so() {
    let columns = columns();
    let error = |by: Option<&str>, columns: Option<&Columns>| {
        let params = LayoutParams { by: by.map(str::to_owned), ..LayoutParams::default() };
        placed("timeline", 60, params, columns).unwrap_err().to_string()
    };
    assert_eq!(
        error(Some("kind"), Some(&columns)),
        "cannot place by kind on a timeline: it holds category values, and times are needed"
    );
    assert_eq!(
        error(Some("time"), Some(&columns)),
        "cannot place by time: there is no such column; known are weight, when, valid, kind, change"
    );
    assert_eq!(error(None, None), "cannot place by time: there are no records; name the .ndjson file, too");
    let mut builder = BatchBuilder::new();
    builder.push_row();
    builder.set("size", Value::Number(1.0));
    let mut none = Columns::new();
    none.append(0, builder.finish());
    none.finish(1);
    assert_eq!(error(None, Some(&none)), "cannot place by time: no column holds times; known are size");
}
