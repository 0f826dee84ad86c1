//! Whether records belong to bitmaps: what is printed, and the exit code.

use super::{answer, complaint, documents, inkfield};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Drawings that cairo rendered (`tests/strokes/cairo.py`), and their records.
fn drawn(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/strokes/expected")).join(name)
}

#[test]
fn a_pair_is_proven_and_a_shifted_one_is_an_error_that_says_how() {
    let bitmaps = drawn("drawn-28.npy");
    let check = |records: &Path| {
        let mut run = inkfield();
        run.arg("check").arg(&bitmaps).arg(records);
        run
    };
    let own = drawn("drawn.ndjson");
    let said = answer(&mut check(&own));
    assert_eq!(said, format!("records match bitmaps: 10 of 10 checked: {}\n", own.display()));
    for sample in [1, 5, 7, 9, 30] {
        let looked_at = sample.min(10);
        let said = answer(check(&own).args(["--sample", &sample.to_string()]));
        assert!(said.starts_with(&format!("records match bitmaps: {looked_at} of {looked_at} checked")), "{said}");
    }
    let document = documents(check(&own).arg("--json")).remove(0);
    assert_eq!(document["matches"], true);
    assert_eq!((&document["pairs"][0]["fitting"], &document["pairs"][0]["finding"]), (&json!(10), &json!(null)));

    let folder = TempDir::new().unwrap();
    let shifted = folder.path().join("shifted.ndjson");
    let lines = fs::read_to_string(&own).unwrap();
    fs::write(&shifted, lines.split_inclusive('\n').skip(1).collect::<String>()).unwrap();
    let said = complaint(&mut check(&shifted), 2);
    assert!(said.contains("line i − 1 belongs to row i") && said.trim_end().ends_with("shifted.ndjson"), "{said}");
    let run = check(&shifted).arg("--json").assert().code(2);
    let document: serde_json::Value = serde_json::from_slice(&run.get_output().stdout).unwrap();
    assert_eq!(document["matches"], false);
    assert_eq!(document["pairs"][0]["finding"], json!({"kind": "shifted", "by": -1, "from_row": 1}));
    assert_eq!(document["pairs"][0]["found"][0]["row"], 1);

    // What has no partner, or no strokes, is said beside what fits.
    let (short, long) = (folder.path().join("short.ndjson"), folder.path().join("long.ndjson"));
    fs::write(&short, lines.split_inclusive('\n').take(8).collect::<String>()).unwrap();
    fs::write(&long, format!("{lines}{{\"drawing\":[[[0,\"x\"],[0,1]]]}}\n")).unwrap();
    let said = answer(&mut check(&short));
    assert!(said.starts_with("records match bitmaps: 8 of 8 checked; 2 rows have no record: "), "{said}");
    let said = answer(&mut check(&long));
    assert!(said.starts_with("records match bitmaps: 10 of 10 checked; 1 record has no row: "), "{said}");
    fs::write(&short, lines.replacen("[[[", "[[[\"x\",", 1)).unwrap();
    let said = answer(&mut check(&short));
    assert!(
        said.starts_with("records match bitmaps: 9 of 9 checked; 1 record has no strokes that can be read"),
        "{said}"
    );

    // What loads says so, too.
    let info = |records: &Path| documents(inkfield().arg("info").arg(&bitmaps).arg(records).arg("--json")).remove(0);
    assert!(info(&own)["report"].to_string().contains("records match bitmaps: 10 of 10 checked"));
    assert!(info(&shifted)["report"].to_string().contains("0 of 9 checked do; `inkfield check` says what is wrong"));
    let run = inkfield().args(["info", "--strict"]).arg(&bitmaps).arg(&shifted).assert().code(2);
    let said = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(said.contains("--strict: "), "{said}");
    let said = complaint(inkfield().args(["check", "demo:10"]), 2);
    assert!(said.contains("there is nothing to check"), "{said}");
}
