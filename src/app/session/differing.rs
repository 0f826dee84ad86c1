//! Who draws differently by a column, and two groups beside each other: found out by jobs while somebody looks.

use super::Session;
use super::seeking::Seeking;
use super::sought::{Same, Sought};
use crate::data::columns::query::Choice;
use crate::data::columns::{Added, Columns, quoted};
use crate::headless::likeness::{Basis, Compared, Differing, Grouped};
use crate::likeness::LikenessError;
use crate::likeness::side_by_side::SideBySide;
use crate::scene::rows::filter::Filter;
use std::sync::Arc;

/// How much of the work it is to put drawings in groups, and then to compare all of them.
const GROUPED: f64 = 0.02;
const COMPARED: f64 = 0.7;

/// What decides who draws differently.
#[derive(Clone, Debug)]
pub struct Asked {
    basis: Basis,
    columns: Arc<Columns>,
    column: String,
    /// The condition that keeps drawings, without what it says of the column itself; empty where there is none.
    under: String,
}

impl PartialEq for Asked {
    fn eq(&self, other: &Self) -> bool {
        let same = (&self.basis, &self.column, &self.under) == (&other.basis, &other.column, &other.under);
        // Tags and clusters come and go among columns that stay as they are.
        let is_added = |what| self.columns.added(what).is_some_and(|added| added.name() == self.column);
        let may_change = !self.under.is_empty() || [Added::Tags, Added::Clusters].into_iter().any(is_added);
        same && (!may_change || Arc::ptr_eq(&self.columns, &other.columns))
    }
}

impl Asked {
    fn kept(&self, rows: u32) -> Result<Option<Vec<bool>>, LikenessError> {
        if self.under.is_empty() {
            return Ok(None);
        }
        let filter = self.under.parse::<Filter>();
        let kept = filter.and_then(|filter| filter.kept(Some(&self.columns), rows));
        Ok(Some(kept.map_err(|error| LikenessError::Refused(error.to_string()))?.rows))
    }
}

/// The two groups that are to be beside each other, of which groups, by what drawings are compared.
type Pair = (Basis, Same<Differing>, [u32; 2]);

/// What is known of who draws differently.
#[derive(Debug, Default)]
pub struct WhoDiffers {
    /// The groups.
    pub groups: Sought<Asked, Differing>,
    /// Two of them beside each other.
    pub beside: Sought<Pair, SideBySide>,
}

impl Session {
    /// What is known of who draws differently.
    pub fn who_differs(&self) -> &WhoDiffers {
        &self.who_differs
    }

    /// Nobody looks at it.
    pub fn leave_differing(&mut self) {
        self.who_differs.groups.leave();
        self.who_differs.beside.leave();
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
        if !self.who_differs.groups.is_open(&asked) || !self.drawings_ended || self.drawings_failed {
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
        self.who_differs.groups.begin(asked, seeking);
    }

    /// Begins to put two of the groups that were found beside each other, unless that is known or under way; with none it is given up.
    pub fn follow_beside(&mut self, groups: Option<[u32; 2]>) {
        let basis = self.basis();
        let known = &mut self.who_differs;
        let Some((of, groups)) = known.groups.found().map(Arc::clone).zip(groups) else {
            known.beside = Sought::default();
            return;
        };
        let question = (basis.clone(), Same::of(&of), groups);
        if !known.beside.is_open(&question) {
            return;
        }
        let likeness = Arc::clone(&self.alike.likeness);
        let seeking = Seeking::start(&self.jobs, "two groups", basis, move |by, progress| {
            let [first, second] = groups.map(|group| of.groups.rows_of(group));
            let compared = Compared::of(&likeness, by, progress.part(0.0, GROUPED))?;
            compared.side_by_side([&first, &second], progress.part(GROUPED, 1.0))
        });
        self.who_differs.beside.begin(question, seeking);
    }

    /// Takes in what has been found out; answers whether there is anything new.
    pub fn take_differing(&mut self) -> bool {
        let WhoDiffers { groups, beside } = &mut self.who_differs;
        groups.has_moved() | groups.take() | beside.has_moved() | beside.take()
    }
}
