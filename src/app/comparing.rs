//! Comparing two drawings: one that stays, and the one that is pinned or hovered since.

use super::describe::{self, FieldText};
use super::session::Session;
use super::state::App;
use super::ui::{InspectorPage, MeanDrawing};
use crate::data::Row;
use crate::data::values::ValueMap;
use crate::scene::Action;

/// What is compared.
#[derive(Debug, Default)]
pub(super) struct Comparing {
    /// The drawing that stays; `None` while nothing is compared.
    first: Option<Row>,
    /// The ink of two drawings, read when they were first looked at so.
    inks: Option<([Row; 2], ValueMap, MeanDrawing)>,
}

/// Two drawings in words.
#[derive(Debug)]
pub(super) struct ComparedText {
    pub(super) rows: (u32, Option<u32>),
    /// Each field of either, with what both have there.
    pub(super) fields: Vec<(String, [FieldText; 2])>,
}

impl Comparing {
    /// Ends it; answers whether there was anything to end.
    pub(super) fn end(&mut self) -> bool {
        self.first.take().is_some()
    }

    pub(super) fn is_on(&self) -> bool {
        self.first.is_some()
    }

    pub(super) fn first(&self) -> Option<Row> {
        self.first
    }

    /// The ink of the two drawings on screen.
    pub(super) fn inks(&self) -> Option<&MeanDrawing> {
        self.inks.as_ref().map(|(.., inks)| inks)
    }
}

impl App {
    /// Shows under the drawing in the inspector what looks like it, or no longer.
    pub(super) fn toggle_alike(&mut self) {
        let is_shown = self.alike_open && self.inspector_open && self.page == InspectorPage::Drawing;
        self.alike_open = !is_shown;
        if self.alike_open {
            (self.page, self.inspector_open) = (InspectorPage::Drawing, true);
        }
    }

    /// Begins to compare with the drawing in the inspector, which stays pinned; or ends it.
    pub(super) fn toggle_compare(&mut self) {
        if self.comparing.end() {
            return;
        }
        let Some(row) = self.inspected() else { return };
        self.apply(Action::Pin(Some(row)));
        self.comparing.first = Some(row);
        (self.page, self.inspector_open) = (InspectorPage::Drawing, true);
    }

    /// The two rows: the second is pinned since, else it was hovered last.
    pub(super) fn compared(&self) -> Option<(Row, Option<Row>)> {
        let (first, session) = (self.comparing.first?, self.session.as_ref()?);
        let other = |row: &Row| *row != first && row.0 < session.scene.rows();
        Some((first, session.scene.pin().filter(other).or(self.last_hovered.filter(other))))
    }

    /// Puts the two into words, and reads their ink where it is not known.
    pub(super) fn compared_text(&mut self) -> Option<ComparedText> {
        if !self.inspector_open || self.page != InspectorPage::Drawing {
            return None;
        }
        let (first, second) = self.compared()?;
        let session = self.session.as_mut()?;
        let values = session.values;
        if let Some(second) = second {
            let rows = [first, second];
            let is_known = self.comparing.inks.as_ref().is_some_and(|(of, by, _)| *of == rows && *by == values);
            if !is_known {
                self.comparing.inks = inks(session, rows).map(|inks| (rows, values, inks));
            }
        } else {
            self.comparing.inks = None;
        }
        let mut of = |row| {
            let fields = describe::fields(session, row);
            self.fields.shown(&session.columns, fields)
        };
        let (of_first, of_second) = (of(first), second.map(&mut of));
        let fields = match of_second {
            Some(of_second) => beside(of_first, of_second),
            None => of_first.into_iter().map(|field| (field.label.clone(), [field.clone(), unknown(&field)])).collect(),
        };
        Some(ComparedText { rows: (first.0, second.map(|row| row.0)), fields })
    }
}

/// The fields of two drawings by their labels; those that only the second has come last.
fn beside(first: Vec<FieldText>, mut second: Vec<FieldText>) -> Vec<(String, [FieldText; 2])> {
    let mut fields = Vec::new();
    for field in first {
        let at = second.iter().position(|other| other.label == field.label);
        let other = at.map_or_else(|| unknown(&field), |at| second.remove(at));
        fields.push((field.label.clone(), [field, other]));
    }
    fields.extend(second.into_iter().map(|field| (field.label.clone(), [unknown(&field), field])));
    fields
}

/// The same field of a drawing that has none.
fn unknown(field: &FieldText) -> FieldText {
    let state = describe::Knowledge::Unknown;
    FieldText { value: String::new(), detail: String::new(), state, ..field.clone() }
}

/// The ink of two drawings, 0…1; `None` where they cannot be read, which the load has told.
fn inks(session: &Session, [first, second]: [Row; 2]) -> Option<MeanDrawing> {
    let size = [session.dataset.width(), session.dataset.height()];
    let pixels = size[0] as usize * size[1] as usize;
    let mut ink = vec![0; 2 * pixels];
    session.dataset.read_ink_scattered(&[first.0, second.0], &mut ink, &session.values.table()).ok()?;
    let parts = |bytes: &[u8]| bytes.iter().map(|&ink| f32::from(ink) / 255.0).collect::<Vec<f32>>();
    let (first, second) = ink.split_at_checked(pixels)?;
    Some(MeanDrawing { size, selected: parts(second), all: parts(first).into(), colors: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::describe::Knowledge;

    #[test]
    fn fields_stand_beside_those_of_the_same_name() {
        let field = |label: &str, value: &str| FieldText {
            name: label.to_owned(),
            label: label.to_owned(),
            value: value.to_owned(),
            detail: String::new(),
            state: Knowledge::Known,
        };
        let first = vec![field("word", "cat"), field("strokes", "3"), field("ink", "5 %")];
        let second = vec![field("word", "cat"), field("ink", "6 %"), field("tags", "dark")];
        let seen = beside(first, second);
        let words: Vec<_> = seen
            .iter()
            .map(|(label, [a, b])| (label.as_str(), a.value.as_str(), b.value.as_str(), b.state == Knowledge::Unknown))
            .collect();
        assert_eq!(
            words,
            [
                ("word", "cat", "cat", false),
                ("strokes", "3", "", true),
                ("ink", "5 %", "6 %", false),
                ("tags", "", "dark", false)
            ]
        );
    }
}
