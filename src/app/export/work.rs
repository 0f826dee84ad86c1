//! The work of an export, as a job: what `inkfield export` and `inkfield render` do.

use super::sized;
use crate::app::ui::ExportOf;
use crate::data::columns::Columns;
use crate::data::dataset::Dataset;
use crate::data::values::ValueMap;
use crate::gpu::context::GpuOptions;
use crate::headless::{Doing, Headless, HeadlessError, SaveError};
use crate::jobs::{JobContext, JobError};
use crate::scene::camera::Viewport;
use crate::scene::selection::Selection;
use crate::scene::{Background, Scene, ThemeChoice};
use crate::share::{Drawings, Export, Outputs, Painted, ShareError, Told};
use crate::words::counted;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf, absolute};
use std::sync::Arc;

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ExportError {
    /// Files could not be written.
    #[error(transparent)]
    Share(#[from] ShareError),
    /// There is no picture.
    #[error(transparent)]
    Headless(#[from] HeadlessError),
    /// A picture could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
}

/// What a job tells.
#[derive(Debug)]
pub(crate) enum Part {
    /// What is being made now.
    Step(&'static str),
    /// All is written.
    Written(Written),
}

/// What was written.
#[derive(Debug)]
pub(crate) struct Written {
    target: Target,
    /// Drawings, where files hold some.
    rows: usize,
    told: Told,
}

impl Written {
    /// What, how large, where, and what is to be said of it.
    pub(super) fn in_words(&self) -> String {
        let named = self.target.named();
        let Some((_, first)) = named.first() else { return String::new() };
        let path = absolute(first).unwrap_or_else(|_| (*first).to_owned());
        let files: Vec<String> = named.iter().map(|&named| sized(named)).collect();
        let files = files.join(" and ");
        let of = match &self.target {
            Target::Files(_) => format!("exported {} as {files}", counted(self.rows as u64, "drawing", "drawings")),
            Target::Picture(_) => format!("exported the {files}"),
        };
        let written = Some(format!("{of}: {}", path.display()));
        let said = [written, self.told.made_up(), self.told.without_origin(), self.told.without_table()];
        said.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}

/// Which files are written.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    Files(Files),
    Picture(Picture),
}

/// Files of drawings.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    pub(super) outputs: Outputs,
    pub(super) enlarge: u32,
    pub(super) background: Background,
}

/// The view as one picture.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    pub(super) path: PathBuf,
    pub(super) size: [u32; 2],
    pub(super) background: Background,
}

impl Target {
    /// What is written, and where.
    pub(super) fn named(&self) -> Vec<(&'static str, &Path)> {
        match self {
            Self::Files(files) => files.outputs.named(),
            Self::Picture(picture) => vec![("picture", &picture.path)],
        }
    }
}

/// All that an export takes of the window; what happens there meanwhile changes nothing.
pub(super) struct Work {
    pub(super) dataset: Arc<Dataset>,
    pub(super) columns: Arc<Columns>,
    pub(super) scene: Scene,
    pub(super) values: ValueMap,
    pub(super) of: ExportOf,
    pub(super) theme: ThemeChoice,
    pub(super) target: Target,
}

type Context = JobContext<Part, ExportError>;

fn part(done: u32, of: u32) -> f32 {
    done as f32 / of.max(1) as f32
}

/// Says what is being made now and how far that is, 0 to 1; a break where nobody wants it any more.
fn reach(context: &Context, step: &mut &'static str, what: &'static str, part: f32) -> ControlFlow<()> {
    context.set_progress(part);
    if what != *step {
        *step = what;
        if context.publish(Part::Step(what)).is_err() {
            return ControlFlow::Break(());
        }
    }
    if context.check().is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

impl Work {
    /// Does it.
    pub(super) fn run(mut self, context: &Context) -> Result<(), JobError<ExportError>> {
        let (rows, told) = match self.target.clone() {
            Target::Files(files) => self.write_files(&files, context)?,
            Target::Picture(picture) => {
                self.write_picture(&picture, context)?;
                (0, Told::default())
            }
        };
        Ok(context.publish(Part::Written(Written { target: self.target, rows, told }))?)
    }

    fn rows(&self) -> Vec<u32> {
        let all = 0..self.dataset.rows();
        match self.of {
            ExportOf::Selection => self.scene.selection().rows().collect(),
            ExportOf::Kept => all.filter(|&row| self.scene.row_table().style(row).is_picked()).collect(),
            ExportOf::All => all.collect(),
        }
    }

    fn write_files(&mut self, files: &Files, context: &Context) -> Result<(usize, Told), JobError<ExportError>> {
        let rows = self.rows();
        let failed = |error: HeadlessError| JobError::Failed(ExportError::from(error));
        let columns = self.columns.is_finished().then_some(&*self.columns);
        let scene = &mut self.scene;
        let camera = scene.camera();
        (scene.settings.center, scene.settings.zoom) = (Some(camera.center), camera.zoom);
        scene.select(Selection::default());
        let fades = scene.settings.appearance.fades;
        if files.outputs.page.is_some() && self.of != ExportOf::Kept && scene.settings.appearance.filter.is_some() {
            // What was chosen otherwise is shown, whatever the filter says of it.
            scene.settings.appearance.filter = None;
            scene.restyle(columns).map_err(|error| failed(error.into()))?;
        }
        let export = Export {
            outputs: &files.outputs,
            drawings: Drawings { dataset: &self.dataset, rows: &rows },
            columns: &self.columns,
            fields: &[],
            title: self.dataset.title(),
            theme: self.theme,
            size: None,
            shows_faded: fades && self.of == ExportOf::Kept,
            sheet_columns: None,
            enlarge: files.enlarge,
            background: files.background,
        };
        let table = self.values.table();
        let painted = files.outputs.are_painted().then_some(Painted { scene, table: &table });
        let mut step = "";
        let told = export.write(painted, &mut |what, done, of| reach(context, &mut step, what, part(done, of)));
        match told {
            Ok(told) => Ok((rows.len(), told)),
            Err(ShareError::Cancelled) => Err(JobError::Cancelled),
            Err(error) => Err(JobError::Failed(error.into())),
        }
    }

    /// Draws the view once more, as a command does that has no window: what it takes of the GPU is given back at the end.
    fn write_picture(&self, picture: &Picture, context: &Context) -> Result<(), JobError<ExportError>> {
        let (scene, before) = (&self.scene, self.scene.viewport());
        let [width, height] = picture.size;
        // All that is seen grows along, type and lines as well.
        let times = (f64::from(width) / f64::from(before.width_px.max(1)))
            .min(f64::from(height) / f64::from(before.height_px.max(1)));
        let viewport = Viewport::new(width, height, before.scale * times);
        let columns = self.columns.is_finished().then_some(&*self.columns);
        let mut step = "";
        let mut on = |doing| match doing {
            Doing::Reading(read) => reach(context, &mut step, "drawings", part(read, self.dataset.rows())),
            Doing::Comparing(part) => reach(context, &mut step, "comparing", part as f32),
            Doing::Arranging(part) => reach(context, &mut step, "arranging", part as f32),
        };
        let options = GpuOptions::default();
        let opened = Headless::like(scene, &self.dataset, columns, viewport, &options, &mut on);
        // Whatever part of it was given up.
        context.check()?;
        let mut headless = opened.map_err(|error| JobError::Failed(ExportError::from(error)))?;
        headless.scene.select(scene.selection().clone());
        let saved = headless.save_picture(&picture.path, picture.background, &mut |line, of| {
            reach(context, &mut step, "picture", part(line, of))
        });
        match saved {
            Ok(()) => Ok(()),
            Err(SaveError::Cancelled) => Err(JobError::Cancelled),
            Err(error) => Err(JobError::Failed(error.into())),
        }
    }
}
