//! One opened data set in the window: its files, records, scene and GPU state, and the load that fills them.

mod alike;
mod arranging;
mod arrivals;
mod asked;
mod clusters;
mod differing;
mod facets;
mod hand;
mod nearby;
mod on_gpu;
mod originals;
mod seeking;
mod selected;
mod sought;
mod suspected;
mod tagged;
mod told;
mod warming;

use super::history::History;
use super::hover::Hover;
use super::opened_as::OpenedAs;
use super::opening::OpenedSet;
use super::waiter::{TIMEOUT, Waiter};
use super::{AppError, Wake};
use crate::data::Row;
use crate::data::columns::Columns;
use crate::data::dataset::Dataset;
use crate::data::ndjson::LineSpan;
use crate::data::report::LoadReport;
use crate::data::values::ValueMap;
use crate::gpu::context::Gpu;
use crate::gpu::pick::PickQuestion;
use crate::gpu::renderer::Renderer;
use crate::headless::HeadlessError;
use crate::jobs::Jobs;
use crate::loader::Loader;
use crate::memory::{Growth, Needs};
use crate::scene::camera::Viewport;
use crate::scene::layout::LayoutKind;
use crate::scene::rows::appearance::Restyled;
use crate::scene::{Action, Scene, Settings};
use crate::viewer::captions::Captions;
use crate::viewer::driver::Driver;
use crate::viewer::warm_up::WarmUp;
use alike::Alike;
use arranging::Arranging;
use clusters::Clustering;
use differing::WhoDiffers;
use facets::FacetState;
use nearby::Nearby;
use on_gpu::{OnGpu, refuse_unless_room};
use originals::{Marks, Originals};
use selected::Finding;
use std::path::PathBuf;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};
use suspected::Suspected;

pub use arranging::Arrived;
pub use hand::{HandOf, StrokeReader};
pub use selected::Selected;
pub use tagged::TagFile;

/// An opened data set.
#[derive(Debug)]
pub struct Session {
    /// Its files.
    pub dataset: Arc<Dataset>,
    /// Its records, as far as they have been read.
    pub columns: Arc<Columns>,
    /// What is looked at.
    pub scene: Scene,
    /// What draws it.
    pub renderer: Renderer,
    /// What is under the pointer.
    pub hover: Hover,
    /// What waits for the GPU.
    pub waiter: Waiter,
    /// What plans and times pictures.
    pub driver: Driver,
    /// What makes ready what zooming will need.
    pub warm_up: WarmUp,
    /// What it was foretold to need.
    pub needs: Needs,
    /// What stands under drawings in sight.
    captions: Captions,
    /// What is known of the selected rows.
    selected: Selected,
    finding: Option<Finding>,
    facets: FacetState,
    clustering: Clustering,
    /// The mean drawing of all, with how values became ink for it.
    mean_of_all: Option<(ValueMap, Arc<[f32]>)>,
    /// What was odd.
    pub report: LoadReport,
    /// Rows that the filter keeps, where there is one and records have been read.
    matching: Option<u32>,
    /// How values become ink, as far as is known.
    pub values: ValueMap,
    /// Fraction of the records' bytes read; `None` without records.
    pub records: Option<f32>,
    /// What can be taken back.
    pub history: History,
    /// No frame has shown it yet.
    pub fresh: bool,
    /// It is what the command line named.
    pub named: bool,
    /// What opens it again.
    pub opened: Option<OpenedAs>,
    /// Where its tags lie.
    pub tag_file: TagFile,
    /// When drawings set out for the layout in force and how long they take, while they are on the way.
    pub glide: Option<(Instant, Duration)>,
    loader: Option<Loader>,
    /// The threads of a load that was stopped.
    ending: Option<Weak<()>>,
    spans: Arc<Vec<LineSpan>>,
    wanted_layout: Option<LayoutKind>,
    jobs: Jobs,
    alike: Alike,
    hand: Option<HandOf>,
    originals: Originals,
    marks: Marks,
    nearby: Nearby,
    suspected: Suspected,
    who_differs: WhoDiffers,
    /// A layout that is being made.
    arranging: Option<Arranging>,
    /// The columns that layouts went by last; chosen by the layout where none are named.
    by: Vec<(LayoutKind, Option<String>)>,
    /// Which layouts the records do not allow, and why; asked in every frame, answered once.
    refused: Vec<(LayoutKind, String)>,
    records_failed: bool,
    drawings_failed: bool,
    values_told: bool,
    /// Nothing more comes of the drawings.
    drawings_ended: bool,
    strokes: Option<(Row, Option<usize>)>,
    growth: Growth,
    untold: Vec<String>,
    /// Files of which it was told already what became of them.
    fated: Vec<Option<PathBuf>>,
}

