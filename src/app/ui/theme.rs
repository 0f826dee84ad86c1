//! Paper and night: the colours, and egui's own widgets dressed in them.

use egui::epaint::FontColorTransferFunction;
use egui::style::{ScrollAnimation, WidgetVisuals};
use egui::{Color32, CornerRadius, CursorIcon, Margin, Shadow, Stroke, Style, TextStyle, Ui, Visuals, vec2};

use crate::fonts;
use crate::scene::palette::{self, Theme};

/// Between the edge of a panel or a card and what is in it, in points.
pub(super) const MARGIN: i8 = 18;

/// Gives egui both themes' styles, with outlines of one physical pixel; does nothing where it has them.
pub(super) fn dress(ctx: &egui::Context) {
    let hairline = 1.0 / ctx.pixels_per_point();
    for theme in [Theme::Paper, Theme::Night] {
        let line = Stroke::new(hairline, theme.palette().hairline);
        if ctx.style_of(theme.egui()).visuals.window_stroke != line {
            ctx.set_style_of(theme.egui(), theme.style(hairline));
        }
    }
}

/// Makes buttons of what follows text alone, on a field where they are pointed at or open: what is written small beside their names
/// reads on it.
pub(super) fn quiet(ui: &mut Ui) {
    let field = ui.visuals().extreme_bg_color;
    let looks = &mut ui.visuals_mut().widgets;
    for look in [&mut looks.hovered, &mut looks.active, &mut looks.open] {
        look.weak_bg_fill = field;
    }
    ui.spacing_mut().button_padding.x = 6.0;
}

/// The colours of a theme. Text in `ink`, `soft` and `secondary` reads at 4.5 : 1 or better on `ground`, `panel`, `field` and `raised`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Behind the drawings.
    pub ground: Color32,
    /// Bar, inspector, status line, cards.
    pub panel: Color32,
    /// Buttons, tracks, text fields.
    pub field: Color32,
    /// The chosen segment of a track, a hovered button.
    pub raised: Color32,
    /// Values, titles.
    pub ink: Color32,
    /// Choices that are not taken.
    pub soft: Color32,
    /// Labels, captions.
    pub secondary: Color32,
    /// Lines between things.
    pub hairline: Color32,
    /// The drawing under the pointer.
    pub hover: Color32,
    /// Selection, focus, progress, the main button.
    pub select: Color32,
    /// Text on `select`.
    pub on_select: Color32,
    /// Behind selected text.
    pub marked: Color32,
    /// Errors and warnings.
    pub error: Color32,
    /// Dims what lies under a page of keys.
    pub backdrop: Color32,
    /// Under cards.
    pub shadow: Color32,
}

const PAPER: Palette = Palette {
    raised: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    soft: Color32::from_rgb(0x45, 0x45, 0x4E),
    on_select: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    marked: Color32::from_rgb(0xD6, 0xDF, 0xFB),
    error: Color32::from_rgb(0xB3, 0x26, 0x1E),
    backdrop: Color32::from_rgba_premultiplied(0x0C, 0x0C, 0x0D, 0x58),
    shadow: Color32::from_rgba_premultiplied(0, 0, 0, 26),
    ..Palette::shared(Theme::Paper)
};

const NIGHT: Palette = Palette {
    raised: Color32::from_rgb(0x31, 0x32, 0x3A),
    soft: Color32::from_rgb(0xC4, 0xC3, 0xC4),
    on_select: Color32::from_rgb(0x11, 0x12, 0x16),
    marked: Color32::from_rgb(0x2C, 0x3A, 0x6B),
    error: Color32::from_rgb(0xFF, 0x8A, 0x80),
    backdrop: Color32::from_rgba_premultiplied(0, 0, 0, 0x90),
    shadow: Color32::from_rgba_premultiplied(0, 0, 0, 110),
    ..Palette::shared(Theme::Night)
};

impl Palette {
    /// The colours that panels and pictures have in common; the others are transparent.
    const fn shared(theme: Theme) -> Self {
        let of = palette::Palette::of(theme);
        Self {
            ground: color(of.ground),
            panel: color(of.panel),
            field: color(of.field),
            ink: color(of.ink),
            secondary: color(of.secondary),
            hairline: color(of.hairline),
            hover: color(of.hover),
            select: color(of.selection),
            raised: Color32::TRANSPARENT,
            soft: Color32::TRANSPARENT,
            on_select: Color32::TRANSPARENT,
            marked: Color32::TRANSPARENT,
            error: Color32::TRANSPARENT,
            backdrop: Color32::TRANSPARENT,
            shadow: Color32::TRANSPARENT,
        }
    }
}

const fn color([red, green, blue]: palette::Rgb) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

