//! A viewer for large sets of small images: every drawing at once as points, each one up close as it was drawn.
//!
//! ```text
//! winit event → app::commands → Action → Scene::apply → Scene::picture() → Frame (plain data)
//!                                                         │
//!   app::hover ← gpu::readback ← gpu::pick                └→ gpu::renderer: picture → labels → target ← app::ui
//! ```
//!
//! Dependencies run one way: [`data`] → [`atlas`] → [`likeness`] → [`loader`] → [`scene`] → [`gpu`] → [`viewer`], [`headless`], [`share`] → [`app`] →
//! [`mod@bench`] → [`cli`];
//! [`words`], [`fonts`], [`export`], [`kept`], [`panics`], [`progress`], `room` and [`jobs`] know nobody above them. `ARCHITECTURE.md` says where things are and what must stay true.

pub mod app;
pub mod atlas;
pub mod bench;
pub mod cli;
pub mod data;
pub mod export;
pub mod fonts;
pub mod gpu;
pub mod headless;
pub mod jobs;
pub mod kept;
pub mod likeness;
pub mod loader;
pub mod memory;
pub mod panics;
pub mod progress;
mod room;
pub mod scene;
pub mod share;
pub mod viewer;
pub mod words;
