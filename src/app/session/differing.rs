//! Who draws differently by a column, and two groups beside each other: found out by jobs while somebody looks.

use super::Session;
use super::seeking::Seeking;
use crate::data::columns::query::Choice;
use crate::data::columns::{Added, Columns, quoted};
use crate::headless::likeness::{Basis, Compared, Differing, Grouped};
use crate::jobs::JobNews;
use crate::likeness::LikenessError;
use crate::likeness::side_by_side::SideBySide;
use crate::scene::rows::filter::Filter;
use std::sync::Arc;

/// How much of the work it is to put drawings in groups, and then to compare all of them.
const GROUPED: f64 = 0.02;
const COMPARED: f64 = 0.7;

/// What decides who draws differently.
#[derive(Clone, Debug)]
struct Asked {
    basis: Basis,
    columns: Arc<Columns>,
    column: String,
    /// The condition that keeps drawings, without what it says of the column itself; empty where there is none.
    under: String,
}

impl Asked {
    fn is(&self, other: &Self) -> bool {
        let same = (&self.basis, &self.column, &self.under) == (&other.basis, &other.column, &other.under);
        // Tags and clusters come and go among columns that stay as they are.
        let is_added = |what| self.columns.added(what).is_some_and(|added| added.name() == self.column);
        let may_change = !self.under.is_empty() || [Added::Tags, Added::Clusters].into_iter().any(is_added);
        same && (!may_change || Arc::ptr_eq(&self.columns, &other.columns))
    }

    fn kept(&self, rows: u32) -> Result<Option<Vec<bool>>, LikenessError> {
        if self.under.is_empty() {
            return Ok(None);
        }
        let filter = self.under.parse::<Filter>();
        let kept = filter.and_then(|filter| filter.kept(Some(&self.columns), rows));
        Ok(Some(kept.map_err(|error| LikenessError::Refused(error.to_string()))?.rows))
    }
}

/// The two groups that are to be beside each other, and those that they are of.
#[derive(Clone, Debug)]
struct Pair {
    of: Arc<Differing>,
    groups: [u32; 2],
}

impl Pair {
    fn is(&self, of: &Arc<Differing>, groups: [u32; 2]) -> bool {
        Arc::ptr_eq(&self.of, of) && self.groups == groups
    }
}

/// What is known of who draws differently.
#[derive(Debug, Default)]
pub struct WhoDiffers {
    found: Option<(Asked, Arc<Differing>)>,
    job: Option<(Asked, Seeking<Differing>)>,
    failed: Option<(Asked, String)>,
    beside: Option<(Pair, Arc<SideBySide>)>,
    beside_job: Option<(Pair, Seeking<SideBySide>)>,
    beside_failed: Option<(Pair, String)>,
}

impl WhoDiffers {
    /// The groups.
    pub fn found(&self) -> Option<&Arc<Differing>> {
        self.found.as_ref().map(|(_, found)| found)
    }

    /// How far they are on their way, 0 to 1.
    pub fn progress(&self) -> Option<f32> {
        self.job.as_ref().map(|(_, seeking)| seeking.progress())
    }

    /// Why there are none.
    pub fn why_not(&self) -> Option<&str> {
        self.failed.as_ref().map(|(_, why)| why.as_str())
    }

    /// Two of them beside each other.
    pub fn beside(&self) -> Option<&Arc<SideBySide>> {
        self.beside.as_ref().map(|(_, found)| found)
    }

    /// How far that is on its way, 0 to 1.
    pub fn beside_progress(&self) -> Option<f32> {
        self.beside_job.as_ref().map(|(_, seeking)| seeking.progress())
    }

    /// Why it cannot be had.
    pub fn why_not_beside(&self) -> Option<&str> {
        self.beside_failed.as_ref().map(|(_, why)| why.as_str())
    }
}

impl Session {
    /// What is known of who draws differently.
    pub fn who_differs(&self) -> &WhoDiffers {
        &self.who_differs
    }

    /// Nobody looks at it: what is under way is given up, and what went wrong is tried again next time.
    pub fn leave_differing(&mut self) {
        let known = &mut self.who_differs;
        (known.job, known.failed, known.beside_job, known.beside_failed) = (None, None, None, None);
    }

