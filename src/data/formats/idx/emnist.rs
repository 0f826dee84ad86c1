//! EMNIST: its images lie transposed, which nothing but their name says, and a list beside says which characters its labels mean.

use std::collections::HashMap;
use std::path::Path;

use crate::data::array::{Axes, ShapeOptions, shown};
use crate::data::file::{Making, PlainFile, Spool};
use crate::data::file_names::file_name;
use crate::data::source::{Cells, ColumnArray, ImageError, Stored};
use crate::words::shown_text;

/// How its files are called, in lower case.
const NAME: &str = "emnist-";
/// What stands in the name of a file of labels behind that of the split: `emnist-letters` `-train-labels-idx1-ubyte`.
const PARTS: [&str; 2] = ["-train-", "-test-"];
/// The longest list of characters that is read.
const LIST_BYTES: u64 = 64 << 10;
/// Bytes of what a label means: capital and small letter, of which each takes 4 at most.
const MEANING_BYTES: usize = 8;
/// Bytes of labels that are looked up at a time.
const BLOCK_BYTES: usize = 1 << 20;

/// How an array of this shape is to be read, and what is to be said of that: transposed where the name is one of EMNIST's and nobody
/// said otherwise.
pub(super) fn turned(path: &Path, shape: &[usize], options: &ShapeOptions) -> (ShapeOptions, Option<String>) {
    let is_emnist = file_name(path).to_lowercase().contains(NAME);
    if !is_emnist || options.axes.is_some() || shape.len() != 3 {
        return (options.clone(), None);
    }
    let told = format!(
        "shape {} is read with --axes NWH, as its name is one of EMNIST, whose images lie transposed; --axes NHW reads them as they lie",
        shown(shape)
    );
    (ShapeOptions { axes: Some(Axes::transposed()), ..options.clone() }, Some(told))
}

/// The characters that labels mean, as a column, where the list of them lies beside the file; within, why it is left out.
pub(super) fn characters(
    file: &PlainFile,
    stored: Stored,
    rows: u64,
    data_offset: u64,
    spool: &Spool,
) -> Result<Option<Result<ColumnArray, String>>, ImageError> {
    let Some((name, text)) = list_beside(file.path()) else { return Ok(None) };
    let left_out = |what: String| Ok(Some(Err(format!("the characters in \"{name}\" are left out: {what}"))));
    let meanings = match meanings(&text) {
        Ok(meanings) => meanings,
        Err(what) => return left_out(what),
    };
    let bytes = stored.element.bytes();
    let len = file.len().saturating_sub(data_offset);
    if rows.checked_mul(bytes as u64) != Some(len) {
        // Of labels that are cut short there is more to say than this.
        return Ok(None);
    }
    let mut making = Making::begin(file, spool)?;
    let (mut at, mut block) = (0, Vec::new());
    while at < len {
        block.resize((len - at).min((BLOCK_BYTES / bytes * bytes) as u64) as usize, 0);
        file.read_exact_at(&mut block, data_offset + at)?;
        for label in block.chunks_exact(bytes) {
            let label = stored.number(label).to_string();
            let Some(meaning) = meanings.get(&label) else { return left_out(format!("it has no line for {label}")) };
            making.write(meaning)?;
        }
        at += block.len() as u64;
    }
    let made = making.finish("the characters of its labels")?;
    Ok(ColumnArray::of("character", made, Cells::Bytes(MEANING_BYTES), rows, 0).map(Ok))
}

/// The list of characters beside a file of labels, `emnist-letters-mapping.txt`, and how it is called.
fn list_beside(labels: &Path) -> Option<(String, String)> {
    let name = labels.file_name()?.to_str()?;
    let lower = name.to_ascii_lowercase();
    let split = PARTS.iter().find_map(|part| name.get(..lower.find(part)?)).filter(|_| lower.contains(NAME))?;
    let list = format!("{split}-mapping.txt");
    let file = PlainFile::open_packed(&labels.with_file_name(&list)).ok().filter(|file| file.len() <= LIST_BYTES)?;
    let mut bytes = vec![0; file.len() as usize];
    file.read_exact_at(&mut bytes, 0).ok()?;
    Some((list, String::from_utf8_lossy(&bytes).into_owned()))
}

/// By label, the characters of codes behind it: `1 65 97` is `Aa`.
fn meanings(text: &str) -> Result<HashMap<String, [u8; MEANING_BYTES]>, String> {
    let mut meanings = HashMap::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let bad =
            || format!("its line {} is \"{}\", and no label with one code or two", number + 1, shown_text(line, 40));
        let mut words = line.split_whitespace();
        let label: u32 = words.next().and_then(|word| word.parse().ok()).ok_or_else(bad)?;
        let codes: Option<String> = words.map(|word| char::from_u32(word.parse().ok()?)).collect();
        let codes = codes.filter(|codes| (1..=2).contains(&codes.chars().count())).ok_or_else(bad)?;
        if codes.contains(char::is_control) {
            return Err(bad());
        }
        let mut meaning = [0; MEANING_BYTES];
        meaning.iter_mut().zip(codes.bytes()).for_each(|(to, byte)| *to = byte);
        if meanings.insert(label.to_string(), meaning).is_some() {
            return Err(format!("it has several lines for {label}"));
        }
    }
    Ok(meanings)
}
