//! What a wish for an export means: which files, and whether all is there that they take.

use super::work::{Files, Picture, Target};
use crate::app::session::Session;
use crate::app::ui::{ExportForm, ExportOf, ExportWish};
use crate::data::dataset::typed_path;
use crate::export::better_name;
use crate::share::Outputs;
use crate::words::two_lengths;

/// Refuses what needs more than has been read.
pub(super) fn refuse_unless_read(session: &Session, wish: &ExportWish) -> Result<(), String> {
    let reads = !matches!(wish.form, ExportForm::Sheet | ExportForm::View) && session.records.is_some();
    if let Some(reason) = session.why_no_columns().filter(|_| reads) {
        return Err(reason);
    }
    if session.scene.rows_ready() < session.scene.rows() {
        return Err("the drawings are still being read: wait until all are there".to_owned());
    }
    let count = match wish.of {
        ExportOf::Selection => session.scene.selection().count(),
        ExportOf::Kept => session.matching().unwrap_or(session.scene.rows()),
        ExportOf::All => session.scene.rows(),
    };
    if count == 0 && wish.form != ExportForm::View {
        return Err("there is no drawing to export".to_owned());
    }
    Ok(())
}

/// Which files a wish means.
pub(super) fn target_of(session: &Session, wish: &ExportWish) -> Result<Target, String> {
    if wish.path.is_empty() {
        return Err("type the path of a file".to_owned());
    }
    let typed = typed_path(&wish.path);
    let is_records = typed.extension().is_some_and(|ending| ending == "ndjson" || ending == "jsonl");
    let records_named = wish.form == ExportForm::Pair && session.records.is_some() && is_records;
    let path = match better_name(&typed, wish.form.ending()).filter(|_| !records_named) {
        Some(better) if typed.extension().is_none() => better,
        Some(better) => {
            let ending = wish.form.ending();
            return Err(format!("this name does not end in .{ending}: type {}", better.display()));
        }
        None => typed,
    };
    if wish.form == ExportForm::View {
        let needed = "width and height from 1 to 16384 are needed, with an x between them, as in 3840x2160";
        let size = two_lengths(&wish.size).ok_or_else(|| needed.to_owned())?;
        return Ok(Target::Picture(Picture { path, size, background: wish.background }));
    }
    let mut outputs = Outputs::default();
    match wish.form {
        ExportForm::Pair => {
            outputs.bitmaps = Some(path.with_extension("npy"));
            let records = if records_named { path } else { path.with_extension("ndjson") };
            outputs.records = session.records.is_some().then_some(records);
        }
        ExportForm::Table => outputs.table = Some(path),
        ExportForm::Page => outputs.page = Some(path),
        ExportForm::Replay => outputs.replay = Some(path),
        ExportForm::Sheet | ExportForm::View => outputs.sheet = Some(path),
    }
    Ok(Target::Files(Files { outputs, enlarge: wish.enlarge, background: wish.background }))
}
