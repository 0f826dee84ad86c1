//! What is handed to other programs by the clipboard: records, row numbers, drawings.

use super::state::App;
use crate::share::drawing_rgba;
use crate::words::{counted, thousands};
use egui::ColorImage;

/// A copied drawing is enlarged by whole pixels up to this side, so that it can be seen where it is pasted.
const COPIED_PX: u32 = 512;

impl App {
    /// Copies the record of the drawing in the inspector.
    pub(super) fn copy_record(&mut self) {
        let Some(row) = self.inspected() else { return };
        let (Some(session), Some(shell)) = (&self.session, &mut self.shell) else { return };
        shell.gui.copy(serde_json::Value::Object(session.columns.export_json(row)).to_string());
        self.tell(format!("copied the record of row {}", thousands(row.0.into())));
    }

    /// Copies the numbers of the selected rows, one a line.
    pub(super) fn copy_rows(&mut self) {
        let (Some(session), Some(shell)) = (&self.session, &mut self.shell) else { return };
        let selection = session.scene.selection();
        let numbers: Vec<String> = selection.rows().map(|row| row.to_string()).collect();
        shell.gui.copy(numbers.join("\n"));
        let rows = counted(selection.count().into(), "row number", "row numbers");
        self.tell(format!("copied {rows}"));
    }

    /// Copies the drawing in the inspector as an image: its own pixels, each enlarged to a square.
    pub(super) fn copy_drawing(&mut self) {
        let Some(row) = self.inspected() else { return };
        // Texts go over Wayland as well.
        #[cfg(target_os = "linux")]
        if let Err(reason) = super::x11::Server::ask() {
            self.complain(&format!(
                "cannot copy an image: that goes by an X server alone ({reason}); export the drawing (Ctrl+E)"
            ));
            return;
        }
        let (Some(session), Some(shell)) = (&self.session, &mut self.shell) else { return };
        let dataset = &session.dataset;
        let [width, height] = [dataset.width(), dataset.height()];
        let mut values = vec![0; dataset.drawing_bytes()];
        if let Err(error) = dataset.read_scattered(&[row.0], &mut values) {
            self.complain(&error.to_string());
            return;
        }
        let times = (COPIED_PX / width.max(height).max(1)).max(1);
        let table = session.values.table();
        let rgba = drawing_rgba(&session.scene, dataset, &table, row.0, &values, times as usize);
        let size = [width * times, height * times];
        shell.gui.copy_image(ColorImage::from_rgba_unmultiplied(size.map(|side| side as usize), &rgba));
        let [width, height] = size.map(|side| thousands(side.into()));
        self.tell(format!("copied the drawing of row {} as {width} × {height} pixels", thousands(row.0.into())));
    }
}
