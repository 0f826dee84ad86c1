//! The typeface: Inter in two weights with tabular figures, egui's fonts behind it for what it lacks.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontId};

const REGULAR: &[u8] = include_bytes!("../assets/fonts/Inter-Regular.ttf");
const SEMIBOLD: &[u8] = include_bytes!("../assets/fonts/Inter-SemiBold.ttf");
const SEMIBOLD_FAMILY: &str = "semibold";

/// Body text, in points.
pub const BODY: f32 = 13.0;
/// Status line, captions.
pub const SMALL: f32 = 12.0;
/// Panel titles.
pub const TITLE: f32 = 20.0;

/// Inter Regular of this size in points.
pub fn regular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Inter `SemiBold` of this size in points; needs [`definitions`] installed.
pub fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SEMIBOLD_FAMILY.into()))
}

/// The fonts of every family, first choice first.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    for (name, bytes) in [("Inter", REGULAR), ("Inter SemiBold", SEMIBOLD)] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let behind =
        |first: &str| -> Vec<String> { std::iter::once(first.to_owned()).chain(fallback.iter().cloned()).collect() };
    fonts.families.insert(FontFamily::Proportional, behind("Inter"));
    fonts.families.insert(FontFamily::Name(SEMIBOLD_FAMILY.into()), behind("Inter SemiBold"));
    fonts
}
