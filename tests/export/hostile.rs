//! Texts of strangers stay texts: nothing in a record or a name becomes markup or script.

use super::export;
use super::folder::Folder;
use super::page::Written;
use serde_json::{Value, json};

/// What would break out of a script element, an attribute, a string or a line.
const TEXTS: [&str; 8] = [
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "\"'`${alert(1)}\\",
    "\u{2028}\u{2029}\u{0}\u{feff}",
    "&lt;&amp;",
    "]]>",
    "__proto__",
    "%%script%%",
];

#[test]
fn record_texts_neither_end_the_script_nor_change() {
    let folder = Folder::new();
    folder.bitmaps("in.npy", TEXTS.len() + 1, 0);
    let mut lines: String = TEXTS.iter().map(|text| json!({"t": text, *text: 1}).to_string() + "\n").collect();
    lines += "{\"t\":NaN}\n";
    folder.bytes("in.ndjson", lines.as_bytes());
    export(folder.0.path(), "in.npy --color-by t --layout groups --by t --html out.html");
    let page = Written::read(&folder.path("out.html"));
    let expected: Vec<Value> = TEXTS.iter().map(|text| json!(text)).chain([Value::Null]).collect();
    assert_eq!(page.field("t"), expected);
    // One sheet, the data, the script; and each ends once.
    assert_eq!((page.html.matches("<script").count(), page.html.matches("</script").count()), (3, 3));
    assert!(!page.html.contains("<!--"));
}

#[test]
fn names_of_files_stay_texts() {
    let folder = Folder::new();
    let name = "a<img src=x onerror=alert(1)>&'\".npy";
    folder.bitmaps(name, 3, 0);
    let mut run = super::inkfield();
    super::outside::answer(run.arg("export").arg(folder.path(name)).arg("--html").arg(folder.path("out.html")));
    let html = Written::read(&folder.path("out.html")).html;
    assert!(html.contains("<h1>a&lt;img src=x onerror=alert(1)&gt;&amp;&#39;&quot;</h1>"), "{}", &html[..1500]);
    assert!(!html.contains("<img"));
}
