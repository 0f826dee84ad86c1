//! A histogram over which one brushes: a drag chooses from bin to bin, an end or the whole of what is chosen can be dragged on, a click
//! chooses a bin, a double click nothing. With the focus, arrows move what is chosen, with Shift its upper end, with Ctrl its lower one.

use egui::accesskit::Role;
use egui::{CursorIcon, Label, Rect, RichText, Sense, Sides, Ui, WidgetInfo, pos2, vec2};

use super::arrows::{self, Move};
use super::output::{FacetPlace, UiOutput};
use super::theme::Palette;
use super::widgets::{focus_ring, hairline_h, keep_in_sight};
use crate::data::columns::FacetBins;
use crate::data::columns::query::{Choice, End};
use crate::words::thousands;

const HEIGHT: f32 = 52.0;
/// So near to an end it is the end that is dragged, in points.
const GRIP: f32 = 5.0;

/// A drag over a histogram.
#[derive(Clone, Debug)]
pub(super) struct Brush {
    column: String,
    how: Drag,
    /// What was asked for last.
    asked: Option<Choice>,
}

#[derive(Clone, Copy, Debug)]
enum Drag {
    /// From this bin to the one under the pointer.
    From(usize),
    /// Between this end and the nearest to the pointer.
    End(usize),
    /// What is chosen, held at this bin.
    All { at: usize, low: usize, high: usize },
}

/// What is shown of a column, and what is chosen of it.
#[derive(Clone, Copy)]
pub(super) struct Histogram<'a> {
    pub(super) column: &'a str,
    pub(super) bins: &'a FacetBins,
    /// Rows in each bin.
    pub(super) counts: &'a [u32],
    pub(super) now: &'a Choice,
}

impl Histogram<'_> {
    /// Shows it; another choice, and whether that belongs to the one before.
    pub(super) fn show(
        self,
        ui: &mut Ui,
        brush: &mut Option<Brush>,
        p: &Palette,
        out: &mut UiOutput,
    ) -> Option<(Choice, bool)> {
        let Self { column, bins, counts, now } = self;
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click_and_drag());
        let response = keep_in_sight(response.on_hover_cursor(CursorIcon::Crosshair));
        let places = Places { rect, bins };
        let [low, high] = places.chosen(now);
        let ends = [(&now.low, bins.edges.first()), (&now.high, bins.edges.last())].map(|(end, edge)| {
            end.as_ref().map(|end| &end.text).or(edge.map(|(_, text)| text)).cloned().unwrap_or_default()
        });
        response.widget_info(|| {
            let what = if now.low.is_none() && now.high.is_none() { "histogram" } else { "chosen" };
            WidgetInfo::labeled(Role::Slider, true, format!("{column}: {what} {} to {}", ends[0], ends[1]))
        });
        out.facets.push(FacetPlace { column: column.to_owned(), value: None, rect });
        paint(ui, &places, counts, [low, high], p);
        focus_ring(ui, &response, rect, p);
        Sides::new().show(
            ui,
            |ui| ui.add(Label::new(RichText::new(&ends[0]).small().weak())),
            |ui| ui.add(Label::new(RichText::new(&ends[1]).small().weak())),
        );
        let pointer = response.interact_pointer_pos().or(response.hover_pos());
        let choice = |[low, high]: [usize; 2]| places.choice(low, high, now.missing);
        let mut changed = arrows::moved(ui, &response, out).map(|asked| (choice(places.moved(asked, now)), false));
        if response.double_clicked() || response.triple_clicked() {
            changed = Some((places.choice(0, places.count(), now.missing), false));
        } else if let (true, Some(at)) = (response.clicked(), pointer) {
            let bin = places.bin(at.x);
            changed = Some((choice([bin, bin + 1]), false));
        }
        if response.drag_started() {
            let origin = ui.input(|input| input.pointer.press_origin()).or(pointer).unwrap_or(rect.min);
            *brush = Some(Brush { column: column.to_owned(), how: places.drag(origin.x, now), asked: None });
        }
        let is_moved = response.dragged() || response.drag_stopped();
        if let (Some(brush), true, Some(at)) =
            (brush.as_mut().filter(|brush| brush.column == column), is_moved, pointer)
        {
            let wanted = choice(places.dragged(brush.how, at.x));
            if brush.asked.as_ref() != Some(&wanted) && (brush.asked.is_some() || wanted != *now) {
                changed = Some((wanted.clone(), brush.asked.is_some()));
                brush.asked = Some(wanted);
            }
        }
        if response.drag_stopped() {
            *brush = None;
        }
        if let (false, Some(at)) = (response.dragged(), response.hover_pos()) {
            let bin = places.bin(at.x);
            if let (Some(label), Some(&count)) = (bins.labels.get(bin), counts.get(bin)) {
                response.on_hover_text_at_pointer(format!("{label}: {}", thousands(count.into())));
            }
        }
        changed.filter(|(choice, _)| choice != now)
    }
}

/// Bins over a rectangle, all of one width.
struct Places<'a> {
    rect: Rect,
    bins: &'a FacetBins,
}

