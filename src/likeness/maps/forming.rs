//! Maps that form step by step, whatever makes the steps.

use super::{BETWEEN, Begun, MapError, Place};
use crate::progress::Progress;
use std::time::Instant;

/// A map that is being made.
pub trait Forming: Sized {
    /// Steps that are done, and how many there are in all.
    fn steps(&self) -> [u32; 2];

    /// One step; where that is given up the map stands as it did before.
    fn advance(&mut self, progress: Progress<'_>) -> Result<(), MapError>;

    /// A place for each row as it stands; blank rows lie together beside the map.
    fn places(&self) -> Vec<Place>;

    /// What is needed to go on from here as if it had never stopped.
    fn begun(&self) -> Begun;

    /// Goes on to the last step, and returns a place for each row.
    ///
    /// `publish` is handed such places at once, about three times a second, and at last. Where it is given up, in which it looks
    /// every few milliseconds, the map stands as it did after the last whole step.
    fn run(&mut self, publish: &mut dyn FnMut(&[Place]), progress: Progress<'_>) -> Result<Vec<Place>, MapError> {
        self.run_watched(publish, &mut |_| (), progress)
    }

    /// The same; `on` sees the map after each step.
    fn run_watched(
        &mut self,
        publish: &mut dyn FnMut(&[Place]),
        on: &mut dyn FnMut(&Self),
        progress: Progress<'_>,
    ) -> Result<Vec<Place>, MapError> {
        publish(&self.places());
        let mut published = Instant::now();
        while let [done, all] = self.steps()
            && done < all
        {
            let (at, all) = (f64::from(done), f64::from(all));
            self.advance(progress.part(at / all, (at + 1.0) / all))?;
            on(self);
            if published.elapsed() >= BETWEEN {
                publish(&self.places());
                published = Instant::now();
            }
        }
        progress.reach(1.0)?;
        let places = self.places();
        publish(&places);
        Ok(places)
    }
}
