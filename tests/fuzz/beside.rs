//! What lies beside drawings: tables and annotations that join a folder of pictures, the lines and the configuration of a sprite sheet.
//! What values must be is held against their writers in other tests.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use super::opened::read;
use inkfield::data::Row;
use inkfield::data::dataset::{Dataset, OpenOptions};

/// A form and texts of it.
type Form = (&'static str, &'static [&'static str]);

const FORMS: &[Form] = &[
    (
        "table",
        &[
            "file_name,label,score,when\na.png,cat,1.5,2024-01-02\nsub/b.png,dog,,2024-01-03T10:00:00Z\nc.png,NA,-2e3,\n",
            "label\tpart\n3\ttrain\n7\ttest\n1\t\"a \"\"b\"\"\ttab\"\n",
            "name;x;y\n\"c\";0,5;1\na;1;2\nb;3;4\n",
            "[{\"file_name\": \"b.png\", \"n\": 1}, {\"file_name\": \"a.png\", \"n\": null, \"deep\": {\"x\": [1, 2]}}]",
            "{\"label\": {\"0\": 3, \"1\": \"a\", \"2\": null}, \"score\": {\"0\": 1.5, \"2\": 1e3}}",
            "{\"2\": {\"label\": 7}, \"0\": {\"label\": 8, \"more\": [1]}, \"1\": {\"label\": 9}}",
            "{\"id\": 2, \"text\": \"\\u00e9\"}\n{\"id\": 0, \"flag\": true}\n{\"id\": 1, \"text\": null}\n",
        ],
    ),
    (
        "coco",
        &[
            "{\"images\": [{\"id\": 1, \"file_name\": \"a.png\", \"width\": 9, \"height\": 7}, {\"id\": \"two\", \"file_name\": \"x/c.png\"}], \
             \"annotations\": [{\"id\": 1, \"image_id\": 1, \"category_id\": 3, \"bbox\": [1, 2, 3.5, 4]}, \
             {\"image_id\": \"two\", \"category_id\": 4, \"bbox\": [-1, 0, 1e9, 0]}, {\"image_id\": 1, \"caption\": \"a dog\"}], \
             \"categories\": [{\"id\": 3, \"name\": \"dog\"}, {\"id\": 4, \"name\": \"cat\"}]}",
            "{\"annotations\": [{\"image_id\": 7, \"caption\": \"one\"}], \"images\": [{\"file_name\": \"b.png\", \"id\": 7}]}",
        ],
    ),
    (
        "sprite",
        &[
            "embeddings {\n  tensor_name: \"set\"\n  tensor_shape: 3\n  tensor_shape: 2\n  metadata_path: \"metadata.tsv\"\n  \
             sprite {\n    image_path: \"sheet.png\"\n    single_image_dim: 3\n    single_image_dim: 7\n  }\n}\n",
            "# one\nembeddings { tensor_path: 'metadata.tsv' sprite: { image_path: 'sheet.png', single_image_dim: [3, 7] } };",
            "{\"embeddings\": [{\"tensorShape\": [3, 5], \"tensorPath\": \"t.tsv\", \
             \"sprite\": {\"imagePath\": \"sheet.png\", \"singleImageDim\": [3, 7]}}]}",
        ],
    ),
];

/// Words of these forms, for the mutations.
pub const TOKENS: &[&[u8]] = &[
    b"file_name",
    b"a.png",
    b"sub/b.png",
    b"c.png",
    b"\"images\": [{",
    b"\"annotations\": [{",
    b"\"categories\": [{",
    b"\"id\": ",
    b"\"image_id\": ",
    b"\"category_id\": ",
    b"\"bbox\": [",
    b"1e308",
    b"-1",
    b"NaN",
    b"null",
    b"sprite {",
    b"image_path: \"sheet.png\"",
    b"single_image_dim: 1",
    b"tensor_shape: 4294967295",
    b"metadata_path: \"metadata.tsv\"",
    b"18446744073709551615",
    b"2024-01-02T03:04:05Z",
    b"\t",
    b"\r\n",
    b"\n\n",
    b"\"\"",
    b";",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"PAR1",
    b"\x1f\x8b\x08",
];

/// A picture of 9 × 7 pixels: a sheet of three drawings.
const PICTURE: &[u8] = include_bytes!("pictures/palette.png");

/// Pictures in a folder, and a sheet.
struct Beside(PathBuf);

impl Beside {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("inkfield-fuzz-beside-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(folder.join("set/sub")).expect("a folder can be made");
        for name in ["set/a.png", "set/sub/b.png", "set/c.png", "sheet.png"] {
            std::fs::write(folder.join(name), PICTURE).expect("a picture can be written");
        }
        std::fs::write(folder.join("metadata.tsv"), "one\ntwo\nthree\n").expect("lines can be written");
        Self(folder)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).expect("the input can be written");
        path
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // What cannot be removed lies in the system's folder for such files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

thread_local! {
    static BESIDE: Beside = Beside::new();
}

/// One input: a whole file.
pub fn run(bytes: &[u8]) {
    BESIDE.with(|beside| {
        if let Err(said) = joined(beside, bytes) {
            // Names of files are shown as the input has them.
            let said = said.split(&*beside.0.to_string_lossy()).next().unwrap_or_default();
            super::check_message(said);
        }
    });
}

/// What is wrong where the input is not read.
fn joined(beside: &Beside, bytes: &[u8]) -> Result<(), String> {
    let is_json = bytes.starts_with(b"{") || bytes.starts_with(b"[");
    let has = |word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
    if has(b"sprite") {
        let config = beside.write(if is_json { "config.json" } else { "config.pbtxt" }, bytes);
        return read(Dataset::open(&[config], &OpenOptions::default()));
    }
    let table = beside.write(if is_json { "table.json" } else { "table.tsv" }, bytes);
    let options = OpenOptions { tables: vec![table], ..OpenOptions::default() };
    let as_lines = OpenOptions { sprite: Some((7, 3)), ..options.clone() };
    let of_sheet = if is_json { Ok(()) } else { read(Dataset::open(&[beside.0.join("sheet.png")], &as_lines)) };
    let opened = Dataset::open(&[beside.0.join("set")], &options);
    if let Ok(set) = &opened {
        for (row, name) in (0..set.rows()).zip(["a.png", "c.png", "sub/b.png"]) {
            for marked in set.boxes(Row(row), name) {
                assert!(marked.place.iter().all(|part| part.is_finite()), "{marked:?}");
            }
        }
    }
    read(opened).and(of_sheet)
}

/// The texts of all forms, or of the one that `INKFIELD_FUZZ_FORM` names.
pub fn seeds() -> Vec<Vec<u8>> {
    super::shared::chosen(FORMS).flat_map(|texts| *texts).map(|text| text.as_bytes().to_vec()).collect()
}

/// Every text that inputs are made of is read: else nothing behind the first check would be tried.
#[cfg(test)]
#[test]
fn what_lies_beside_and_inputs_are_made_of_is_read() {
    for text in FORMS.iter().flat_map(|(_, texts)| *texts) {
        BESIDE.with(|beside| joined(beside, text.as_bytes())).unwrap_or_else(|error| panic!("{text}: {error}"));
    }
}
