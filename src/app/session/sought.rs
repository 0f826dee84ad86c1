//! What a session finds out by a job while somebody looks at it. It is known, under way, or could not be had, each with the question
//! that it answers: another question makes all three void.

use super::seeking::Seeking;
use crate::jobs::JobNews;
use std::sync::Arc;

/// An answer, or what has become of it. `Q` is all that decides the answer.
#[derive(Debug)]
pub struct Sought<Q, T> {
    found: Option<(Q, Arc<T>)>,
    job: Option<(Q, Seeking<T>)>,
    failed: Option<(Q, String)>,
}

impl<Q, T> Default for Sought<Q, T> {
    fn default() -> Self {
        Self { found: None, job: None, failed: None }
    }
}

impl<Q, T> Sought<Q, T> {
    /// The answer.
    pub fn found(&self) -> Option<&Arc<T>> {
        self.found.as_ref().map(|(_, found)| found)
    }

    /// How far it is on its way, 0 to 1.
    pub fn progress(&self) -> Option<f32> {
        self.job.as_ref().map(|(_, seeking)| seeking.progress())
    }

    /// Why there is none.
    pub fn why_not(&self) -> Option<&str> {
        self.failed.as_ref().map(|(_, why)| why.as_str())
    }

    /// Nobody looks at it: what is under way is given up, and what went wrong is tried again next time.
    pub(super) fn leave(&mut self) {
        (self.job, self.failed) = (None, None);
    }
}

impl<Q: Clone + PartialEq, T: Send + 'static> Sought<Q, T> {
    /// Whether a question is still to be asked: what answers another one is forgotten.
    pub(super) fn is_open(&mut self, question: &Q) -> bool {
        self.is_open_beside(question, |of| of == question)
    }

    /// The same where the answer to another question may `stay` until that to this one has come.
    pub(super) fn is_open_beside(&mut self, question: &Q, stays: impl Fn(&Q) -> bool) -> bool {
        self.found.take_if(|(of, _)| !stays(of));
        self.job.take_if(|(of, _)| of != question);
        self.failed.take_if(|(of, _)| of != question);
        let is_known = self.found.as_ref().is_some_and(|(of, _)| of == question);
        !is_known && self.job.is_none() && self.failed.is_none()
    }

    /// The question is being answered.
    pub(super) fn begin(&mut self, question: Q, seeking: Seeking<T>) {
        self.job = Some((question, seeking));
    }

    /// Whether it has come to another percent since this was asked last.
    pub(super) fn has_moved(&mut self) -> bool {
        self.job.as_mut().is_some_and(|(_, seeking)| seeking.has_moved())
    }

    /// Takes in what has been found; answers whether there is anything new.
    pub(super) fn take(&mut self) -> bool {
        let mut is_new = false;
        while let Some((question, seeking)) = &self.job
            && let Some(news) = seeking.poll()
        {
            is_new = true;
            let question = question.clone();
            match news {
                JobNews::Published(found) => self.found = Some((question, Arc::new(found))),
                JobNews::Ended(ended) => {
                    self.job = None;
                    self.failed = ended.err().map(|error| (question, error.to_string()));
                }
            }
        }
        is_new
    }
}

/// Part of a question: the very same value, not one like it.
#[derive(Debug)]
pub struct Same<T: ?Sized>(pub Arc<T>);

impl<T: ?Sized> Same<T> {
    /// That of a value.
    pub fn of(value: &Arc<T>) -> Self {
        Self(Arc::clone(value))
    }
}

impl<T: ?Sized> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self::of(&self.0)
    }
}

impl<T: ?Sized> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
