//! Median drawing, and mean drawings by stroke, of the selected rows that the filter keeps: made by jobs while somebody looks, one
//! after the other as selection and filter change.

mod work;

use crate::app::session::Session;
use crate::app::state::App;
use crate::app::ui::{ByStrokeModel, InspectorPage};
use crate::data::dataset::{Dataset, OpenError};
use crate::data::values::ValueMap;
use crate::jobs::{Job, JobError, JobNews, Jobs};
use crate::likeness::apart::StrokesApart;
use crate::likeness::means::MOST_SIDE;
use crate::scene::selection::Selection;
use crate::words::{percent, size};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is made of some rows.
#[derive(Clone, Debug, PartialEq)]
pub struct ByStroke {
    /// Of so many.
    pub rows: u32,
    /// Width and height of mean and median, pixels.
    pub size: [u32; 2],
    /// Mean ink, 0 to 1, line by line.
    pub mean: Vec<f32>,
    /// Median ink likewise; of an even number of drawings the mean of the two in the middle.
    pub median: Vec<f32>,
    /// Pixels a side of the following.
    pub side: u32,
    /// Of the first stroke, the second, … and all later ones: how many drawings have it, and its mean ink in these. Empty until strokes
    /// have been rasterised.
    pub parts: Vec<(u32, Vec<f32>)>,
    /// Rows without strokes.
    pub without: u32,
}

/// What decides what is to be made.
#[derive(Clone, Debug, PartialEq)]
struct Basis {
    selection: Selection,
    /// The filter's rows, by the looks of all.
    looks: u64,
    values: ValueMap,
    has_strokes: bool,
}

/// The strokes of all drawings.
#[derive(Debug, Default)]
enum Apart {
    /// Records are still being read.
    #[default]
    Awaited,
    Making(Job<Arc<StrokesApart>, work::ApartError>),
    Made(Arc<StrokesApart>),
    Refused(String),
}

/// Means of the rows that are looked at.
#[derive(Debug)]
pub struct ByStrokes {
    dataset: Arc<Dataset>,
    apart: Apart,
    /// What was looked at last, and which rows these are.
    basis: Option<Basis>,
    rows: Arc<[u32]>,
    job: Option<Job<ByStroke, OpenError>>,
    found: Option<Arc<ByStroke>>,
    /// Why what was looked at last could not be made.
    failed: Option<String>,
    says: String,
}

/// The same, as the state log has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ByStrokeLine {
    /// Of so many rows.
    pub rows: u32,
    /// Sums of the ink of mean and median, 0 to 1 a pixel.
    pub inks: [f64; 2],
    /// How many drawings have each stroke.
    pub parts: Vec<u32>,
    /// What is said below.
    pub says: String,
}

impl ByStrokes {
    fn of(session: &Session) -> Self {
        Self {
            dataset: Arc::clone(&session.dataset),
            apart: Apart::default(),
            basis: None,
            rows: Arc::default(),
            job: None,
            found: None,
            failed: None,
            says: String::new(),
        }
    }

    /// Begins what is to be made for what is looked at now, as soon as what was begun before has ended: while a brush moves there is
    /// always something new to see.
    fn follow(&mut self, session: &Session, jobs: &Jobs) {
        if matches!(self.apart, Apart::Awaited) && session.columns.is_finished() {
            let (reader, dataset) = (session.stroke_reader(), Arc::clone(&self.dataset));
            self.apart = Apart::Making(
                jobs.start_long("strokes apart", move |context| work::rasterize(context, &reader, &dataset)),
            );
        }
        self.says = self.says_now();
        let (scene, apart) = (&session.scene, self.made());
        let basis = Basis {
            selection: scene.selection().clone(),
            looks: scene.row_table().revision(),
            values: session.values,
            has_strokes: apart.is_some(),
        };
        if self.job.is_some() || self.basis.as_ref() == Some(&basis) {
            return;
        }
        let (selection, table) = (scene.selection(), scene.row_table());
        let is_kept = |row: &u32| table.style(*row).is_picked();
        let rows: Arc<[u32]> = if selection.is_empty() {
            (0..scene.rows()).filter(is_kept).collect()
        } else {
            selection.rows().filter(is_kept).collect()
        };
        let before = self.basis.replace(basis);
        let is_same = before.is_some_and(|before| {
            Some((before.values, before.has_strokes)) == self.basis.as_ref().map(|now| (now.values, now.has_strokes))
        });
        if is_same && rows == self.rows {
            return;
        }
        self.failed = None;
        self.rows = Arc::clone(&rows);
        let (dataset, values) = (Arc::clone(&self.dataset), session.values.table());
        self.job = Some(jobs.start("median and means by stroke", move |context| {
            work::means(context, &dataset, &values, apart.as_deref(), &rows)
        }));
    }

    /// Whether something of them is being made.
    pub fn is_busy(&self) -> bool {
        self.job.is_some() || matches!(self.apart, Apart::Making(_))
    }

