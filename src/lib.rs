//! inkfield
pub mod app;
pub mod atlas;
pub mod cli;
pub mod data;
#[path = "app/ui/fonts.rs"]
pub mod fonts;
pub mod gpu;
pub mod headless;
pub mod loader;
pub mod scene;
#[path = "app/ui/text.rs"]
pub mod words;
