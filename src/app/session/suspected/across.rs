//! The values of a column among a session's duplicates, by which it shows what stands on both sides of it: looked up by a job.

use super::super::Session;
use super::super::seeking::Seeking;
use crate::data::columns::Columns;
use crate::headless::likeness::Suspects;
use crate::jobs::JobNews;
use crate::likeness::LikenessError;
use crate::likeness::duplicates::rows_of;
use std::sync::Arc;

/// Of which duplicates, which columns, and which of these.
#[derive(Debug)]
struct Of {
    suspects: Arc<Suspects>,
    columns: Arc<Columns>,
    name: String,
}

impl Of {
    fn is(&self, suspects: &Arc<Suspects>, columns: &Arc<Columns>, name: &str) -> bool {
        Arc::ptr_eq(&self.suspects, suspects) && Arc::ptr_eq(&self.columns, columns) && self.name == name
    }
}

/// What is known of it.
#[derive(Debug, Default)]
pub struct Across {
    /// A number for each row, equal ones where values are.
    known: Option<(Of, Arc<[u32]>)>,
    job: Option<(Of, Seeking<Arc<[u32]>>)>,
    failed: Option<(Of, String)>,
}

impl Session {
    /// Nobody looks at it: what is under way is given up, and what went wrong is tried again next time.
    pub(super) fn leave_across(&mut self) {
        (self.suspected.across.job, self.suspected.across.failed) = (None, None);
    }

    /// Begins to look up the values of a column, unless they are known or under way; the values where they are known: for each row a
    /// number, [`Codes::MISSING`](crate::data::columns::Codes::MISSING) where it has none, or is no duplicate. `None` until all records
    /// have been read, and of a column that is not there.
    pub fn follow_across(&mut self, name: &str) -> Option<Arc<[u32]>> {
        let suspects = Arc::clone(self.suspected.found()?);
        let basis = self.basis();
        let (columns, across) = (&self.columns, &mut self.suspected.across);
        across.known.take_if(|(of, _)| !of.is(&suspects, columns, name));
        across.job.take_if(|(of, _)| !of.is(&suspects, columns, name));
        across.failed.take_if(|(of, _)| !of.is(&suspects, columns, name));
        let is_settled = across.known.is_some() || across.job.is_some() || across.failed.is_some();
        if !is_settled && columns.is_finished() && columns.named(name).is_some() {
            let of = Of { suspects: Arc::clone(&suspects), columns: Arc::clone(columns), name: name.to_owned() };
            let (columns, name) = (Arc::clone(columns), name.to_owned());
            let seeking = Seeking::start(&self.jobs, "values of duplicates", basis, move |_, progress| {
                let rows = rows_of(&suspects.exact.groups, &suspects.near);
                let gone = || LikenessError::Refused(format!("there is no column {name}"));
                let codes = columns.named(&name).ok_or_else(gone)?.codes_among(&rows, progress)?;
                Ok(codes.codes.into_owned().into())
            });
            across.job = Some((of, seeking));
        }
        across.known.as_ref().map(|(_, values)| Arc::clone(values))
    }

    /// Why the values are not known.
    pub fn why_not_across(&self) -> Option<&str> {
        self.suspected.across.failed.as_ref().map(|(_, why)| why.as_str())
    }

    /// Takes in what has been found; answers whether there is anything new.
    pub fn take_across(&mut self) -> bool {
        let (across, mut is_new) = (&mut self.suspected.across, false);
        while let Some((of, seeking)) = across.job.take() {
            match seeking.poll() {
                None => {
                    across.job = Some((of, seeking));
                    break;
                }
                // What ends afterwards has nothing more to say.
                Some(JobNews::Published(values)) => across.known = Some((of, values)),
                Some(JobNews::Ended(ended)) => across.failed = ended.err().map(|error| (of, error.to_string())),
            }
            is_new = true;
        }
        is_new
    }
}
