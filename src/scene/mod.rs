//! What is looked at and how: the one value that a window, a command and a test all drive. Knows no GPU and no window.

mod background;
pub mod camera;
pub mod clusters;
pub mod frame;
pub mod index;
pub mod ink;
pub mod layout;
pub mod near;
pub mod oracle;
pub mod overlay;
pub mod palette;
pub mod picture;
pub mod rows;
pub mod selection;
pub mod settings;
pub mod sketch;
pub mod snapshot;
mod state;
pub mod strokes;
pub mod transition;
pub mod view;

pub use background::{Background, Cutout};
pub use settings::{Contrast, Settings, ThemeChoice};
pub use state::{
    Action, IndexedLayout, KEPT_BYTES, Known, MOST_CAPTIONS, Placed, PlacementRequest, STROKES_FROM_PX, Scene,
};
