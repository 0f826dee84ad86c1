//! Tables beside pictures are joined to those of their own input, by names that count from the table's folder.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::json;
use super::picture::{More, Picture};
use super::table::{KEY, Said, Table};
use crate::data::joined::ByName;
use crate::data::report::Severity;
use crate::data::source::ImageError;
use crate::words::{counted, thousands};

/// Names that are shown.
const NAMED: usize = 3;

/// What tables say of the pictures of a set.
#[derive(Debug)]
pub(super) struct Joining<'a> {
    pictures: &'a [Picture],
    /// Of the input whose tables are joined.
    names: Names<'a>,
    /// By the number of the picture, fields as the inside of a JSON object.
    fields: HashMap<usize, String>,
}

/// The names of an input's pictures, without parts such as `.`.
#[derive(Debug, Default)]
struct Names<'a> {
    of: Range<usize>,
    paths: Vec<Cow<'a, str>>,
    numbers: ByName<'a, usize>,
    /// How many lie below each folder, which ends in `/`; below the first, which is empty, all.
    below: HashMap<String, usize>,
}

impl<'a> Joining<'a> {
    /// Nothing yet.
    pub(super) fn new(pictures: &'a [Picture]) -> Self {
        Self { pictures, names: Names::default(), fields: HashMap::new() }
    }

    /// Joins a table, and says what came of it; `own` are columns that the set has already.
    pub(super) fn take(&mut self, table: &Table, own: &[&str]) -> Result<Said, ImageError> {
        let name = &*table.title;
        let lines = match table.lines(own)? {
            Ok(lines) => lines,
            Err(what) => {
                return Ok(vec![(Severity::Warning, format!("{name} was not joined to the pictures: {what}"))]);
            }
        };
        if self.names.of != table.of {
            self.names = Names::of(self.pictures, table.of.clone());
        }
        let folder = plain(table.folder());
        let (mut own_fields, mut joined) = (HashMap::new(), Joined::default());
        for (row, fields) in lines.rows {
            match self.names.number(&folder, &row) {
                Some(number) if own_fields.insert(number, fields).is_some() => {
                    joined.repeated.insert(number);
                }
                Some(_) => {}
                None => joined.lost(&plain(&row)),
            }
        }
        joined.pictures = self.names.below.get(&*folder).copied().unwrap_or_default();
        joined.with = own_fields.len();
        joined.first_without = self.names.first_without(&folder, &own_fields);
        for (number, fields) in own_fields {
            let before = self.fields.get(&number).map_or("", |before| before);
            let (both, again) = merged(before, fields);
            joined.again += usize::from(again);
            self.fields.insert(number, both);
        }
        Ok(joined.said(name, lines.nameless, lines.notes))
    }

    /// What was said of pictures, by their numbers.
    pub(super) fn done(self) -> HashMap<usize, String> {
        self.fields
    }
}

/// Gives pictures what tables say of them.
pub(super) fn give(pictures: &mut [Picture], fields: HashMap<usize, String>) {
    for (number, fields) in fields {
        if let Some(picture) = pictures.get_mut(number) {
            picture.more = More::Fields(fields.into());
        }
    }
}

impl<'a> Names<'a> {
    fn of(pictures: &'a [Picture], of: Range<usize>) -> Self {
        let paths: Vec<Cow<'a, str>> =
            pictures.get(of.clone()).unwrap_or_default().iter().map(|picture| plain(&picture.name)).collect();
        let (mut numbers, mut below) = (ByName::default(), HashMap::new());
        for (number, path) in of.clone().zip(&paths) {
            numbers.insert(path.clone(), number);
            let ends = std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at + 1));
            for folder in ends.filter_map(|end| path.get(..end)) {
                match below.get_mut(folder) {
                    Some(count) => *count += 1,
                    None => drop(below.insert(folder.to_owned(), 1)),
                }
            }
        }
        Self { of, paths, numbers, below }
    }

    /// Of the picture that a table in this folder calls so. Some programs on Windows write their own separators.
    fn number(&self, folder: &str, name: &str) -> Option<usize> {
        let find = |name: &str| self.numbers.get(&plain(&format!("{folder}{name}")));
        find(name).or_else(|| find(&name.replace('\\', "/")))
    }

    /// The path of the first picture below a folder of which nothing is said, from there.
    fn first_without(&self, folder: &str, fields: &HashMap<usize, String>) -> Option<String> {
        if self.below.get(folder).is_none_or(|count| *count == fields.len()) {
            return None;
        }
        let mut without = self.of.clone().zip(&self.paths).filter(|(number, _)| !fields.contains_key(number));
        without.find_map(|(_, path)| path.strip_prefix(folder)).map(str::to_owned)
    }
}