    /// Begins to find out which groups of a column draw differently, unless that is known or under way: of the drawings that the filter
    /// keeps, whatever it says of the column itself, so that one group alone can be looked at among all.
    pub fn follow_differing(&mut self, column: &str) {
        let Some(known) = self.columns.get(column).filter(|_| self.columns.is_finished() && !self.records_failed)
        else {
            return;
        };
        let under = self.facets.chosen.with(known, &Choice::default());
        let column = column.to_owned();
        let asked = Asked { basis: self.basis(), columns: Arc::clone(&self.columns), column, under };
        let known = &mut self.who_differs;
        known.found.take_if(|(of, _)| !of.is(&asked));
        known.job.take_if(|(of, _)| !of.is(&asked));
        known.failed.take_if(|(of, _)| !of.is(&asked));
        let is_settled = known.found.is_some() || known.job.is_some() || known.failed.is_some();
        if is_settled || !self.drawings_ended || self.drawings_failed {
            return;
        }
        let (likeness, of) = (Arc::clone(&self.alike.likeness), asked.clone());
        let seeking = Seeking::start(&self.jobs, "who differs", asked.basis.clone(), move |by, progress| {
            let none = || LikenessError::Refused(format!("there is no column {}", quoted(&of.column)));
            let column = of.columns.get(&of.column).ok_or_else(none)?;
            let kept = of.kept(likeness.dataset().rows())?;
            let groups = Grouped::new(column, kept.as_deref(), progress.part(0.0, GROUPED))?;
            let compared = Compared::of(&likeness, by, progress.part(GROUPED, COMPARED))?;
            compared.differing(groups, progress.part(COMPARED, 1.0))
        });
        self.who_differs.job = Some((asked, seeking));
    }

    /// Begins to put two of the groups that were found beside each other, unless that is known or under way; with none it is given up.
    pub fn follow_beside(&mut self, groups: Option<[u32; 2]>) {
        let basis = self.basis();
        let known = &mut self.who_differs;
        let Some((of, groups)) = known.found.as_ref().map(|(_, found)| Arc::clone(found)).zip(groups) else {
            (known.beside, known.beside_job, known.beside_failed) = (None, None, None);
            return;
        };
        known.beside.take_if(|(pair, _)| !pair.is(&of, groups));
        known.beside_job.take_if(|(pair, _)| !pair.is(&of, groups));
        known.beside_failed.take_if(|(pair, _)| !pair.is(&of, groups));
        if known.beside.is_some() || known.beside_job.is_some() || known.beside_failed.is_some() {
            return;
        }
        let (likeness, pair) = (Arc::clone(&self.alike.likeness), Pair { of: Arc::clone(&of), groups });
        let seeking = Seeking::start(&self.jobs, "two groups", basis, move |by, progress| {
            let [first, second] = groups.map(|group| of.groups.rows_of(group));
            let compared = Compared::of(&likeness, by, progress.part(0.0, GROUPED))?;
            compared.side_by_side([&first, &second], progress.part(GROUPED, 1.0))
        });
        self.who_differs.beside_job = Some((pair, seeking));
    }

    /// Takes in what has been found out; answers whether there is anything new.
    pub fn take_differing(&mut self) -> bool {
        let (known, mut is_new) = (&mut self.who_differs, false);
        while let Some((asked, seeking)) = &mut known.job {
            is_new |= seeking.has_moved();
            let Some(news) = seeking.poll() else { break };
            is_new = true;
            match news {
                JobNews::Published(found) => known.found = Some((asked.clone(), Arc::new(found))),
                JobNews::Ended(ended) => {
                    let asked = asked.clone();
                    known.job = None;
                    known.failed = ended.err().map(|error| (asked, error.to_string()));
                }
            }
        }
        while let Some((pair, seeking)) = &mut known.beside_job {
            is_new |= seeking.has_moved();
            let Some(news) = seeking.poll() else { break };
            is_new = true;
            match news {
                JobNews::Published(found) => known.beside = Some((pair.clone(), Arc::new(found))),
                JobNews::Ended(ended) => {
                    let pair = pair.clone();
                    known.beside_job = None;
                    known.beside_failed = ended.err().map(|error| (pair, error.to_string()));
                }
            }
        }
        is_new
    }
}
