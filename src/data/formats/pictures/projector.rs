//! `projector_config.pbtxt` of `TensorBoard`'s projector, and its form in JSON: which sprite sheet and which metadata belong together.
//!
//! Only what names these is read: `embeddings { metadata_path, tensor_shape, sprite { image_path, single_image_dim } }`.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::data::file::{FileError, PlainFile, Spool};
use crate::data::source::{ImageError, ImageFault};
use crate::words::thousands;

/// The longest file that is looked at; those that people have take a few hundred bytes.
const MOST_BYTES: u64 = 1 << 20;
/// Messages within one another.
const MOST_DEPTH: u32 = 16;

/// What a configuration names, with paths as seen from where the program runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::data) struct Projector {
    /// The sheet.
    pub(in crate::data) sprite: PathBuf,
    /// Width and height of a drawing in pixels, where these are two.
    pub(in crate::data) sides: Vec<u32>,
    /// A line for each drawing, below a heading where there are several columns.
    pub(in crate::data) metadata: Option<PathBuf>,
    /// How many drawings there are, where the shape of what belongs to them says so.
    pub(in crate::data) rows: Option<u64>,
    /// What belongs to the drawings: a line of numbers for each.
    pub(in crate::data) tensors: Option<PathBuf>,
}

impl Projector {
    /// Height and width of a drawing in pixels; fails where the configuration, which lies at `path`, does not say both.
    pub(in crate::data) fn size(&self, path: &Path) -> Result<(u32, u32), ImageError> {
        let has = match *self.sides.as_slice() {
            [width, height] => return Ok((height, width)),
            [side] => format!("single_image_dim is {} alone", thousands(side.into())),
            [] => "single_image_dim is missing".to_owned(),
            [..] => format!("single_image_dim has {} values", thousands(self.sides.len() as u64)),
        };
        let what = format!("a projector's configuration that is not read: its {has}");
        let side = self.sides.first().unwrap_or(&28);
        let advice =
            format!("it is width and height: write both, or name height and width by --sprite, as in {side}x{side}");
        Err(ImageFault::Archive { what, advice }.at(path))
    }
}

/// What the file at `path` names; `None` where it is no such configuration, or names no sheet.
pub(in crate::data) fn of(path: &Path) -> Result<Option<Projector>, FileError> {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    let is_json = match ending.as_deref() {
        Some("pbtxt") => false,
        Some("json") => true,
        _ => return Ok(None),
    };
    let file = match PlainFile::open(path, &Spool::default(), &|_| false) {
        Ok(file) if file.len() <= MOST_BYTES => file,
        Err(error) if error.fault.is_of_the_machine() => return Err(error),
        Ok(_) | Err(_) => return Ok(None),
    };
    let mut text = vec![0; file.len() as usize];
    file.read_exact_at(&mut text, 0)?;
    let Ok(text) = std::str::from_utf8(&text) else { return Ok(None) };
    let read = if is_json { serde_json::from_str(text).ok() } else { Reader { rest: text }.message(0) };
    let folder = path.parent().unwrap_or(Path::new(""));
    Ok(read.and_then(|read: Map<String, Value>| projector(&read, folder)))
}

fn projector(config: &Map<String, Value>, folder: &Path) -> Option<Projector> {
    let embeddings = listed(config.get("embeddings")?);
    embeddings.into_iter().filter_map(Value::as_object).find_map(|embedding| {
        let field = |of: &'_ Map<String, Value>, names: [&str; 2]| names.iter().find_map(|name| of.get(*name).cloned());
        let path = |value: Value| value.as_str().filter(|path| !path.is_empty()).map(|path| folder.join(path));
        let sprite = embedding.get("sprite")?.as_object()?;
        let sides = field(sprite, ["single_image_dim", "singleImageDim"]).unwrap_or(Value::Array(Vec::new()));
        let sides = listed(&sides).into_iter().filter_map(|side| side.as_u64()?.try_into().ok()).collect();
        let shape = field(embedding, ["tensor_shape", "tensorShape"]);
        Some(Projector {
            sprite: field(sprite, ["image_path", "imagePath"]).and_then(path)?,
            sides,
            metadata: field(embedding, ["metadata_path", "metadataPath"]).and_then(path),
            rows: shape.and_then(|shape| listed(&shape).first()?.as_u64()),
            tensors: field(embedding, ["tensor_path", "tensorPath"]).and_then(path),
        })
    })
}

/// The items of a list; one value is a list of one.
fn listed(value: &Value) -> Vec<&Value> {
    value.as_array().map_or_else(|| vec![value], |items| items.iter().collect())
}

