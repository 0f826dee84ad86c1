//! `locate` and `pick`: places as the layout's definition has them, rows and records as the files have them.

use super::real_data::real_data;
use super::{complaint, documents, gpu, inkfield, records, row_lines};
use serde_json::{Value, json};

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

#[test]
fn a_grid_lies_where_its_definition_says() {
    // 100 drawings: round(sqrt(130)) = 11 columns, 10 rows; 12 px of margin in 1280 x 800.
    let scale = f64::min((1280.0 - 24.0) / 11.0, (800.0 - 24.0) / 10.0);
    let place = |row: f64, center: (f64, f64)| {
        let (x, y) = (row % 11.0 + 0.5, -(row / 11.0).floor() - 0.5);
        (640.0 + (x - center.0) * scale, 400.0 - (y - center.1) * scale)
    };
    let rows = ["--row", "0", "--row", "57", "--row", "-1"];
    for (center, view) in [((5.5, -5.0), vec![]), ((3.0, -4.0), vec!["--center", "3,-4"])] {
        let answers = documents(inkfield().args(["locate", "demo:100", "--json"]).args(rows).args(view));
        assert_eq!(answers.len(), 3);
        for (answer, row) in answers.iter().zip([0_u32, 57, 99]) {
            let (x, y) = place(row.into(), center);
            assert_eq!(answer["row"], row);
            assert!(
                (number(&answer["x_px"]) - x).abs() < 1e-6 && (number(&answer["y_px"]) - y).abs() < 1e-6,
                "{answer}"
            );
            assert!((number(&answer["size_px"]) - scale).abs() < 1e-6, "{answer}");
            assert_eq!(answer["visible"], true);
            let keys: Vec<&String> = answer.as_object().unwrap().keys().collect();
            assert_eq!(keys, ["schema", "row", "x_px", "y_px", "size_px", "visible", "hidden", "faded"]);
        }
    }
}

#[test]
fn rows_come_from_standard_input_and_negative_centres_are_taken() {
    let far = ["--center", "-3,-4", "--zoom", "4"];
    let answers = documents(
        inkfield().args(["locate", "demo:100", "--row", "-", "--json"]).args(far).write_stdin("0\n\n -1 \n99\n"),
    );
    let rows: Vec<&Value> = answers.iter().map(|answer| &answer["row"]).collect();
    assert_eq!(rows, [0, 99, 99]);
    // At this zoom the last row is off screen; its place is still told.
    assert_eq!(answers[1]["visible"], false);
    let text = complaint(inkfield().args(["locate", "demo:100", "--row", "-"]).write_stdin("x\n"), 2);
    assert!(text.contains("line 1 of standard input"), "{text}");
}

#[test]
fn rows_out_of_range_and_words_are_refused() {
    for row in ["100", "-101", "99999999999999999999", "x", "1.5", ""] {
        complaint(inkfield().args(["locate", "demo:100", "--row", row]), 2);
    }
    let text = complaint(inkfield().args(["locate", "demo:100", "--row", "100"]), 2);
    assert!(text.contains("from 0 to 99"), "{text}");
    complaint(inkfield().args(["render", "demo:10", "--out", "never.png", "--inspect", "10"]), 2);
    for at in ["640", "x,y", "nan,1", "1,2,3"] {
        complaint(inkfield().args(["pick", "demo:10", "--at", at]), 2);
    }
}

#[test]
fn pick_gives_back_what_was_located_with_every_id_exact() {
    let Some(data) = real_data() else { return };
    if !gpu() {
        return;
    }
    let file = data.join("pairs/octopus.raw.npy");
    let truth = records(&data.join("pairs/octopus.raw.ndjson"));
    for view in [["--layout", "grid"], ["--layout", "groups"]] {
        let rows = row_lines(truth.len());
        let places =
            documents(inkfield().args(["locate", "--row", "-", "--json"]).arg(&file).args(view).write_stdin(rows));
        let pixels: Vec<String> = places.iter().map(|place| format!("{},{}", place["x_px"], place["y_px"])).collect();
        let picks = documents(
            inkfield().args(["pick", "--at", "-", "--json"]).arg(&file).args(view).write_stdin(pixels.join("\n")),
        );
        assert_eq!(picks.len(), truth.len());
        for (row, (pick, record)) in picks.iter().zip(&truth).enumerate() {
            assert_eq!((&pick["row"], &pick["distance_px"], &pick["under"]), (&json!(row), &json!(0.0), &json!(1)));
            for key in ["key_id", "countrycode", "word", "recognized", "timestamp"] {
                assert_eq!(pick["record"][key], record[key], "row {row}");
            }
        }
    }
}

#[test]
fn a_pixel_without_a_drawing_is_an_answer() {
    if !gpu() {
        return;
    }
    let outside = ["--at", "0,0", "--at", "-5,10", "--at", "1e300,4", "--at", "640,400"];
    let picks = documents(inkfield().args(["pick", "demo:100", "--json"]).args(outside));
    assert_eq!(picks.len(), 4);
    for pick in &picks[..3] {
        assert_eq!((&pick["row"], &pick["under"]), (&Value::Null, &json!(0)), "{pick}");
    }
    // The middle of 11 x 10 cells: column 5, the sixth row of cells from the pixel below the line on.
    assert_eq!(picks[3]["row"], 60);
    let text = super::answer(inkfield().args(["pick", "demo:100"]).args(outside));
    assert!(text.starts_with("nothing is there\n") && text.contains("\nrow 60\n"), "{text}");
}
