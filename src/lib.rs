//! inkfield
pub mod app;
pub mod atlas;
pub mod cli;
pub mod data;
pub mod export;
pub mod fonts;
pub mod gpu;
pub mod headless;
pub mod loader;
pub mod scene;
pub mod words;
