//! The page as a file: every drawing bit for bit, fields, places, size, the same bytes each time.

use super::common::{columns_of, open};
use super::{export, inkfield, outside};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use inkfield::data::dataset::Dataset;
use inkfield::progress::Progress;
use inkfield::scene::layout::Layout;
use serde_json::{Value, json};
use std::path::Path;
use tempfile::tempdir;

/// A page that was written.
pub struct Written {
    pub html: String,
    pub data: Value,
}

impl Written {
    pub fn read(path: &Path) -> Self {
        let html = std::fs::read_to_string(path).unwrap();
        let data = serde_json::from_str(&element(&html, "data")).unwrap();
        Self { html, data }
    }

    /// Values of all drawings, one after the other, out of the sheets.
    pub fn drawings(&self) -> Vec<u8> {
        let number = |name: &str| self.data[name].as_u64().unwrap() as usize;
        let (count, each) = (number("count"), number("perSheet"));
        let [height, width] = [0, 1].map(|axis| self.data["size"][axis].as_u64().unwrap() as usize);
        let mut drawings = Vec::new();
        for sheet in 0..count.div_ceil(each) {
            let png = STANDARD.decode(element(&self.html, &format!("sheet-{sheet}"))).unwrap();
            let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
            assert_eq!(
                (reader.info().color_type, reader.info().bit_depth),
                (png::ColorType::Grayscale, png::BitDepth::Eight)
            );
            let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
            let info = reader.next_frame(&mut pixels).unwrap();
            let columns = info.width as usize / width;
            assert_eq!(columns, number("columns"));
            for at in 0..each.min(count - sheet * each) {
                for y in 0..height {
                    let start = (at / columns * height + y) * info.width as usize + at % columns * width;
                    drawings.extend(&pixels[start..start + width]);
                }
            }
        }
        drawings
    }

    /// Numbers that stand in base64.
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        STANDARD.decode(self.data[name].as_str().unwrap()).unwrap()
    }

    /// The values of a field, row by row.
    pub fn field(&self, name: &str) -> Vec<Value> {
        let fields = self.data["fields"].as_array().unwrap();
        let field = fields.iter().find(|field| field["name"] == name).unwrap_or_else(|| panic!("no field {name}"));
        let values = field["values"].as_array().unwrap();
        let Some(codes) = field["codes"].as_array() else { return values.clone() };
        codes.iter().map(|code| values[code.as_u64().unwrap() as usize].clone()).collect()
    }
}

/// The text of a script element.
fn element(html: &str, id: &str) -> String {
    let (_, rest) = html.split_once(&format!(" id=\"{id}\">")).unwrap_or_else(|| panic!("no element {id}"));
    rest.split_once("</script>").unwrap().0.to_owned()
}

fn all_values(dataset: &Dataset) -> Vec<u8> {
    let mut values = vec![0; dataset.bytes() as usize];
    dataset.read_rows(0, &mut values).unwrap();
    values
}

#[test]
fn a_page_holds_every_drawing_bit_for_bit_with_its_fields_and_its_place() {
    let dir = tempdir().unwrap();
    // Two sheets, the second one not full.
    export(dir.path(), "demo:1500:3 --layout index --layout-seed 9 --html a.html");
    let page = Written::read(&dir.path().join("a.html"));
    let dataset = open(&["demo:1500:3"]);
    assert!(page.html.contains("sheet-1") && !page.html.contains("sheet-2"));
    assert!(page.drawings() == all_values(&dataset), "drawings differ");
    let columns = columns_of(&dataset);
    for column in columns.iter() {
        let expected: Vec<Value> = (0..1500).map(|row| column.json(inkfield::data::Row(row))).collect();
        assert_eq!(page.field(column.name()), expected, "{}", column.name());
    }
    let layout = Layout::index(1500, 9, Progress::NONE).unwrap();
    let places: Vec<u8> = layout.fixed().iter().flatten().flat_map(|at| at.to_le_bytes()).collect();
    assert!(page.bytes("places") == places, "places differ");
    assert_eq!(page.data["bits"], layout.frac_bits());
    assert_eq!(page.data["rows"], Value::Null);
    // Means as they are defined: the sum of ink of the full one, of 65,535.
    let means: Vec<u8> = all_values(&dataset)
        .chunks(784)
        .map(|drawing| {
            (drawing.iter().map(|&ink| f64::from(ink)).sum::<f64>() / (784.0 * 255.0) * 65535.0).round() as u16
        })
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(page.bytes("means") == means, "means differ");
}

