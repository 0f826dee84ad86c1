//! `--session` without a window: what a file says is drawn, and what is no session of these drawings is refused.

use super::{answer, complaint, gpu, inkfield, write_npy};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// FNV-1a of 64 bits by its definition.
fn fnv(bytes: &[u8]) -> String {
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

/// Six drawings of 8 × 8, and a session of them as the contract has it.
fn drawings(folder: &Path) -> Value {
    let values: Vec<u8> = (0..6 * 64_u32).map(|at| (at * 37 % 256) as u8).collect();
    write_npy(&folder.join("a.npy"), "(6, 8, 8)", &values);
    // Its first and its last drawings: here all of them, twice.
    let hash = fnv(&[values.clone(), values].concat());
    json!({
        "inkfield_session": 1,
        "saved_at": 1,
        "opened": {"inputs": ["/not/there/any/more/a.npy"]},
        "rows": 6,
        "size_px": [300, 200],
        "scale": 1.0,
        "view": {
            "layout": "grid",
            "layout_params": {
                "by": null, "columns": 3, "seed": 0, "sort": null, "aspect": "Own", "log": {"x": false, "y": false},
                "positions": null, "slice": null
            },
            "center": [1.25, -0.75], "zoom": 1.5, "point_size": null, "opacity": 0.5, "contrast": "far",
            "theme": "night", "colormap": "ink",
            "appearance": {"color_by": null, "filter": "row != 4", "fades": true, "caption": null}
        },
        "pin": [0, 2],
        "files": [{"file": {"name": "a.npy", "rows": 6, "size": [8, 8], "hash": hash}, "selected": []}]
    })
}

fn write(folder: &Path, session: &Value) {
    fs::write(folder.join("s.json"), session.to_string()).unwrap();
}

#[test]
fn render_draws_what_a_session_says_and_the_options_do() {
    if !gpu() {
        return;
    }
    let dir = TempDir::new().unwrap();
    let mut session = drawings(dir.path());
    let draw = |args: &[&str], out: &str| {
        answer(inkfield().current_dir(dir.path()).arg("render").args(args).args(["--out", out]));
        fs::read(dir.path().join(out)).unwrap()
    };
    write(dir.path(), &session);
    let options = [
        "a.npy",
        "--size",
        "300x200",
        "--columns",
        "3",
        "--center",
        "1.25,-0.75",
        "--zoom",
        "1.5",
        "--theme",
        "night",
        "--where",
        "row != 4",
        "--fade",
    ];
    let by_options = draw(&options, "options.png");
    // The drawings lie beside the session now.
    assert!(draw(&["--session", "s.json"], "session.png") == by_options);
    assert!(draw(&["a.npy", "--session", "s.json", "--theme", "night"], "named.png") == by_options);
    assert!(draw(&["--session", "s.json", "--theme", "paper"], "paper.png") != by_options);
    // What is selected is drawn as selected; other values that are the same by name leave it out.
    session["files"][0]["selected"] = json!([[0, 2], [5, 6]]);
    write(dir.path(), &session);
    assert!(draw(&["--session", "s.json"], "selected.png") != by_options);
    session["files"][0]["file"]["hash"] = json!("0123456789abcdef");
    write(dir.path(), &session);
    let mut other = inkfield();
    let output =
        other.current_dir(dir.path()).args(["render", "--session", "s.json", "--out", "b.png"]).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && told.contains("a.npy has other drawings"), "{told}");
    assert!(fs::read(dir.path().join("b.png")).unwrap() == by_options);
}

