//! The suspects of a session's drawings: duplicates, blank ones, odd ones. Sought by a job once somebody wants to see them.

mod across;
mod strokes;

use super::Session;
use super::seeking::Seeking;
use super::sought::{Same, Sought};
use crate::data::columns::Columns;
use crate::headless::likeness::{Basis, Compared, SuspectStrokes, Suspects};
use crate::likeness::duplicates::NearSearch;
use std::sync::Arc;

/// How many drawings that are like nothing else are listed.
const ODD: usize = 500;
/// How much of the work it is to compare the drawings with each other.
const COMPARED: f64 = 0.7;

/// What is known of suspects.
#[derive(Debug, Default)]
pub struct Suspected {
    all: Sought<Basis, Suspects>,
    /// Whether duplicates have the same strokes; near ones are at most so far apart.
    strokes: Sought<(Same<Suspects>, f64), SuspectStrokes>,
    /// A number for each row, equal ones where the values of a column are.
    across: Sought<(Same<Suspects>, Same<Columns>, String), Vec<u32>>,
}

impl Session {
    /// Duplicates, blank ones, odd ones.
    pub fn suspected(&self) -> &Sought<Basis, Suspects> {
        &self.suspected.all
    }

    /// Nobody looks at them.
    pub fn leave_suspects(&mut self) {
        self.suspected.all.leave();
        self.suspected.strokes.leave();
        self.suspected.across.leave();
    }

    /// Begins to seek them, unless they are known or under way.
    pub fn follow_suspects(&mut self) {
        let basis = self.basis();
        if !self.suspected.all.is_open(&basis) || !self.drawings_ended || self.drawings_failed {
            return;
        }
        let likeness = Arc::clone(&self.alike.likeness);
        let seeking = Seeking::start(&self.jobs, "suspects", basis.clone(), move |by, progress| {
            let compared = Compared::of(&likeness, by, progress.part(0.0, COMPARED))?;
            compared.suspects(NearSearch::default().most_distance, ODD, progress.part(COMPARED, 1.0))
        });
        self.suspected.all.begin(basis, seeking);
    }

    /// Takes in what has been found of them; answers whether there is anything new.
    pub fn take_suspects(&mut self) -> bool {
        let Suspected { all, strokes, across } = &mut self.suspected;
        all.has_moved() | all.take() | strokes.take() | across.take()
    }
}