/// The text form of protocol buffers, as far as such configurations use it: fields that come several times become lists.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    /// The fields up to the end of the message; `None` where something else stands there.
    fn message(&mut self, depth: u32) -> Option<Map<String, Value>> {
        let mut fields = Map::new();
        loop {
            self.skip();
            if self.rest.is_empty() {
                return (depth == 0).then_some(fields);
            }
            if depth > 0 && self.takes('}') {
                return Some(fields);
            }
            let name = self.word()?;
            self.skip();
            let has_colon = self.takes(':');
            self.skip();
            if self.takes('{') {
                let message = if depth < MOST_DEPTH { self.message(depth + 1)? } else { return None };
                push(&mut fields, name, Value::Object(message));
            } else if !has_colon {
                return None;
            } else if self.takes('[') {
                loop {
                    self.skip();
                    if self.takes(']') {
                        break;
                    }
                    let value = self.scalar()?;
                    push(&mut fields, name.clone(), value);
                    self.skip();
                    self.takes(',');
                }
            } else {
                let value = self.scalar()?;
                push(&mut fields, name, value);
            }
            self.skip();
            let _is_separated = self.takes(',') || self.takes(';');
        }
    }

    /// Passes over blanks and comments.
    fn skip(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            let Some(comment) = self.rest.strip_prefix('#') else { return };
            self.rest = comment.find('\n').and_then(|end| comment.get(end..)).unwrap_or_default();
        }
    }

    fn takes(&mut self, sign: char) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn word(&mut self) -> Option<String> {
        let is_part = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '.' | '-' | '+');
        let (word, rest) = self.rest.split_at(self.rest.find(|sign| !is_part(sign)).unwrap_or(self.rest.len()));
        self.rest = rest;
        (!word.is_empty()).then(|| word.to_owned())
    }

    fn scalar(&mut self) -> Option<Value> {
        let Some(quote) = ['"', '\''].into_iter().find(|quote| self.rest.starts_with(*quote)) else {
            let word = self.word()?;
            return Some(word.parse::<u64>().map_or(Value::String(word), Value::from));
        };
        let (mut text, mut signs) = (String::new(), self.rest.char_indices().skip(1));
        while let Some((at, sign)) = signs.next() {
            match sign {
                sign if sign == quote => {
                    self.rest = self.rest.get(at + 1..)?;
                    return Some(Value::String(text));
                }
                '\\' => text.push(match signs.next()?.1 {
                    'n' => '\n',
                    't' => '\t',
                    other => other,
                }),
                sign => text.push(sign),
            }
        }
        None
    }
}

fn push(fields: &mut Map<String, Value>, name: String, value: Value) {
    match fields.get_mut(&name) {
        Some(Value::Array(items)) => items.push(value),
        Some(before) => *before = Value::Array(vec![before.take(), value]),
        None => drop(fields.insert(name, value)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    const CONFIG: &str = "# written by tensorboard\nmodel_checkpoint_path: \"model.ckpt\"\nembeddings {\n  tensor_name: \"words\"\n}\n\
                          embeddings {\n  tensor_name: 'a \\'name\\''\n  metadata_path: \"meta.tsv\"\n  sprite: {\n    image_path: \"s.png\"\n    \
                          single_image_dim: 28\n    single_image_dim: 14\n  }\n}\n";

    fn read(name: &str, text: &str) -> Option<Projector> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let found = of(&path).unwrap()?;
        let inner = |path: PathBuf| path.strip_prefix(folder.path()).unwrap().to_path_buf();
        let [metadata, tensors] = [found.metadata, found.tensors].map(|path| path.map(inner));
        Some(Projector { sprite: inner(found.sprite), metadata, tensors, ..found })
    }

    #[test]
    fn a_configuration_names_sheet_and_metadata_in_either_form() {
        let expected = Projector {
            sprite: "s.png".into(),
            sides: vec![28, 14],
            metadata: Some("meta.tsv".into()),
            rows: None,
            tensors: None,
        };
        assert_eq!(read("projector_config.pbtxt", CONFIG), Some(expected.clone()));
        let list = CONFIG.replace("single_image_dim: 28\n    single_image_dim: 14", "single_image_dim: [28, 14]");
        assert_eq!(read("p.pbtxt", &list), Some(expected.clone()));
        let json = r#"{"embeddings": [{"tensorName": "w", "tensorShape": [50, 7], "tensorPath": "t.tsv", "metadataPath": "meta.tsv",
                       "sprite": {"imagePath": "s.png", "singleImageDim": [28, 14]}}]}"#;
        assert_eq!(read("p.json", json), Some(Projector { rows: Some(50), tensors: Some("t.tsv".into()), ..expected }));
        assert_eq!(read("p.txt", CONFIG), None);
    }

    #[test]
    fn what_is_cut_short_or_something_else_names_nothing() {
        for end in 0..CONFIG.len() - 3 {
            assert_eq!(read("p.pbtxt", CONFIG.get(..end).unwrap_or_default()), None, "{end}");
        }
        for other in ["{\"embeddings\": 3}", "[]", "{\"embeddings\": [{\"sprite\": {\"singleImageDim\": [8, 8]}}]}"] {
            assert_eq!(read("p.json", other), None, "{other}");
        }
        assert_eq!(read("p.pbtxt", &"a {".repeat(100_000)), None);
    }
}
