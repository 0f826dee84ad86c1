//! The application's state: one value that events change and frames are drawn from.

use super::chooser::Chooser;
use super::comparing::Comparing;
use super::completing::Completer;
use super::desktop::Preferences;
use super::dialog::Dialog;
use super::differing::DifferPanel;
use super::export::Exporting;
use super::fields::FieldChoices;
use super::glide::Glide;
use super::hand::Hand;
use super::notices::NoticeText;
use super::opening::Opening;
use super::play::Player;
use super::press::Press;
use super::recent::RecentSets;
use super::session::Session;
use super::shell::Shell;
use super::start::Screen;
use super::state_log::StateLog;
use super::stored::NamedSession;
use super::suspecting::{LeftPanel, Suspecting};
use super::text_size::TextSize;
use super::touch::Fingers;
use super::ui::{InspectorPage, Tool, inspector};
use super::{AppError, Wake, WindowOptions};
use crate::data::Row;
use crate::gpu::pick::PickQuestion;
use crate::jobs::Jobs;
use crate::scene::ThemeChoice;
use crate::scene::camera::Viewport;
use crate::scene::frame::PxRect;
use crate::scene::sketch::Sketch;
use crate::scene::view::{ScatterView, Stretch};
use glam::DVec2;
use std::cell::Cell;
use std::ffi::OsString;
use std::time::Instant;
use winit::event_loop::EventLoopProxy;
use winit::keyboard::ModifiersState;

/// Farthest pixel that a hover reaches, as `pick` does by default.
pub const HOVER_RADIUS_PX: f64 = 6.0;

/// The window's whole state.
pub struct App {
    pub(super) args: WindowOptions,
    pub(super) log: Option<StateLog>,
    pub(super) proxy: EventLoopProxy<Wake>,
    pub(super) session: Option<Session>,
    pub(super) jobs: Jobs,
    /// For exports: they take long, and nothing else waits for them.
    pub(super) export_jobs: Jobs,
    pub(super) exporting: Option<Exporting>,
    pub(super) shell: Option<Shell>,
    /// What was known of the screen before there was a window.
    pub(super) screen: Option<Screen>,
    pub(super) recent: RecentSets,
    /// What ended the application.
    pub(super) error: Option<AppError>,
    /// Why files of the command line could not be opened or read to their end; told already.
    pub(super) unread: Option<AppError>,
    pub(super) theme_choice: ThemeChoice,
    pub(super) desktop: Preferences,
    pub(super) tool: Tool,
    pub(super) dialog: Dialog,
    pub(super) completer: Completer,
    pub(super) comparing: Comparing,
    pub(super) fields: FieldChoices,
    /// Fields can be ordered and hidden in the inspector.
    pub(super) orders_fields: bool,
    pub(super) notices: Vec<NoticeText>,
    pub(super) inspector_open: bool,
    pub(super) inspector_width: f32,
    pub(super) minimap_open: bool,
    pub(super) left: Option<LeftPanel>,
    /// What is drawn on the pad.
    pub(super) sketch: Sketch,
    pub(super) suspecting: Suspecting,
    pub(super) differing: DifferPanel,
    /// Clusters give drawings their colours as soon as they are there.
    pub(super) colors_by_clusters: bool,
    /// How a drawing's strokes are shown.
    pub(super) hand: Hand,
    /// What looks like the drawing in the inspector is shown under it.
    pub(super) alike_open: bool,
    pub(super) page: InspectorPage,
    pub(super) pointer: Option<DVec2>,
    pub(super) over_panel: bool,
    pub(super) held_pointer: Option<DVec2>,
    pub(super) modifiers: ModifiersState,
    pub(super) press: Option<Press>,
    /// Where the lasso has been drawn, physical pixels of the window.
    pub(super) lasso: Vec<DVec2>,
    pub(super) fingers: Fingers,
    pub(super) last_click: Option<(Instant, DVec2)>,
    pub(super) last_hovered: Option<Row>,
    /// The row that the last frame showed as hovered.
    pub(super) shown_row: Option<u32>,
    pub(super) glide: Option<Glide>,
    pub(super) scatter_rect: PxRect,
    pub(super) picture_rect: Option<PxRect>,
    pub(super) covered: Vec<PxRect>,
    pub(super) keyboard_taken: bool,
    /// A key may have opened or closed a dialog: the next one waits for the frame that shows it.
    pub(super) dialog_unsettled: bool,
    pub(super) text_selected: bool,
    pub(super) dropped: Vec<OsString>,
    pub(super) serial: u64,
    pub(super) frame_ms: Option<f32>,
    pub(super) opened_before: bool,
    /// Files that take their time to be opened.
    pub(super) opening: Option<Opening>,
    /// The session that what is being opened is to be looked at by.
    pub(super) restoring: Option<NamedSession>,
    /// The question for files that the system has not answered.
    pub(super) chooser: Chooser,
    /// When egui wants to be drawn again.
    pub(super) wake_at: Option<Instant>,
    /// The load has sent something that is not taken in yet.
    pub(super) has_arrivals: bool,
    /// When a frame is due that only shows how far a load has come.
    pub(super) progress_at: Option<Instant>,
    /// When the exact picture is due, while a coarse one is shown.
    pub(super) exact_at: Option<Instant>,
    /// A picture is to be saved as soon as an exact one is shown.
    pub(super) save_when_exact: bool,
    /// When what other zooms need is made ready.
    pub(super) warm_up_at: Option<Instant>,
    /// When the last frame was finished.
    pub(super) shown_at: Option<Instant>,
    /// A frame has been asked for and not come yet.
    pub(super) redraw_asked: Cell<bool>,
    /// The last frame, where nothing has been going on since it was said so.
    pub(super) rests: Option<u64>,
    /// The GPU has been asked to say when it is done with everything.
    pub(super) rest_asked: bool,
    pub(super) wheel_released: bool,
    /// When a wheel that was turned, or a pinch, counts as over.
    pub(super) zoomed_until: Option<Instant>,
    /// When everything was built anew after the device was lost.
    pub(super) lost_at: Option<Instant>,
    /// Frames in a row that could not be shown.
    pub(super) unshown: u32,
    pub(super) player: Option<Box<dyn Player>>,
    pub(super) text_size: TextSize,
}

