//! What is said of the pictures of a set when it is opened.

use std::path::{Path, PathBuf};

use super::deep::{Deep, Depth};
use super::picture::Picture;
use crate::data::report::{Note, Severity};
use crate::data::source::ImageFault;
use crate::words::{counted, shown_text, thousands};

/// Broken pictures that are named, and characters of a name.
const NAMED: usize = 5;
const NAME: usize = 80;

/// What is to be said of a set of pictures, and of each of the files and folders that it was opened from.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    notes: Vec<Note>,
    of: Option<PathBuf>,
}

impl Remarks {
    /// From now on this file or folder is meant; `None` where the whole set is, of several.
    pub(super) fn about(&mut self, path: Option<&Path>) {
        self.of = path.map(Path::to_path_buf);
    }

    pub(super) fn push(&mut self, (severity, text): (Severity, String)) {
        self.notes.push(Note { severity, text, path: self.of.clone() });
    }

    pub(super) fn into_notes(self) -> Vec<Note> {
        self.notes
    }
}

impl Extend<(Severity, String)> for Remarks {
    fn extend<I: IntoIterator<Item = (Severity, String)>>(&mut self, said: I) {
        said.into_iter().for_each(|one| self.push(one));
    }
}

/// Which pictures a range is for that is not for bytes; `None` where it is for all alike, or for none, which is warned of.
pub(super) fn by_range(pictures: &[Picture], deep: &Deep) -> Option<(Severity, String)> {
    let depths = || pictures.iter().filter_map(Picture::depth);
    if !deep.is_for(depths()) {
        return None;
    }
    let (by_range, others): (Vec<Depth>, Vec<Depth>) = depths().partition(|depth| deep.range_for(*depth).is_some());
    if by_range.is_empty() {
        return None;
    }
    let others = match others.len() as u64 {
        0 => String::new(),
        1 => ", 1 of 8 bits a value is shown as it is".to_owned(),
        number => format!(", {} of 8 bits a value are shown as they are", thousands(number)),
    };
    let pictures = counted(by_range.len() as u64, "picture", "pictures");
    Some((Severity::Info, format!("--range is for {pictures} of more than 8 bits a value{others}")))
}

/// What is said of a set of which no picture can be drawn.
pub(super) fn none_drawn(form: &str, pictures: &[Picture]) -> ImageFault {
    let what = if form == "folder" { "a folder" } else { "a set" };
    let first = pictures.iter().find_map(|picture| Some((&*picture.name, &**picture.header.as_ref().err()?)));
    let (name, why) = first.unwrap_or_default();
    ImageFault::Archive {
        what: format!("{what} of {} of which none can be drawn", counted(pictures.len() as u64, "picture", "pictures")),
        advice: format!("get them again; the first is {} ({why})", shown_text(name, NAME)),
    }
}

/// Pictures that cannot be drawn.
pub(super) fn broken(pictures: &[Picture]) -> Option<(Severity, String)> {
    let broken = || pictures.iter().filter_map(|picture| Some((&*picture.name, &**picture.header.as_ref().err()?)));
    let number = broken().count();
    let of = thousands(pictures.len() as u64);
    let names = listed(number, broken());
    let text =
        format!("{} of {of} pictures cannot be drawn and are crossed squares: {names}", thousands(number as u64));
    (number > 0).then_some((Severity::Warning, text))
}

/// Pictures that can be drawn though something of them is lost.
pub(super) fn damaged(pictures: &[Picture], damaged: &[Option<String>]) -> Option<(Severity, String)> {
    let damaged =
        || pictures.iter().zip(damaged).filter_map(|(picture, what)| Some((&*picture.name, what.as_deref()?)));
    let number = damaged().count();
    let of = thousands(pictures.len() as u64);
    let text = format!(
        "{} of {of} pictures can be drawn and are damaged: {}",
        thousands(number as u64),
        listed(number, damaged())
    );
    (number > 0).then_some((Severity::Warning, text))
}

/// The first of some pictures with what is wrong with each.
pub(super) fn listed<'a>(number: usize, pictures: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let one = |(name, why): (&str, &str)| format!("\"{}\" ({why})", shown_text(name, NAME));
    let mut names: Vec<String> = pictures.take(NAMED).map(one).collect();
    if number > NAMED {
        names.push("…".to_owned());
    }
    names.join(", ")
}