impl Theme {
    /// Its colours.
    pub const fn palette(self) -> &'static Palette {
        match self {
            Self::Paper => &PAPER,
            Self::Night => &NIGHT,
        }
    }

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Paper => Self::Night,
            Self::Night => Self::Paper,
        }
    }

    /// egui's name for it.
    pub const fn egui(self) -> egui::Theme {
        match self {
            Self::Paper => egui::Theme::Light,
            Self::Night => egui::Theme::Dark,
        }
    }

    /// egui's style in these colours: no animation, no rounding surprises, text selectable where we say so. Outlines are
    /// `hairline` points thick.
    fn style(self, hairline: f32) -> Style {
        let mut style = Style { visuals: self.visuals(hairline), animation_time: 0.0, ..Style::default() };
        style.scroll_animation = ScrollAnimation::none();
        style.text_styles = [
            (TextStyle::Small, fonts::regular(fonts::SMALL)),
            (TextStyle::Body, fonts::regular(fonts::BODY)),
            (TextStyle::Button, fonts::regular(fonts::BODY)),
            (TextStyle::Heading, fonts::semibold(fonts::TITLE)),
            (TextStyle::Monospace, fonts::regular(fonts::BODY)),
        ]
        .into();
        style.spacing.item_spacing = vec2(8.0, 6.0);
        style.spacing.button_padding = vec2(12.0, 5.0);
        style.spacing.interact_size = vec2(28.0, 28.0);
        style.spacing.window_margin = Margin::same(MARGIN);
        style.spacing.menu_margin = Margin::symmetric(12, 9);
        style.spacing.scroll.floating = true;
        style.spacing.scroll.fade.strength = 0.0;
        // What does not fit is known by its bar, which outshines nothing, held or pointed at.
        style.spacing.scroll.dormant_handle_opacity = 0.3;
        style.spacing.scroll.active_handle_opacity = 0.45;
        style.spacing.scroll.interact_handle_opacity = 0.6;
        style.interaction.selectable_labels = false;
        style.interaction.multi_widget_text_select = false;
        style.interaction.tooltip_delay = 0.3;
        style
    }

    fn visuals(self, hairline: f32) -> Visuals {
        let p = self.palette();
        let mut v = match self {
            Self::Paper => Visuals::light(),
            Self::Night => Visuals::dark(),
        };
        // Coverage is alpha in both: light text gets no bolder than dark text, and a change of theme keeps the glyphs.
        v.text_options.color_transfer_function = FontColorTransferFunction::Off;
        let widget = |fill: Color32, text: Color32| WidgetVisuals {
            bg_fill: fill,
            weak_bg_fill: fill,
            bg_stroke: Stroke::NONE,
            fg_stroke: Stroke::new(1.2, text),
            corner_radius: CornerRadius::same(6),
            expansion: 0.0,
        };
        let line = Stroke::new(hairline, p.hairline);
        v.widgets.noninteractive = WidgetVisuals { bg_stroke: line, ..widget(p.panel, p.ink) };
        v.widgets.inactive = widget(p.field, p.soft);
        v.widgets.hovered = widget(p.hairline, p.ink);
        // Held, or with the keyboard's focus.
        v.widgets.active = WidgetVisuals { bg_stroke: Stroke::new(1.5, p.select), ..widget(p.hairline, p.ink) };
        v.widgets.open = widget(p.hairline, p.ink);
        v.interact_cursor = Some(CursorIcon::PointingHand);
        v.weak_text_color = Some(p.secondary);
        v.selection.bg_fill = p.marked;
        v.selection.stroke = Stroke::new(1.0, p.select);
        v.text_cursor.stroke = Stroke::new(1.5, p.select);
        v.text_cursor.blink = false;
        v.hyperlink_color = p.select;
        v.extreme_bg_color = p.field;
        v.text_edit_bg_color = Some(p.field);
        v.warn_fg_color = p.error;
        v.error_fg_color = p.error;
        v.window_fill = p.panel;
        v.panel_fill = p.panel;
        v.window_stroke = line;
        v.window_corner_radius = CornerRadius::same(8);
        v.menu_corner_radius = CornerRadius::same(8);
        v.window_shadow = Shadow { offset: [0, 3], blur: 16, spread: 0, color: p.shadow };
        v.popup_shadow = v.window_shadow;
        v.disabled_alpha = 1.0;
        v
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of WCAG 2.2.
    fn luminance(c: Color32) -> f64 {
        let linear = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(c.r()) + 0.7152 * linear(c.g()) + 0.0722 * linear(c.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn contrast_formula_agrees_with_published_values() {
        assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 1e-9);
        // #767676 on white is the well-known limit of 4.54 : 1.
        assert!((contrast(Color32::from_gray(0x76), Color32::WHITE) - 4.54).abs() < 0.005);
    }

    #[test]
    fn every_text_reads_on_every_background_it_is_put_on() {
        for theme in [Theme::Paper, Theme::Night] {
            let p = theme.palette();
            let mut pairs = Vec::new();
            for back in [p.ground, p.panel, p.field, p.raised] {
                for text in [p.ink, p.soft, p.secondary, p.error] {
                    pairs.push((text, back));
                }
            }
            pairs.extend([(p.on_select, p.select), (p.ink, p.marked), (p.select, p.panel), (p.select, p.ground)]);
            pairs.extend([(p.ink, p.hairline), (p.soft, p.hairline), (p.error, p.hairline)]);
            for (text, back) in pairs {
                let got = contrast(text, back);
                assert!(got >= 4.5, "{theme:?}: {text:?} on {back:?} is {got:.2} : 1");
            }
        }
    }

    #[test]
    fn focus_and_progress_are_seen_against_what_they_lie_on() {
        for theme in [Theme::Paper, Theme::Night] {
            let p = theme.palette();
            for back in [p.ground, p.panel, p.field] {
                assert!(contrast(p.select, back) >= 3.0);
                assert!(contrast(p.hover, back) >= 3.0);
            }
        }
    }
}