impl Places<'_> {
    fn count(&self) -> usize {
        self.bins.labels.len().max(1)
    }

    /// The bin at an x.
    fn bin(&self, x: f32) -> usize {
        let part = (x - self.rect.left()) / self.rect.width().max(1.0);
        ((part * self.count() as f32).max(0.0) as usize).min(self.count() - 1)
    }

    /// The edge nearest to an x.
    fn edge(&self, x: f32) -> usize {
        let part = (x - self.rect.left()) / self.rect.width().max(1.0);
        ((part * self.count() as f32).round().max(0.0) as usize).min(self.count())
    }

    fn x(&self, edges: f32) -> f32 {
        self.rect.left() + self.rect.width() * edges / self.count() as f32
    }

    /// Where a value lies, counted in bins.
    fn place(&self, at: f64) -> f32 {
        let edges = &self.bins.edges;
        let before = edges.partition_point(|(edge, _)| *edge <= at);
        let Some(bin) = before.checked_sub(1) else { return 0.0 };
        let (Some((from, _)), Some((to, _))) = (edges.get(bin), edges.get(bin + 1)) else { return self.count() as f32 };
        bin as f32 + ((at - from) / (to - from)) as f32
    }

    /// Between which places rows are chosen.
    fn chosen(&self, now: &Choice) -> [f32; 2] {
        let low = now.low.as_ref().map_or(0.0, |end| self.place(end.at));
        [low, now.high.as_ref().map_or(self.count() as f32, |end| self.place(end.at))]
    }

    /// The edges nearest to these places.
    fn chosen_edges(&self, now: &Choice) -> [usize; 2] {
        self.chosen(now).map(|edge| (edge.round().max(0.0) as usize).min(self.count()))
    }

    /// What a drag does that begins at an x.
    fn drag(&self, x: f32, now: &Choice) -> Drag {
        let [low, high] = self.chosen(now);
        if now.low.is_none() && now.high.is_none() {
            return Drag::From(self.bin(x));
        }
        let is_near = |edge: f32| (x - self.x(edge)).abs() <= GRIP;
        let [low_edge, high_edge] = self.chosen_edges(now);
        if is_near(high) {
            Drag::End(low_edge)
        } else if is_near(low) {
            Drag::End(high_edge)
        } else if x > self.x(low) && x < self.x(high) {
            Drag::All { at: self.bin(x), low: low_edge, high: high_edge }
        } else {
            Drag::From(self.bin(x))
        }
    }

    /// The edges that a drag has come to.
    fn dragged(&self, how: Drag, x: f32) -> [usize; 2] {
        match how {
            Drag::From(bin) => {
                let other = self.bin(x);
                [bin.min(other), bin.max(other) + 1]
            }
            Drag::End(end) => match self.edge(x) {
                // At least a bin stays.
                other if other == end && end == 0 => [0, 1],
                other if other == end => [end - 1, end],
                other => [end.min(other), end.max(other)],
            },
            Drag::All { at, low, high } => {
                let width = high.saturating_sub(low).max(1);
                let to = (low + self.bin(x)).saturating_sub(at).min(self.count() - width.min(self.count()));
                [to, to + width]
            }
        }
    }

    /// The edges that keys lead to.
    fn moved(&self, asked: Move, now: &Choice) -> [usize; 2] {
        let bins = self.count();
        let step = |edge: usize, by: isize| edge.saturating_add_signed(by).min(bins);
        let [low, high] = self.chosen_edges(now);
        // At least a bin is chosen.
        let low = low.min(bins - 1);
        let high = high.max(low + 1);
        let is_whole = now.low.is_none() && now.high.is_none();
        match asked {
            Move::All(by) if is_whole && by < 0 => [bins - 1, bins],
            Move::All(_) if is_whole => [0, 1],
            Move::All(by) => {
                let width = high - low;
                let low = step(low, by).min(bins - width);
                [low, low + width]
            }
            Move::Low(by) => [step(low, by).min(high - 1), high],
            Move::High(by) => [low, step(high, by).max(low + 1)],
            Move::Reset => [0, bins],
        }
    }

    /// All from edge to edge; at the outermost ends it is open.
    fn choice(&self, low: usize, high: usize, missing: bool) -> Choice {
        let end = |edge: usize, closed| {
            let (at, text) = self.bins.edges.get(edge)?.clone();
            Some(End { text, at, closed })
        };
        let low = if low > 0 { end(low, true) } else { None };
        let high = if high < self.count() { end(high, false) } else { None };
        Choice { low, high, missing, ..Choice::default() }
    }
}

/// Bars of all rows behind those that are left, each by its own highest.
fn paint(ui: &Ui, places: &Places<'_>, counts: &[u32], [low, high]: [f32; 2], p: &Palette) {
    let (rect, painter) = (places.rect, ui.painter());
    painter.rect_filled(rect, 3.0, p.field);
    let is_whole = low <= 0.0 && high >= places.count() as f32;
    if !is_whole {
        let chosen = Rect::from_x_y_ranges(places.x(low)..=places.x(high), rect.y_range());
        painter.rect_filled(chosen, 0, p.marked);
    }
    for (numbers, is_all) in [(places.bins.totals.as_slice(), true), (counts, false)] {
        let most = numbers.iter().copied().max().unwrap_or(0).max(1) as f32;
        for (bin, &number) in numbers.iter().enumerate().filter(|(_, number)| **number > 0) {
            let height = ((rect.height() - 4.0) * number as f32 / most).max(1.0);
            let (left, right) = (places.x(bin as f32), places.x(bin as f32 + 1.0));
            let gap = if right - left > 3.0 { 1.0 } else { 0.0 };
            let bar = Rect::from_min_max(pos2(left, rect.bottom() - height), pos2(right - gap, rect.bottom()));
            let middle = bin as f32 + 0.5;
            let is_chosen = middle > low && middle < high;
            let color = match (is_all, is_chosen) {
                (true, _) => p.hairline,
                (false, true) => p.select,
                (false, false) => p.secondary,
            };
            painter.rect_filled(bar, 0, color);
        }
    }
    if !is_whole {
        for edge in [low, high] {
            let x = places.x(edge);
            painter.rect_filled(Rect::from_x_y_ranges(x - 1.0..=x + 1.0, rect.y_range()), 0, p.select);
        }
    }
    hairline_h(painter, rect.x_range(), rect.bottom() - super::widgets::pixel(painter), p.hairline);
}
