//! Sprite sheets among what was named: configurations of `TensorBoard`'s projector are replaced by what they name, and the lines of the
//! metadata say how many drawings a sheet has.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::OpenOptions;
use super::error::OpenError;
use super::typed::named_path;
use crate::data::file::{FileError, PlainFile, Spool};
use crate::data::formats::pictures::SheetRows;
use crate::data::formats::pictures::projector::{self, Projector};
use crate::data::joined::{is_heading, is_number};

/// Bytes read at a time.
const BLOCK_BYTES: usize = 1 << 20;
/// As much of a line as says what it is: a heading of many columns is known by its first tab.
const MOST_LINE_BYTES: usize = 4096;

/// What was named, configurations replaced by the sheets that they name, and how it is opened then.
pub(super) fn expanded(
    inputs: Vec<OsString>,
    options: &OpenOptions,
) -> Result<(Vec<OsString>, OpenOptions), OpenError> {
    let mut options = options.clone();
    let mut expanded = Vec::with_capacity(inputs.len());
    for input in inputs {
        let path = named_path(&input);
        let Some(found) = projector::of(&path)? else {
            expanded.push(input);
            continue;
        };
        // What was asked for goes before what the configuration says.
        if options.sprite.is_none() {
            options.sprite = Some(found.size(&path)?);
        }
        options.tables.extend(found.metadata.clone());
        let rows = rows_of(&found, &Spool::new(options.cancel.clone()))?;
        options.sprite_rows = rows.map(|rows| SheetRows { rows, or_one_less: false });
        expanded.push(found.sprite.into_os_string());
    }
    Ok((expanded, options))
}

/// How many drawings a configuration says that there are: by the shape of what belongs to them, else by its lines.
fn rows_of(found: &Projector, spool: &Spool) -> Result<Option<u64>, FileError> {
    let tensors = found.tensors.as_ref().filter(|path| found.rows.is_none() && is_tsv(path) && path.is_file());
    // Of a file that is elsewhere, or damaged, nothing is lost but its lines.
    let lines = tensors.map(|path| MetadataLines::of(path, spool)).transpose();
    match lines {
        Err(error) if error.fault.is_of_the_machine() => Err(error),
        lines => Ok(found.rows.or_else(|| lines.ok().flatten().map(|lines| lines.lines - lines.blank))),
    }
}

/// How many drawings the metadata of a sheet is of: the only table, where that ends in `.tsv`; `None` where there is none.
pub(super) fn rows_by(tables: &[PathBuf], spool: &Spool) -> Result<Option<SheetRows>, FileError> {
    match tables {
        [metadata] if is_tsv(metadata) => Ok(Some(MetadataLines::of(metadata, spool)?.rows())),
        _ => Ok(None),
    }
}

fn is_tsv(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("tsv"))
}

/// The lines of a file of metadata, counted.
#[derive(Debug, Default)]
struct MetadataLines {
    lines: u64,
    blank: u64,
    first: String,
    /// Lines behind the first that hold one number.
    numbers: u64,
}

impl MetadataLines {
    fn of(path: &Path, spool: &Spool) -> Result<Self, FileError> {
        let file = PlainFile::open(path, spool, &|_| true)?;
        let mut block = vec![0; BLOCK_BYTES];
        let (mut offset, mut found, mut line) = (0, Self::default(), Vec::new());
        while offset < file.len() {
            let got = file.read_up_to_at(&mut block, offset)?;
            let Some(bytes) = block.get(..got).filter(|bytes| !bytes.is_empty()) else { break };
            offset += got as u64;
            for &byte in bytes.iter().filter(|byte| **byte != b'\r') {
                if byte == b'\n' {
                    found.take(&mut line);
                } else if line.len() < MOST_LINE_BYTES {
                    line.push(byte);
                }
            }
        }
        if !line.is_empty() {
            found.take(&mut line);
        }
        Ok(found)
    }

    fn take(&mut self, line: &mut Vec<u8>) {
        let text = String::from_utf8_lossy(line);
        self.blank += u64::from(text.is_empty());
        if self.lines == 0 {
            text.trim_start_matches('\u{feff}').clone_into(&mut self.first);
        } else {
            self.numbers += u64::from(is_number(text.trim()));
        }
        self.lines += 1;
        line.clear();
    }

