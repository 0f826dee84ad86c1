//! What the table says of a format.

use std::path::Path;

use super::opened::Opened;
use crate::data::array::ShapeOptions;
use crate::data::demo::DemoError;
use crate::data::file::{PlainFile, Spool};
use crate::data::source::{ImageError, ImageFault, ImageSource};

/// A kind of file, or of drawings that are named without being a file.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What it is called: the `form` of `info`.
    pub name: &'static str,
    sign: Sign,
    drawings: Use,
    records: Option<Instead>,
    /// Whether files of a folder are looked at by their names, whatever else it holds.
    is_first_in_folders: bool,
    /// Whether a file of a folder is called as one beside others there, whatever its ending.
    is_named_beside: fn(&Path) -> bool,
}

/// By what the beginning of a file is known.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sign {
    /// Its first bytes.
    Begins(&'static [u8]),
    /// Anything else about its beginning.
    Is(fn(&[u8]) -> bool),
    /// Nothing about its beginning, but its name, its length and what lies in it.
    File(fn(&PlainFile) -> Result<bool, ImageError>),
    /// No file is one.
    Never,
}

/// What such a file is, with its article, and what to do instead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instead {
    pub(super) what: &'static str,
    pub(super) advice: &'static str,
}

/// Short for the table.
pub(super) const fn instead(what: &'static str, advice: &'static str) -> Instead {
    Instead { what, advice }
}

/// What becomes of such a file among drawings.
#[derive(Clone, Copy, Debug)]
enum Use {
    /// It is opened.
    Opened(Reader),
    /// It is made from its name.
    Made(Maker),
    /// It is refused; something better may be said once it has been looked into.
    Refused(Instead, Option<fn(&PlainFile) -> Option<ImageFault>>),
    /// Nothing is known of it there.
    Unknown,
}

/// How a format is opened.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader {
    /// How such files are named, in lower case: which files of a folder are looked at.
    pub(super) endings: &'static [&'static str],
    /// Whether a file of this sign is worth unpacking.
    pub(super) is_worth: fn(&[u8]) -> bool,
    /// Opens it; the bytes are its beginning.
    pub(super) open: fn(PlainFile, &[u8], &OpenAs<'_>) -> Result<Opened, ImageError>,
    /// Whether it holds arrays that can be named, as in `FILE:NAME`.
    pub(super) holds_arrays: bool,
}

/// Makes drawings of a name; `None` where the text is none.
type Maker = fn(&str) -> Option<Result<Box<dyn ImageSource>, DemoError>>;

/// What is to be opened, and how.
#[derive(Clone, Copy, Debug)]
pub struct OpenAs<'a> {
    /// What the user says of the arrays.
    pub shape: &'a ShapeOptions,
    /// Which of the file's arrays, where it was named.
    pub array: Option<&'a str>,
    /// Where what is unpacked is kept.
    pub spool: &'a Spool,
}

/// What is so of most formats.
const OTHERWISE: Format = Format {
    name: "",
    sign: Sign::Never,
    drawings: Use::Unknown,
    records: None,
    is_first_in_folders: true,
    is_named_beside: |_| false,
};

impl Format {
    /// A format that is opened.
    pub(super) const fn opened(name: &'static str, sign: Sign, reader: Reader) -> Self {
        Self { name, sign, drawings: Use::Opened(reader), ..OTHERWISE }
    }

    /// Drawings that are made from a name.
    pub(super) const fn made(name: &'static str, maker: Maker) -> Self {
        Self { name, drawings: Use::Made(maker), ..OTHERWISE }
    }

    /// A kind of file that is refused by name.
    pub(super) const fn refused(name: &'static str, sign: Sign, what: &'static str, advice: &'static str) -> Self {
        Self { name, sign, drawings: Use::Refused(instead(what, advice), None), ..OTHERWISE }
    }

    /// The same, where more can be said once the file has been looked into.
    pub(super) const fn looked_into(self, look: fn(&PlainFile) -> Option<ImageFault>) -> Self {
        match self.drawings {
            Use::Refused(instead, _) => Self { drawings: Use::Refused(instead, Some(look)), ..self },
            _ => self,
        }
    }

    /// A kind of file that is refused by name among records, and by no name among drawings.
    pub(super) const fn only_among_records(
        name: &'static str,
        sign: Sign,
        what: &'static str,
        advice: &'static str,
    ) -> Self {
        Self { name, sign, records: Some(instead(what, advice)), ..OTHERWISE }
    }

    /// Files of a folder are looked at that are called so, too.
    pub(super) const fn or_named(self, is_named_beside: fn(&Path) -> bool) -> Self {
        Self { is_named_beside, ..self }
    }

    /// What it is called among records, and what to do there.
    pub(super) const fn no_records(self, what: &'static str, advice: &'static str) -> Self {
        Self { records: Some(instead(what, advice)), ..self }
    }

    /// A format that more often holds something else, such as weights or notes on pictures: in folders its files are opened only where
    /// there is nothing else to be seen.
    pub(super) const fn last_in_folders(self) -> Self {
        Self { is_first_in_folders: false, ..self }
    }

    /// Whether files of a folder are looked at by their names, whatever else it holds.
    pub(super) fn is_first_in_folders(&self) -> bool {
        self.is_first_in_folders
    }

    /// Whether a file of a folder may be one by its name, which `name` is in lower case.
    pub(super) fn is_called(&self, path: &Path, name: &str) -> bool {
        let mut endings = self.reader().into_iter().flat_map(|reader| reader.endings);
        endings.any(|ending| name.len() > ending.len() && name.ends_with(*ending)) || (self.is_named_beside)(path)
    }

    /// Whether a file that begins with `head` is one.
    pub(super) fn fits(&self, head: &[u8]) -> bool {
        match self.sign {
            Sign::Begins(bytes) => head.starts_with(bytes),
            Sign::Is(is) => is(head),
            Sign::File(_) | Sign::Never => false,
        }
    }

    /// Whether a file is one by more than its beginning.
    pub(super) fn fits_file(&self, file: &PlainFile) -> Result<bool, ImageError> {
        if let Sign::File(is) = self.sign { is(file) } else { Ok(false) }
    }

    #[cfg(test)]
    pub(super) fn sign(&self) -> Sign {
        self.sign
    }

    pub(super) fn is_of_drawings(&self) -> bool {
        !matches!(self.drawings, Use::Unknown)
    }

    pub(super) fn reader(&self) -> Option<&Reader> {
        if let Use::Opened(reader) = &self.drawings { Some(reader) } else { None }
    }

    pub(super) fn maker(&self) -> Option<Maker> {
        if let Use::Made(maker) = self.drawings { Some(maker) } else { None }
    }

    pub(super) fn among_drawings(&self) -> Option<Instead> {
        if let Use::Refused(instead, _) = self.drawings { Some(instead) } else { None }
    }

    pub(super) fn look_into(&self) -> Option<fn(&PlainFile) -> Option<ImageFault>> {
        if let Use::Refused(_, look) = self.drawings { look } else { None }
    }

    pub(super) fn among_records(&self) -> Option<Instead> {
        self.records
    }

    /// What a file of a format that is opened is called, and how names of such files end.
    pub(in crate::data) fn called(&self) -> (&'static str, &'static str) {
        let ending = self.reader().and_then(|reader| reader.endings.first()).copied();
        (self.records.map_or(self.name, |instead| instead.what), ending.unwrap_or_default())
    }
}