impl Session {
    /// Builds GPU state for a data set and starts reading. `format` is the target's; `wake` turns the event loop.
    pub fn new(
        jobs: Jobs,
        gpu: Arc<Gpu>,
        OpenedSet { dataset, tags }: OpenedSet,
        settings: Settings,
        viewport: Viewport,
        format: wgpu::TextureFormat,
        wake: impl Fn(Wake) + Send + Sync + Clone + 'static,
    ) -> Result<Self, AppError> {
        let needs = Needs::of(&dataset).map_err(HeadlessError::from)?;
        refuse_unless_room(&needs, &gpu)?;
        let (tag_file, found) = TagFile::new(tags);
        let OnGpu { plan, renderer, hover, waiter, driver, warm_up } = OnGpu::new(gpu, &dataset, format, wake.clone())?;
        let wanted = settings.layout;
        // Several files have a category each even where there are no records.
        let reads = dataset.has_records() || dataset.parts().len() > 1;
        let settings = settings.of_set(&dataset);
        let params = settings.layout_params.clone();
        let awaits = reads || settings.appearance.clusters.is_some();
        let waits = |wanted: &LayoutKind| wanted.reads_drawings() || (awaits && wanted.reads_columns(&params));
        let wanted_layout = Some(wanted).filter(waits);
        // Until the columns are there the drawings stand as they come.
        let mut first = settings;
        if wanted_layout.is_some() {
            (first.layout, first.layout_params.sort, first.layout_params.only) = (LayoutKind::default(), None, None);
        }
        // Without records tags are all that there is to go by.
        let tagged = (!reads && !found.tags.is_empty()).then(|| Columns::new().with_tags(dataset.rows(), &found.tags));
        let mut scene = Scene::new(dataset.rows(), plan.rows_per_chunk(), first, viewport, tagged.as_ref())
            .map_err(HeadlessError::from)?;
        scene.pages = plan.pages;
        scene.near_from_px = dataset.is_reduced().then_some(plan.canvas);
        scene.set_tags(found.tags);
        (scene.settings.layout, scene.settings.layout_params.sort) = (wanted, params.sort);
        scene.settings.layout_params.only = params.only;
        let refused = scene.refusals(tagged.as_ref());
        // Where nothing will come that could decide how rows look, they look so now.
        let restyled =
            if awaits { Restyled::default() } else { scene.restyle(tagged.as_ref()).map_err(HeadlessError::from)? };
        let untold =
            if awaits { Vec::new() } else { scene.select_first(tagged.as_ref()).map_err(HeadlessError::from)? };
        let loader = Some(Loader::start(&dataset, &plan, reads, move || wake(Wake::Loaded)));
        Ok(Self {
            // What it needs is said on the page before the first drawings: a note for every clean set would hide those that matter.
            report: dataset.report().clone(),
            needs,
            columns: Arc::new(tagged.unwrap_or_default()),
            records: reads.then_some(0.0),
            spans: Arc::default(),
            strokes: None,
            growth: Growth::default(),
            untold: [found.notes, untold, Alike::refusal(&dataset, &scene.settings.layout_params.comparison)].concat(),
            fated: Vec::new(),
            by: Vec::new(),
            refused,
            records_failed: false,
            drawings_failed: false,
            values_told: false,
            matching: restyled.matching,
            captions: Captions::default(),
            selected: Selected::default(),
            finding: None,
            facets: FacetState::default(),
            clustering: Clustering::new(awaits && !reads),
            mean_of_all: None,
            values: ValueMap::default(),
            drawings_ended: false,
            alike: Alike::new(&dataset),
            hand: None,
            originals: Originals::default(),
            marks: Marks::default(),
            nearby: Nearby::default(),
            suspected: Suspected::default(),
            who_differs: WhoDiffers::default(),
            dataset,
            scene,
            renderer,
            hover,
            waiter,
            driver,
            warm_up,
            history: History::default(),
            fresh: true,
            named: false,
            opened: None,
            tag_file,
            glide: None,
            loader,
            ending: None,
            wanted_layout,
            jobs,
            arranging: None,
        })
    }

    /// Builds the GPU state anew on another device and reads the drawings again; camera, pin and layout stay.
    pub fn rebuild(
        &mut self,
        gpu: Arc<Gpu>,
        format: wgpu::TextureFormat,
        wake: impl Fn(Wake) + Send + Sync + Clone + 'static,
    ) -> Result<(), AppError> {
        let OnGpu { plan, renderer, hover, waiter, driver, .. } = OnGpu::new(gpu, &self.dataset, format, wake.clone())?;
        (self.renderer, self.hover, self.waiter) = (renderer, hover, waiter);
        (self.driver, self.warm_up) = (driver, WarmUp::asleep());
        self.alike.forget_gpu();
        self.scene.forget_rows(plan.rows_per_chunk());
        self.arrange_again();
        (self.drawings_failed, self.drawings_ended) = (false, false);
        let unfinished = self.records.is_some() && !self.columns.is_finished() && !self.records_failed;
        if unfinished {
            (self.columns, self.spans) = (Arc::default(), Arc::default());
        }
        self.loader = Some(Loader::start(&self.dataset, &plan, unfinished, move || wake(Wake::Loaded)));
        Ok(())
    }

    /// Takes over the size of the viewport; returns whether that is another one.
    pub fn resize(&mut self, viewport: Viewport) -> bool {
        if self.scene.viewport() == viewport {
            return false;
        }
        let before = self.scene.snapshot();
        let resized = self.scene.apply(Action::Resize(viewport));
        self.history.follow(&before, self.scene.snapshot());
        resized
    }

    /// Asks what is under a pixel of the layout in force; `frame` is the one on screen.
    pub fn ask(&mut self, question: PickQuestion, frame: u64) {
        self.hold_scene();
        self.hover.ask(&mut self.renderer, &self.waiter, question, frame);
    }

    /// Takes in what the GPU has answered; returns whether there is anything new.
    pub fn collect(&mut self) -> bool {
        self.hover.collect(&self.renderer.gpu().device, TIMEOUT)
    }

    /// Gives the renderer the layout in force and the looks of the rows: without them nothing is drawn and nothing found.
    pub fn hold_scene(&mut self) {
        self.renderer.hold(&self.scene);
    }

    /// Gives the scene the captions of what is in sight.
    pub fn caption_scene(&mut self) {
        self.captions.update(&mut self.scene, self.columns.is_finished().then_some(&*self.columns));
    }
}