    /// How many are drawings': all but the heading, which is above several columns, and above one where it is what labels are called, or
    /// a word above numbers. As the table is read then, too.
    fn rows(&self) -> SheetRows {
        let below = self.lines.saturating_sub(1);
        // Blank lines are labels that are missing, but nothing where there are several columns.
        if self.first.contains('\t') {
            return SheetRows { rows: below.saturating_sub(self.blank), or_one_less: false };
        }
        let is_word = !self.first.trim().is_empty() && !is_number(self.first.trim());
        let is_above_numbers = self.numbers > 0 && self.numbers + self.blank == below;
        let is_heading = is_word && (is_heading(&self.first) || is_above_numbers);
        SheetRows { rows: if is_heading { below } else { self.lines }, or_one_less: is_word && !is_heading }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::data::Row;
    use crate::data::columns::Value;
    use crate::data::dataset::Dataset;
    use image::{Rgb, RgbImage};

    const SIDES: [u32; 2] = [8, 10];

    fn colour(drawing: u32, y: u32, x: u32) -> [u8; 3] {
        [drawing, y, x].map(|value| 20 * value as u8)
    }

    /// A sheet of 3 by 3, of which the last two are black, as `TensorBoard` fills a square.
    fn sheet() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let [height, width] = SIDES;
        let picture = RgbImage::from_fn(3 * width, 3 * height, |x, y| {
            let drawing = y / height * 3 + x / width;
            Rgb(if drawing < 7 { colour(drawing, y % height, x % width) } else { [0; 3] })
        });
        picture.save(folder.path().join("sprite.png")).unwrap();
        let lines = (0..7).map(|row| format!("w{row}\t{}", row * row)).collect::<Vec<_>>().join("\n");
        std::fs::write(folder.path().join("metadata.tsv"), format!("word\tcount\n{lines}")).unwrap();
        std::fs::write(folder.path().join("list.tsv"), "a\nb\nc\nd\ne\nf\ng").unwrap();
        let config = "embeddings { metadata_path: \"metadata.tsv\" sprite { image_path: \"sprite.png\" single_image_dim: 10 single_image_dim: 8 } }";
        std::fs::write(folder.path().join("projector_config.pbtxt"), config).unwrap();
        folder
    }

    fn cut(tables: &[PathBuf]) -> OpenOptions {
        OpenOptions { sprite: Some((SIDES[0], SIDES[1])), tables: tables.to_vec(), ..OpenOptions::default() }
    }

