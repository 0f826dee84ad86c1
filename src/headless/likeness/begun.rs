//! Maps that were given up half-way: how far each has come, in memory for this session, on the disk for the next one.

use super::known::{Basis, Neighbours, log};
use crate::likeness::graph::When;
use crate::likeness::maps::Begun;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What all of them may take in memory together; the one given up longest ago goes first. A map of 150,000 drawings takes 3.6 MB.
const MOST_BYTES: u64 = 64 << 20;
/// Time between two states of a map on the disk: so much work is lost at most where the program is ended.
pub(super) const BETWEEN: Duration = Duration::from_secs(2);

/// Those in memory, with what decides how much drawings look alike.
#[derive(Debug, Default)]
pub(super) struct BegunMaps(Mutex<Vec<(Basis, String, Arc<Begun>)>>);

impl BegunMaps {
    fn of(&self, basis: &Basis, name: &str) -> Option<Arc<Begun>> {
        // Nobody holds it for longer than it takes to look.
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|(of, its, _)| of == basis && its == name).map(|(.., begun)| Arc::clone(begun))
    }

    /// Keeps one, unless another job had come farther, or it takes more than all of them may.
    fn keep(&self, basis: &Basis, name: &str, begun: Begun) {
        if begun.bytes() > MOST_BYTES || self.of(basis, name).is_some_and(|other| other.steps >= begun.steps) {
            return;
        }
        self.forget(basis, name);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push((basis.clone(), name.to_owned(), Arc::new(begun)));
        let bytes = |all: &[(Basis, String, Arc<Begun>)]| all.iter().map(|(.., begun)| begun.bytes()).sum::<u64>();
        while bytes(&all) > MOST_BYTES {
            all.remove(0);
        }
    }

    fn forget(&self, basis: &Basis, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|(of, its, _)| of != basis || its != name);
    }
}

/// What the state of a map is kept as on the disk.
fn on_disk(name: &str) -> String {
    format!("begun-{name}")
}

impl Neighbours {
    /// How far the map of a name had come: what is in memory, else what lies on the disk.
    pub(super) fn begun_map(&self, name: &str) -> Option<Arc<Begun>> {
        if let Some(begun) = self.likeness.begun.of(&self.basis, name) {
            return Some(begun);
        }
        let (store, content) = self.store()?;
        store.begun(content, &on_disk(name), self.codes.codes.rows()).map(Arc::new)
    }

    /// Keeps how far it has come: on the disk now and then, in both places where it was given up.
    pub(super) fn keep_begun_map(&self, name: &str, when: When, begun: &dyn Fn() -> Begun) {
        let store = self.store();
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = written.get_or_insert_with(Instant::now).elapsed() >= self.likeness.between;
        if when == When::OnTheWay && (store.is_none() || !is_due) {
            return;
        }
        let begun = begun();
        if let Some((store, content)) = store {
            log(store.put_begun(content, &on_disk(name), &begun));
            *written = Some(Instant::now());
        }
        if when == When::GivenUp {
            self.likeness.begun.keep(&self.basis, name, begun);
        }
    }

    /// The map is there: how far it had come once is of no use any more.
    pub(super) fn forget_begun_map(&self, name: &str) {
        self.likeness.begun.forget(&self.basis, name);
        if let Some((store, content)) = self.store()
            && let Err(error) = store.remove(content, &on_disk(name))
        {
            tracing::debug!("{error}");
        }
    }
}

#[cfg(test)]
mod tests;