    fn made(&self) -> Option<Arc<StrokesApart>> {
        match &self.apart {
            Apart::Made(apart) => Some(Arc::clone(apart)),
            _ => None,
        }
    }

    fn says_now(&self) -> String {
        if let Some(failed) = &self.failed {
            return failed.clone();
        }
        let is_large = self.dataset.width().max(self.dataset.height()) > MOST_SIDE;
        let large = if is_large {
            format!("only drawings of up to {MOST_SIDE} pixels a side have a median · ")
        } else {
            String::new()
        };
        large + &self.says_of_strokes()
    }

    fn says_of_strokes(&self) -> String {
        match &self.apart {
            Apart::Awaited => "records are being read".to_owned(),
            Apart::Making(job) => format!("strokes are rasterised… {}", percent(job.progress().unwrap_or(0.0))),
            Apart::Made(apart) => {
                let without = self.found.as_ref().map_or(0, |found| found.without);
                let none = if without > 0 { format!("{without} without strokes · ") } else { String::new() };
                format!("{none}the strokes of all drawings take {} of memory", size(apart.bytes() as u64))
            }
            Apart::Refused(why) => why.clone(),
        }
    }

    /// Takes in what has been made; answers whether there is anything new.
    fn take(&mut self) -> bool {
        let mut is_new = false;
        while let Apart::Making(job) = &self.apart
            && let Some(news) = job.poll()
        {
            match news {
                JobNews::Published(apart) => self.apart = Apart::Made(apart),
                JobNews::Ended(Ok(()) | Err(JobError::Cancelled)) => self.apart = Apart::Awaited,
                JobNews::Ended(Err(error)) => self.apart = Apart::Refused(error.to_string()),
            }
            is_new = true;
        }
        // How far it is, is shown as well.
        is_new |= matches!(self.apart, Apart::Making(_));
        while let Some(news) = self.job.as_ref().and_then(Job::poll) {
            match news {
                JobNews::Published(found) => self.found = Some(Arc::new(found)),
                JobNews::Ended(ended) => {
                    self.job = None;
                    if let Err(error) = ended {
                        self.failed = Some(format!("they cannot be made: {error}"));
                    }
                }
            }
            is_new = true;
        }
        is_new
    }
}

impl App {
    /// Shows them, or no longer where they are seen.
    pub(super) fn toggle_by_stroke(&mut self) {
        let was_shown = self.is_by_stroke_shown() && self.hand.by_stroke.is_some();
        (self.inspector_open, self.page) = (true, InspectorPage::Selection);
        if was_shown {
            self.hand.by_stroke = None;
        } else if self.hand.by_stroke.is_none() {
            self.hand.by_stroke = self.session.as_ref().map(|session| Box::new(ByStrokes::of(session)));
        }
    }

    /// Whether the page is seen on which they are.
    fn is_by_stroke_shown(&self) -> bool {
        self.inspector_open && self.page == InspectorPage::Selection
    }

    /// Takes in what has been made of them; answers whether there is anything new.
    pub(in crate::app) fn take_by_stroke(&mut self) -> bool {
        self.hand.by_stroke.as_mut().is_some_and(|means| means.take())
    }

    /// Makes what is to be seen of them now; nothing while nobody looks.
    pub(in crate::app) fn follow_by_stroke(&mut self) {
        let is_shown = self.is_by_stroke_shown();
        let (Some(session), Some(means)) = (&self.session, &mut self.hand.by_stroke) else { return };
        if !Arc::ptr_eq(&session.dataset, &means.dataset) {
            // Another set has another memory to fill.
            self.hand.by_stroke = None;
        } else if is_shown {
            means.follow(session, &self.jobs);
        }
    }

    /// What the panel shows of them; `None` where there is nothing to make them of.
    pub(in crate::app) fn by_stroke_model(&self) -> Option<ByStrokeModel<'_>> {
        let session = self.session.as_ref()?;
        let is_filtered = session.matching().is_some();
        let is_there = is_filtered || !session.scene.selection().is_empty();
        let means = self.hand.by_stroke.as_deref();
        is_there.then(|| ByStrokeModel {
            is_open: means.is_some(),
            found: means.and_then(|means| means.found.as_ref()),
            says: means.map_or("", |means| &means.says),
            kept: session.matching(),
        })
    }

    /// The same for the state log.
    pub(in crate::app) fn log_by_stroke(&self) -> Option<ByStrokeLine> {
        let means = self.hand.by_stroke.as_deref()?;
        let found = means.found.as_deref()?;
        let sum = |inks: &[f32]| inks.iter().copied().map(f64::from).sum();
        Some(ByStrokeLine {
            rows: found.rows,
            inks: [sum(&found.mean), sum(&found.median)],
            parts: found.parts.iter().map(|(rows, _)| *rows).collect(),
            says: means.says.clone(),
        })
    }
}