    #[test]
    fn a_sheet_is_its_drawings_with_a_line_of_metadata_each() {
        let folder = sheet();
        let path = |name: &str| folder.path().join(name);
        let opened = |input: &str, options: &OpenOptions| Dataset::open(&[path(input)], options).unwrap();
        let all = [
            (opened("projector_config.pbtxt", &OpenOptions::default()), Some("word")),
            (opened("sprite.png", &cut(&[path("metadata.tsv")])), Some("word")),
            (opened("sprite.png", &cut(&[path("list.tsv")])), None),
            (Dataset::open(&[path("sprite.png"), path("metadata.tsv")], &cut(&[])).unwrap(), Some("word")),
        ];
        for (dataset, word) in all {
            assert_eq!((dataset.rows(), dataset.height(), dataset.width()), (7, SIDES[0], SIDES[1]));
            assert_eq!((dataset.form().as_str(), dataset.channels()), ("sprite", 4));
            let mut values = vec![0; dataset.bytes() as usize];
            dataset.read_rows(0, &mut values).unwrap();
            let place = |drawing| (0..SIDES[0]).flat_map(move |y| (0..SIDES[1]).map(move |x| colour(drawing, y, x)));
            let expected: Vec<u8> = (0..7).flat_map(place).flat_map(|[r, g, b]| [r, g, b, 255]).collect();
            assert!(values == expected);
            let columns = dataset.columns().unwrap().0;
            let (name, third) = word.map_or(("column_1", "d"), |word| (word, "w3"));
            assert_eq!(columns.get(name).unwrap().value(Row(3)), Value::Text(third));
        }
        // Of a configuration the size that was asked for counts, also where it says none that can be so.
        for sides in ["single_image_dim: 10 single_image_dim: 8", "single_image_dim: 5", ""] {
            let config =
                format!("embeddings {{ metadata_path: \"list.tsv\" sprite {{ image_path: \"sprite.png\" {sides} }} }}");
            std::fs::write(path("sized.pbtxt"), config).unwrap();
            let dataset = opened("sized.pbtxt", &cut(&[]));
            assert_eq!((dataset.rows(), dataset.height(), dataset.width()), (7, SIDES[0], SIDES[1]), "{sides}");
        }
        // A heading above one column is none of the drawings, for the sheet and the join alike.
        for (name, numbers) in [("label", false), ("label", true), ("digit", true)] {
            let lines = (0..7).map(|row| if numbers { row.to_string() } else { format!("w{row}") });
            std::fs::write(path("one.tsv"), format!("{name}\n{}\n", lines.collect::<Vec<_>>().join("\n"))).unwrap();
            let dataset = opened("sprite.png", &cut(&[path("one.tsv")]));
            let columns = dataset.columns().unwrap().0;
            let last = columns.get(name).unwrap().text(Row(6));
            assert_eq!((dataset.rows(), last), (7, if numbers { "6" } else { "w6" }.to_owned()), "{name}");
        }
        // One line more than places: the first is a heading.
        std::fs::write(path("full.tsv"), "word\n".to_owned() + &"x\n".repeat(9)).unwrap();
        let dataset = opened("sprite.png", &cut(&[path("full.tsv")]));
        assert_eq!(
            (dataset.rows(), dataset.columns().unwrap().0.get("word").unwrap().text(Row(0))),
            (9, "x".to_owned())
        );
        // A configuration says how many there are without metadata: by a shape, or by its lines.
        std::fs::write(path("tensors.tsv"), "0.5\t1\n".repeat(7)).unwrap();
        for said in ["tensor_shape: 7 tensor_shape: 2", "tensor_path: \"tensors.tsv\""] {
            let config = format!(
                "embeddings {{ {said} sprite {{ image_path: \"sprite.png\" single_image_dim: 10 single_image_dim: 8 }} }}"
            );
            std::fs::write(path("counted.pbtxt"), config).unwrap();
            assert_eq!(opened("counted.pbtxt", &OpenOptions::default()).rows(), 7, "{said}");
        }
        // Without metadata the grid is full.
        assert_eq!(opened("sprite.png", &cut(&[])).rows(), 9);
    }

    #[test]
    fn what_is_no_sheet_of_such_drawings_is_refused() {
        let folder = sheet();
        let path = |name: &str| folder.path().join(name);
        let refused =
            |input: &str, options: &OpenOptions| Dataset::open(&[path(input)], options).unwrap_err().to_string();
        let odd = OpenOptions { sprite: Some((7, 10)), ..OpenOptions::default() };
        assert!(refused("sprite.png", &odd).contains("24x30 pixels, which is no grid of 7x10"));
        std::fs::write(path("long.tsv"), "3\n".repeat(10)).unwrap();
        assert!(
            refused("sprite.png", &cut(&[path("long.tsv")]))
                .contains("9 drawings of 8x10 pixels, whose metadata has 10")
        );
        ndarray_npy::write_npy(path("set.npy"), &ndarray::Array3::<u8>::zeros((30, 8, 8))).unwrap();
        assert!(refused("set.npy", &cut(&[])).contains("--sprite 8x10 cuts one picture into drawings"));
        std::fs::write(path("cut.png"), std::fs::read(path("sprite.png")).unwrap().get(..200).unwrap()).unwrap();
        assert!(refused("cut.png", &cut(&[])).contains("cut short"));
        let config = "embeddings { sprite { image_path: \"sprite.png\" single_image_dim: 10 } }";
        std::fs::write(path("one.pbtxt"), config).unwrap();
        let said = refused("one.pbtxt", &OpenOptions::default());
        assert!(said.contains("its single_image_dim is 10 alone: it is width and height"), "{said}");
        assert!(said.ends_with(&format!("as in 10x10: {}", path("one.pbtxt").display())), "{said}");
    }
}
