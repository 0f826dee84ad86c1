//! The values of a column among a session's duplicates, by which it shows what stands on both sides of it: looked up by a job.

use super::super::Session;
use super::super::seeking::Seeking;
use super::super::sought::Same;
use crate::likeness::LikenessError;
use crate::likeness::duplicates::rows_of;
use std::sync::Arc;

impl Session {
    /// Begins to look up the values of a column, unless they are known or under way; the values where they are known: for each row a
    /// number, [`Codes::MISSING`](crate::data::columns::Codes::MISSING) where it has none, or is no duplicate. `None` until all records
    /// have been read, and of a column that is not there.
    pub fn follow_across(&mut self, name: &str) -> Option<Arc<Vec<u32>>> {
        let suspects = Arc::clone(self.suspected.all.found()?);
        let (basis, columns) = (self.basis(), Arc::clone(&self.columns));
        let question = (Same::of(&suspects), Same::of(&columns), name.to_owned());
        let is_open = self.suspected.across.is_open(&question);
        if is_open && columns.is_finished() && columns.named(name).is_some() {
            let name = name.to_owned();
            let seeking = Seeking::start(&self.jobs, "values of duplicates", basis, move |_, progress| {
                let rows = rows_of(&suspects.exact.groups, &suspects.near);
                let gone = || LikenessError::Refused(format!("there is no column {name}"));
                let codes = columns.named(&name).ok_or_else(gone)?.codes_among(&rows, progress)?;
                Ok(codes.codes.into_owned())
            });
            self.suspected.across.begin(question, seeking);
        }
        self.suspected.across.found().cloned()
    }

    /// Why the values are not known.
    pub fn why_not_across(&self) -> Option<&str> {
        self.suspected.across.why_not()
    }
}