/// A path without parts that lead nowhere: `.`, and `..` behind a folder.
fn plain(path: &str) -> Cow<'_, str> {
    if !path.split('/').any(|part| matches!(part, "." | "..")) {
        return Cow::Borrowed(path);
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Cow::Owned(parts.join("/"))
}

/// Both of what is said of a picture, and whether something is said twice: the new counts.
fn merged(before: &str, fields: String) -> (String, bool) {
    let of = |text: &str| json::fields(format!("{{{text}}}").as_bytes()).map(|fields| fields.0).unwrap_or_default();
    if before.is_empty() {
        return (fields, false);
    }
    let (before, new) = (of(before), of(&fields));
    let is_new = |name: &String| new.iter().any(|(other, _)| other == name);
    let again = before.iter().any(|(name, _)| is_new(name));
    let mut all = String::new();
    for (name, value) in before.iter().filter(|(name, _)| !is_new(name)).chain(&new) {
        json::push(&mut all, name, value.get());
    }
    (all, again)
}

/// What came of joining a table.
#[derive(Debug, Default)]
struct Joined {
    /// In its folder, and those of them that it speaks of; the first of which it does not.
    pictures: usize,
    with: usize,
    first_without: Option<String>,
    /// Names of which there is no picture, and the first of them.
    extra: u64,
    first_extra: Vec<String>,
    /// Pictures of which several lines speak.
    repeated: HashSet<usize>,
    /// Pictures of which another table has said the same.
    again: usize,
}

impl Joined {
    fn lost(&mut self, name: &str) {
        self.extra += 1;
        if self.first_extra.len() < NAMED {
            self.first_extra.push(format!("{name:?}"));
        }
    }

    /// What is to be said of it.
    fn said(self, name: &str, nameless: u64, notes: Said) -> Said {
        let in_all = |pictures: usize| counted(pictures as u64, "picture", "pictures");
        let speaks = format!("it speaks of {} of {}", thousands(self.with as u64), in_all(self.pictures));
        let mut said = vec![(Severity::Info, format!("{name} is joined by {KEY}: {speaks}"))];
        let mut warn = |number: u64, what: String| {
            if number > 0 {
                said.push((Severity::Warning, format!("{name} {what}")));
            }
        };
        let missing = self.pictures.saturating_sub(self.with);
        let such = self.first_without.map_or_else(String::new, |first| format!(", such as {first:?}"));
        warn(missing as u64, format!("says nothing of {}{such}", in_all(missing)));
        let names = self.first_extra.join(", ");
        let more = if self.extra > NAMED as u64 { " …" } else { "" };
        let lost = counted(self.extra, "picture that is not there", "pictures that are not there");
        warn(self.extra, format!("names {lost}: {names}{more}"));
        let repeated = self.repeated.len();
        warn(repeated as u64, format!("names {} more than once: the last line counts", in_all(repeated)));
        let again = in_all(self.again);
        warn(self.again as u64, format!("says of {again} what another table says, too: this one counts"));
        let lines = counted(nameless, "line", "lines");
        warn(nameless, format!("has {lines} without a {KEY}, left out"));
        said.extend(notes.into_iter().map(|(severity, note)| (severity, format!("{name}: {note}"))));
        said
    }
}

#[cfg(test)]
mod tests {
    use super::{merged, plain};

    #[test]
    fn parts_that_lead_nowhere_are_no_part_of_a_path() {
        for (path, expected) in [
            ("a/b.png", "a/b.png"),
            ("./a/./b.png", "a/b.png"),
            ("a/../b.png", "b.png"),
            ("../b.png", "../b.png"),
            ("a/../../b.png", "../b.png"),
            ("./", ""),
            ("a/./", "a/"),
        ] {
            assert_eq!(plain(path), expected, "{path}");
        }
    }

    #[test]
    fn of_what_two_tables_say_the_later_counts() {
        assert_eq!(merged("", "\"a\":1".to_owned()), ("\"a\":1".to_owned(), false));
        let both = merged("\"a\":1,\"b\":\"x\"", "\"c\":3,\"a\":2".to_owned());
        assert_eq!(both, ("\"b\":\"x\",\"c\":3,\"a\":2".to_owned(), true));
    }
}
