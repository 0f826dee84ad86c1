//! Drawings as a format opened them.

use std::path::Path;

use super::idx;
use crate::data::array::{ArrayProbe, Counted, Told};
use crate::data::report::{Note, Severity};
use crate::data::source::{ColumnArray, ImageError, ImageSource};

/// Drawings as a format opened them.
#[derive(Debug)]
pub struct Opened {
    /// The format's name.
    pub form: &'static str,
    /// What was opened.
    pub drawings: Drawings,
    /// What is to be said of the choice among several arrays.
    pub chosen: Vec<(Severity, String)>,
    /// What is to be said of one of several files that were opened as one set, or of all of them.
    pub notes: Vec<Note>,
}

/// What was opened.
#[derive(Debug)]
pub enum Drawings {
    /// Drawings to be read.
    Source(Box<dyn ImageSource>),
    /// An array of which it is not decided yet what its axes mean; none is left in an open data set.
    Undecided(Box<ArrayProbe>),
}

impl Opened {
    pub(in crate::data) fn new(form: &'static str, drawings: Drawings) -> Self {
        Self { form, drawings, chosen: Vec::new(), notes: Vec::new() }
    }

    /// An array whose axes are to be decided; the table names its form.
    pub(super) fn array(probe: ArrayProbe) -> Self {
        Self::new("", Drawings::Undecided(Box::new(probe)))
    }

    /// Whether labels may come from a file of their own, and none have.
    pub(in crate::data) fn takes_labels(&self) -> bool {
        matches!(&self.drawings, Drawings::Undecided(_))
            && self.form == idx::FORMAT.name
            && self.labels_paths().next().is_none()
    }

    /// Takes labels from a file of their own, with what is odd about them.
    pub(in crate::data) fn take_labels(&mut self, (labels, odd): (Vec<ColumnArray>, Option<String>)) {
        if let Drawings::Undecided(probe) = &mut self.drawings {
            probe.take_columns(labels, true);
        }
        self.chosen.extend(odd.map(|text| (Severity::Warning, text)));
    }

    /// Takes columns from a file of their own, where it has none and may have as many drawings; gives them back where not.
    pub(in crate::data) fn take_columns(&mut self, columns: Vec<ColumnArray>) -> Result<(), Vec<ColumnArray>> {
        match &mut self.drawings {
            Drawings::Undecided(probe) => probe.take_more_columns(columns),
            Drawings::Source(_) => Err(columns),
        }
    }

    /// The files of labels that were found for it.
    pub(in crate::data) fn labels_paths(&self) -> impl Iterator<Item = &Path> {
        let probe = if let Drawings::Undecided(probe) = &self.drawings { Some(probe) } else { None };
        probe.into_iter().flat_map(|probe| probe.columns_paths())
    }

    /// The drawings; `None` where it is not decided yet what they are.
    pub fn source(&self) -> Option<&dyn ImageSource> {
        match &self.drawings {
            Drawings::Source(source) => Some(source.as_ref()),
            Drawings::Undecided(_) => None,
        }
    }

    /// The file; `None` where there is none.
    pub fn path(&self) -> Option<&Path> {
        match &self.drawings {
            Drawings::Source(source) => source.path(),
            Drawings::Undecided(probe) => Some(probe.path()),
        }
    }

    /// How many records must be counted to decide; `None` where their number would change nothing.
    pub fn counts_to(&self) -> Option<u32> {
        if let Drawings::Undecided(probe) = &self.drawings { probe.counts_to() } else { None }
    }

    /// Whether it may be a single drawing, as far as that is known yet.
    pub fn may_be_one(&self) -> bool {
        match &self.drawings {
            Drawings::Source(source) => source.rows() == 1,
            Drawings::Undecided(probe) => probe.may_be_one(),
        }
    }

    /// Whether it holds drawings beyond doubt; an array may be anything that has a row for each of some.
    pub fn is_sure(&self) -> bool {
        if let Drawings::Undecided(probe) = &self.drawings { probe.is_sure() } else { true }
    }

    /// The most drawings that it may hold; any number where records decide.
    pub fn most_rows(&self) -> u32 {
        match &self.drawings {
            Drawings::Source(source) => source.rows(),
            Drawings::Undecided(probe) => probe.most_rows(),
        }
    }

    /// Decides what is not decided yet, and says what the user should know of it.
    pub fn decide(self, counted: Option<Counted>) -> Result<(Box<dyn ImageSource>, Told), ImageError> {
        match self.drawings {
            Drawings::Source(source) => Ok((source, None)),
            Drawings::Undecided(probe) => {
                let (file, told) = probe.decide(counted)?;
                Ok((Box::new(file), told))
            }
        }
    }
}