impl App {
    /// Nothing shown yet.
    pub fn new(args: WindowOptions, log: Option<StateLog>, proxy: EventLoopProxy<Wake>) -> Self {
        let fields = FieldChoices::load(&args.fields);
        // The loop may have ended when a job wakes it: then nobody needs waking.
        let jobs = || {
            let woken = proxy.clone();
            Jobs::new(move || drop(woken.send_event(Wake::Job)))
        };
        Self {
            jobs: jobs(),
            export_jobs: jobs(),
            exporting: None,
            theme_choice: args.theme,
            desktop: Preferences::default(),
            recent: RecentSets::load(),
            text_size: TextSize::of_last_window(args.scale),
            args,
            log,
            proxy,
            session: None,
            shell: None,
            screen: None,
            error: None,
            unread: None,
            tool: Tool::Pan,
            dialog: Dialog::None,
            completer: Completer::default(),
            comparing: Comparing::default(),
            fields,
            orders_fields: false,
            notices: Vec::new(),
            inspector_open: true,
            inspector_width: inspector::DEFAULT_WIDTH,
            minimap_open: false,
            left: None,
            sketch: Sketch::default(),
            suspecting: Suspecting::default(),
            differing: DifferPanel::default(),
            colors_by_clusters: false,
            hand: Hand::default(),
            alike_open: false,
            page: InspectorPage::Drawing,
            pointer: None,
            over_panel: false,
            held_pointer: None,
            modifiers: ModifiersState::empty(),
            press: None,
            lasso: Vec::new(),
            fingers: Fingers::default(),
            last_click: None,
            last_hovered: None,
            shown_row: None,
            glide: None,
            scatter_rect: PxRect::default(),
            picture_rect: None,
            covered: Vec::new(),
            keyboard_taken: false,
            dialog_unsettled: false,
            text_selected: false,
            dropped: Vec::new(),
            serial: 0,
            frame_ms: None,
            opened_before: false,
            opening: None,
            restoring: None,
            chooser: Chooser::default(),
            wake_at: None,
            has_arrivals: false,
            progress_at: None,
            exact_at: None,
            save_when_exact: false,
            warm_up_at: None,
            shown_at: None,
            redraw_asked: Cell::new(false),
            rests: None,
            rest_asked: false,
            wheel_released: false,
            zoomed_until: None,
            lost_at: None,
            unshown: 0,
            player: None,
        }
    }

    /// What ended the application, or what of the command line's files could not be read, if it was an error.
    pub fn into_result(self) -> Result<(), AppError> {
        let unread = self.unread.map(|error| AppError::Unread(Box::new(error)));
        self.error.or(unread).map_or(Ok(()), Err)
    }

    /// Asks for a frame.
    pub(super) fn redraw(&self) {
        if let Some(shell) = &self.shell {
            self.redraw_asked.set(true);
            shell.window.request_redraw();
        }
    }

    /// Physical pixels per logical pixel.
    pub(super) fn scale(&self) -> f64 {
        self.shell.as_ref().map_or(1.0, Shell::scale)
    }

    /// The scatter viewport; before the first frame, what the window leaves beside the panels.
    pub(super) fn viewport(&self) -> Viewport {
        if !self.scatter_rect.is_empty() {
            return Viewport::new(self.scatter_rect.width, self.scatter_rect.height, self.scale());
        }
        let scale = self.scale();
        let [width, height] = self.shell.as_ref().map_or([1280, 800], |shell| shell.surface.size_px());
        let panel = (f64::from(self.inspector_width) * scale).round() as u32;
        let bars = (f64::from(super::ui::BAR_HEIGHT + super::ui::STATUS_HEIGHT) * scale).round() as u32;
        Viewport::new(width.saturating_sub(panel).max(1), height.saturating_sub(bars).max(1), scale)
    }

    /// The pointer in pixels of the scatter viewport, while it is over the scatter and asks for a drawing.
    pub(super) fn scatter_pointer(&self) -> Option<DVec2> {
        let pointer = match self.held_pointer {
            Some(held) => held,
            None if self.over_panel && self.press.is_none() => return None,
            None => self.pointer?,
        };
        if self.press.is_none() && self.in_minimap(pointer).is_some() {
            return None;
        }
        let rect = self.scatter_rect;
        let local = pointer - DVec2::new(rect.left.into(), rect.top.into());
        let inside = local.x >= 0.0 && local.y >= 0.0 && local.x < rect.width.into() && local.y < rect.height.into();
        inside.then_some(local)
    }

    /// What would be asked about the pointer now.
    pub(super) fn question(&self) -> Option<PickQuestion> {
        let (session, at) = (self.session.as_ref()?, self.scatter_pointer()?);
        if session.scene.transition().is_some() {
            // Nothing that flies past is picked.
            return None;
        }
        Some(PickQuestion {
            // How ink is stretched decides no answer, and it changes with every drawing that arrives.
            view: ScatterView { stretch: Stretch::default(), ..session.scene.picture_view() },
            layout_revision: session.scene.placed().revision,
            rows_revision: session.scene.row_table().revision(),
            rows_ready: session.scene.rows_ready(),
            at: [at.x.floor() as i32, at.y.floor() as i32],
            radius_px: HOVER_RADIUS_PX,
        })
    }
}