#[test]
fn a_page_says_counts_and_title_and_asks_nobody() {
    let dir = tempdir().unwrap();
    export(dir.path(), "demo:2000 --rows 100:130 --title Thirty --size 350x100 --html a.html");
    let html = Written::read(&dir.path().join("a.html")).html;
    assert!(html.contains("<h1>Thirty</h1>") && html.contains("<title>Thirty</title>"));
    assert!(html.contains("30 of 2,000 drawings"));
    assert!(html.contains("--width: 350px; --height: 100px"));
    assert!(html.contains("name=\"viewport\""), "it would be tiny on a phone");
    // Whatever the script does, the browser lets it ask nobody.
    assert!(html.contains("content=\"default-src 'none'; script-src 'unsafe-inline'"));
    for word in ["http://", "https://", "fetch(", "XMLHttpRequest", "import("] {
        assert!(!html.contains(word), "{word}");
    }
}

#[test]
fn the_same_command_writes_the_same_bytes() {
    let dir = tempdir().unwrap();
    let line = "demo:700 --layout groups --color-by recognized --where countrycode=US --fade";
    for name in ["a", "b"] {
        export(
            dir.path(),
            &format!("{line} --html {name}.html --png {name}.png --npy {name}.npy --ndjson {name}.ndjson"),
        );
    }
    for ending in ["html", "png", "npy", "ndjson"] {
        let read = |name: &str| std::fs::read(dir.path().join(format!("{name}.{ending}"))).unwrap();
        assert!(read("a") == read("b"), "{ending} differs");
    }
}

#[test]
fn filtered_rows_are_left_out_and_faded_ones_are_marked() {
    let dir = tempdir().unwrap();
    let table: Value =
        serde_json::from_str(&outside::answer(inkfield().args(["table", "demo:600", "--json"]))).unwrap();
    let rows = table["rows"].as_array().unwrap();
    let at = table["columns"].as_array().unwrap().iter().position(|name| name == "countrycode").unwrap();
    let kept: Vec<u32> = (0..600).filter(|&row| rows[row as usize][at] == "US").collect();
    assert!(kept.len() > 50 && kept.len() < 550, "{}", kept.len());
    export(dir.path(), "demo:600 --where countrycode=US --html hidden.html");
    let page = Written::read(&dir.path().join("hidden.html"));
    let numbers: Vec<u8> = kept.iter().flat_map(|row| row.to_le_bytes()).collect();
    assert_eq!(page.bytes("rows"), numbers);
    assert!(page.field("countrycode").iter().all(|value| value == "US"));
    let all = all_values(&open(&["demo:600"]));
    let expected: Vec<u8> = kept.iter().flat_map(|&row| all[row as usize * 784..][..784].to_vec()).collect();
    assert!(page.drawings() == expected, "drawings differ");
    assert!(page.html.contains(&format!("{} of 600 drawings", kept.len())));
    export(dir.path(), "demo:600 --where countrycode=US --fade --html faded.html");
    let page = Written::read(&dir.path().join("faded.html"));
    assert_eq!(page.data["count"], 600);
    let words = page.bytes("words");
    let bright: Vec<u32> = (0..600).filter(|&row| words[row as usize * 2 + 1] & 2 == 0).collect();
    assert_eq!(bright, kept);
}

#[test]
fn the_tooltip_begins_with_the_country_or_with_what_is_named() {
    let dir = tempdir().unwrap();
    export(dir.path(), "demo:60 --rows 0:30 --layout index --point-size 10 --opacity 0.5 --size 350x100 --html a.html");
    let page = Written::read(&dir.path().join("a.html"));
    let field =
        |page: &Written, at: usize| page.data["fields"][page.data["tip"][at].as_u64().unwrap() as usize].clone();
    let country = field(&page, 0);
    assert_eq!((&country["label"], &country["name"]), (&json!("country"), &json!("countrycode")));
    assert_eq!(country["names"]["US"], "United States");
    export(dir.path(), "demo:60 --fields recognized,word --html b.html");
    let page = Written::read(&dir.path().join("b.html"));
    assert_eq!(page.data["fields"].as_array().unwrap().len(), 2, "nothing else is given away");
    assert_eq!(field(&page, 0)["label"], "recognised");
}

#[test]
fn ten_thousand_drawings_stay_below_six_megabytes() {
    let dir = tempdir().unwrap();
    export(dir.path(), "demo:10000 --html a.html");
    let bytes = std::fs::metadata(dir.path().join("a.html")).unwrap().len();
    assert!(bytes < 6_000_000, "{bytes} bytes");
}
