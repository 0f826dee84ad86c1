//! inkfield
pub mod atlas;
pub mod data;
#[path = "app/ui/fonts.rs"]
pub mod fonts;
pub mod gpu;
pub mod scene;
#[path = "app/ui/text.rs"]
pub mod words;