#[test]
fn what_is_no_session_of_these_drawings_is_refused() {
    let dir = TempDir::new().unwrap();
    let session = drawings(dir.path());
    write(dir.path(), &session);
    let refused = |args: &[&str], code: i32| {
        let all = ["render", "--out", "x.png"].iter().chain(args);
        let text = complaint(inkfield().current_dir(dir.path()).args(all), code);
        assert!(!dir.path().join("x.png").exists());
        text
    };
    let text = refused(&["demo:9", "--session", "s.json"], 2);
    assert!(text.contains("other drawings (a.npy)") && text.ends_with("s.json"), "{text}");
    let text = refused(&["--session", "none.json"], 2);
    assert!(text.starts_with("error: cannot read the session") && text.ends_with("none.json"), "{text}");
    let text = refused(&["--session", "a.npy"], 2);
    assert!(text.contains("no session, or it is damaged"), "{text}");
    let mut newer = session.clone();
    newer["inkfield_session"] = json!(2);
    write(dir.path(), &newer);
    assert!(refused(&["--session", "s.json"], 2).contains("form 2, this one reads 1"));
    let mut rows = session;
    rows["files"][0]["selected"] = json!([[5, 7]]);
    write(dir.path(), &rows);
    assert!(refused(&["--session", "s.json"], 2).contains("the selected rows of a.npy do not ascend from 0 to 6"));
    // What a session says already is not said twice.
    let mut both = inkfield();
    both.current_dir(dir.path()).args(["render", "--session", "s.json", "--layout", "index", "--out", "x.png"]);
    both.assert().failure().code(2);
}

#[test]
fn tags_are_a_column_of_every_command() {
    let dir = TempDir::new().unwrap();
    let session = drawings(dir.path());
    let tags = json!({"inkfield_tags": 1, "files": [{
        "file": session["files"][0]["file"],
        "changes": [
            {"at": 20, "tag": "B", "rows": [[3, 4]]},
            {"at": 10, "tag": "A", "rows": [[1, 4]]},
            {"at": 30, "tag": null, "rows": [[2, 3]]}
        ]
    }]});
    let sidecar = dir.path().join("a.inkfield.json");
    fs::write(&sidecar, tags.to_string()).unwrap();
    fs::write(dir.path().join("a.ndjson"), "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n{\"n\":4}\n{\"n\":5}\n{\"n\":6}\n")
        .unwrap();
    let say = |args: &[&str]| answer(inkfield().current_dir(dir.path()).args(args));
    let table = say(&["table", "a.npy", "--csv"]);
    assert_eq!(table, "row,n,tag\r\n0,1,\r\n1,2,A\r\n2,3,\r\n3,4,B\r\n4,5,\r\n5,6,\r\n");
    assert_eq!(
        say(&["table", "a.npy", "--csv", "--where", "tag = A or n = 5", "--columns", "tag"]),
        "row,tag\r\n1,A\r\n4,\r\n"
    );
    let info: Value = serde_json::from_str(&say(&["info", "a.npy", "--json"])).unwrap();
    assert_eq!(
        info["columns"][1],
        json!({"name": "tag", "type": "category", "distinct": 2, "missing": 4, "empty": 0, "top": [["A", 1], ["B", 1]]})
    );
    // Exports have them; records go along byte for byte.
    say(&[
        "export",
        "a.npy",
        "--where",
        "tag is not missing",
        "--csv",
        "b.csv",
        "--npy",
        "b.npy",
        "--ndjson",
        "b.ndjson",
    ]);
    assert_eq!(fs::read_to_string(dir.path().join("b.csv")).unwrap(), "row,n,tag\r\n1,2,A\r\n3,4,B\r\n");
    assert_eq!(fs::read_to_string(dir.path().join("b.ndjson")).unwrap(), "{\"n\":2}\n{\"n\":4}\n");
    // Damaged ones are told of, and the rest goes on.
    fs::write(&sidecar, "{").unwrap();
    let output = inkfield().current_dir(dir.path()).args(["table", "a.npy", "--csv"]).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("the tags in this file are not shown") && told.trim_end().ends_with("a.inkfield.json"),
        "{told}"
    );
    assert!(output.stdout.starts_with(b"row,n\r\n"));
    assert_eq!(fs::read(&sidecar).unwrap(), b"{");
}
