//! From what was named to a source: headers are read on all cores, one cell is chosen, tables are joined.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::archive;
use super::decode;
use super::deep::Deep;
use super::folders::Folders;
use super::joining::{Joining, give};
use super::kept::{Cells, Entry, Kept};
use super::picture::{More, Picture};
use super::place::{Fault, Place};
use super::records::Own;
use super::said::Remarks;
use super::sizes::Sizes;
use super::source::PictureSource;
use super::table::Table;
use super::titles::titles_of;
use super::{Named, Options, said};
use crate::data::file::{FileError, FileFault, PlainFile};
use crate::data::file_names::{file_name, shown};
use crate::data::formats::{Drawings, Opened, columnar, splits};
use crate::data::report::Severity;
use crate::data::source::{ImageError, ImageFault, MAX_ROWS};
use crate::words::thousands;

/// A picture that was named or found, not looked at yet.
struct Candidate {
    name: String,
    /// Which part of the set its folder says that it belongs to, and what it shows.
    split: Option<Arc<str>>,
    category: Option<Arc<str>>,
    bytes: Bytes,
    more: More,
}

/// Where its bytes are.
enum Bytes {
    Named(PathBuf),
    Open(Place),
    /// Nowhere; the path of a file that is not there either.
    Missing(Option<PathBuf>),
    /// Where they cannot be read, and why, as a clause.
    Odd(String),
}

impl Candidate {
    fn new(name: String, bytes: Bytes, more: More) -> Self {
        Self { name, split: None, category: None, bytes, more }
    }
}

/// Opens all pictures that were named as one set, in the order in which they were named.
pub(in crate::data) fn open(named: Vec<Named>, options: &Options) -> Result<Opened, ImageError> {
    let form = form_of(&named);
    let paths: Vec<PathBuf> = named.iter().map(|named| named.path().to_path_buf()).collect();
    let path = paths.first().cloned().unwrap_or_default();
    let mut said = Remarks::default();
    let mut tables: Vec<Table> = Vec::new();
    let mut candidates = Vec::new();
    let is_only = named.len() == 1;
    let entry = options.kept.as_ref().and_then(|folder| Entry::of(folder, named.iter().map(Named::path)));
    let splits = splits_of(&named);
    let titles = titles_of(&named);
    for (number, (named, title)) in named.into_iter().zip(&titles).enumerate() {
        let first = candidates.len();
        let first_table = tables.len();
        said.about(paths.get(number).map(PathBuf::as_path));
        collect(named, (title, is_only), options, &mut candidates, &mut tables, &mut said)?;
        for table in tables.iter_mut().skip(first_table) {
            (table.of, table.input) = (first..candidates.len(), number);
        }
        if let Some(split) = splits.as_ref().and_then(|splits| splits.get(number)) {
            let without = candidates.iter_mut().skip(first).filter(|candidate| candidate.split.is_none());
            without.for_each(|candidate| candidate.split = Some(Arc::clone(split)));
        }
    }
    let of_all = is_only.then_some(path.as_path());
    said.about(of_all);
    if candidates.len() > MAX_ROWS as usize {
        let what = format!("a set of {} pictures", thousands(candidates.len() as u64));
        let advice = format!("at most {} are opened together", thousands(MAX_ROWS.into()));
        return Err(ImageFault::Archive { what, advice }.at(&path));
    }
    let stopped = || ImageError::from(FileError { fault: FileFault::Cancelled, path: path.clone() });
    let before = entry.as_ref().and_then(Entry::open);
    let looked: Result<Vec<Looked>, ImageError> = candidates
        .into_par_iter()
        .map(|candidate| {
            if options.cancel.is_cancelled() { Err(stopped()) } else { looked_at(candidate, before.as_ref(), options) }
        })
        .collect();
    let (mut pictures, damaged): (Vec<Picture>, Vec<Option<String>>) =
        looked?.into_iter().map(|looked| (looked.picture, looked.damage)).unzip();
    let deep = Deep::of(options.range, pictures.iter().filter_map(Picture::depth));
    let sizes = Sizes::of(&pictures).ok_or_else(|| said::none_drawn(form, &pictures).at(&path))?;
    let cell = sizes.cell(options.cell, pictures.len());
    said.push((Severity::Info, sizes.said(pictures.len(), cell)));
    let own = Own::of(&pictures).names();
    // Of two tables that say something of a picture that in the inner folder counts.
    tables.sort_by_key(|table| (table.of.start, table.depth()));
    let mut joining = Joining::new(&pictures);
    for table in tables.into_iter().filter(|_| options.tables) {
        if options.cancel.is_cancelled() {
            return Err(stopped());
        }
        said.about(paths.get(table.input).map(PathBuf::as_path));
        said.extend(joining.take(&table, &own)?);
    }
    said.about(of_all);
    let fields = joining.done();
    give(&mut pictures, fields);
    said.extend(said::broken(&pictures));
    said.extend(said::damaged(&pictures, &damaged));
    said.extend(said::by_range(&pictures, &deep));
    let (kept, said_of_kept) = entry.map_or((None, None), |entry| Cells::of(entry, before, &pictures, cell, &deep));
    said.extend(said_of_kept);
    let source = PictureSource::new(pictures, cell, deep, kept, path);
    Ok(Opened { notes: said.into_notes(), ..Opened::new(form, Drawings::Source(Box::new(source))) })
}

/// Which part of a set for learning each input is, where all are files that say so by their names and in no column.
fn splits_of(named: &[Named]) -> Option<Vec<Arc<str>>> {
    let may_say = |named: &Named| match named {
        Named::Rows(rows) => !rows.has_column(splits::COLUMN),
        Named::Archive { .. } => true,
        Named::Folder { .. } | Named::Picture(_) => false,
    };
    named.iter().all(may_say).then(|| splits::of_files(named.iter().map(Named::path)))?
}

/// What `info` calls the form.
fn form_of(named: &[Named]) -> &'static str {
    if named.iter().all(|named| matches!(named, Named::Folder { .. })) {
        "folder"
    } else if named.iter().all(|named| matches!(named, Named::Archive { zip: Some(_), .. })) {
        "zip"
    } else if named.iter().all(|named| matches!(named, Named::Archive { zip: None, .. })) {
        "webdataset"
    } else {
        match named {
            [Named::Rows(first), rest @ ..] if rest.iter().all(|other| is_of_rows(other, first.form())) => first.form(),
            _ => "pictures",
        }
    }
}

fn is_of_rows(named: &Named, form: &str) -> bool {
    matches!(named, Named::Rows(rows) if rows.form() == form)
}

/// Adds the pictures of one input.
fn collect(
    named: Named,
    (title, is_only): (&str, bool),
    options: &Options,
    candidates: &mut Vec<Candidate>,
    tables: &mut Vec<Table>,
    said: &mut Remarks,
) -> Result<(), ImageError> {
    // Several inputs are told apart by their names.
    let prefix = if is_only { String::new() } else { format!("{title}/") };
    match named {
        Named::Folder { root, pictures, tables: its } => {
            let inner: Vec<String> = pictures.iter().map(|path| name_within(&root, path)).collect();
            let folders = Folders::of(&inner);
            for (path, inner) in pictures.into_iter().zip(&inner) {
                let (split, category) = folders.said_by(inner, (!is_only).then_some(title));
                let name = format!("{prefix}{inner}");
                candidates.push(Candidate {
                    split,
                    category,
                    ..Candidate::new(name, Bytes::Named(path), More::Nothing)
                });
            }
            for table in its {
                let inner = name_within(&root, &table);
                tables.push(Table::of_file(table, format!("{prefix}{inner}")));
            }
        }
        Named::Picture(file) => {
            let name = file_name(file.path());
            let bytes = Bytes::Open(Place::whole(Arc::new(file)));
            candidates.push(Candidate::new(name, bytes, More::Nothing));
        }
        Named::Archive { file, zip, is_found } => {
            let held = match archive::pictures(file, zip, &options.cancel) {
                Err(error) if is_found && matches!(error.fault, ImageFault::Archive { .. }) => {
                    said.push((Severity::Info, format!("{title} left out: {}", error.fault)));
                    return Ok(());
                }
                held => held?,
            };
            said.extend(held.said);
            tables
                .extend(held.tables.into_iter().map(|(inner, place)| Table::in_archive(place, title, &prefix, &inner)));
            let folders = archive::said_by_folders(&held.pictures);
            candidates.extend(held.pictures.into_iter().zip(folders).map(|(found, (split, category))| {
                let more = found.beside.map_or(More::Nothing, More::Beside);
                let name = format!("{prefix}{}", found.name);
                let bytes = found.place.map_or_else(Bytes::Odd, Bytes::Open);
                Candidate { split, category, ..Candidate::new(name, bytes, more) }
            }));
        }
        Named::Rows(rows) => {
            let found = rows.pictures(&options.spool)?;
            said.extend(found.said);
            let note = found.unpacked.note().filter(|_| !found.unpacked.is_empty());
            said.extend(note.map(|note| (Severity::Info, note.to_owned())));
            candidates.extend((0..).zip(found.rows).map(|(row, columnar::Row { path, bytes })| {
                // A cache of Hugging Face's datasets names files on this machine in place of their bytes.
                let file = path.as_deref().map(Path::new).filter(|path| path.is_absolute()).map(Path::to_path_buf);
                let name = path.map_or_else(|| format!("{prefix}row {row}"), |path| format!("{prefix}{path}"));
                let bytes = match bytes {
                    columnar::Bytes::Missing => match file {
                        Some(file) if file.is_file() => Bytes::Named(file),
                        file => Bytes::Missing(file),
                    },
                    columnar::Bytes::InFile(range) => Bytes::Open(Place::within(&found.file, range)),
                    columnar::Bytes::Unpacked(range) => Bytes::Open(Place::within(&found.unpacked, range)),
                };
                let more = found.records.as_ref().map_or(More::Nothing, |of| More::Row(Arc::clone(of), row));
                Candidate::new(name, bytes, more)
            }));
        }
    }
    Ok(())
}

/// A path in a folder as it is shown, with `/` between its parts.
fn name_within(root: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    inner.components().map(|part| shown(part.as_os_str())).collect::<Vec<_>>().join("/")
}

/// Opens a picture and reads its header, or takes what is known of it from before; one that cannot be drawn keeps its place.
/// With `strict` it is decoded once.
fn looked_at(candidate: Candidate, before: Option<&Kept>, options: &Options) -> Result<Looked, ImageError> {
    let Candidate { name, split, category, bytes, more } = candidate;
    let strict = options.strict;
    let place = match bytes {
        Bytes::Open(place) => Ok(place),
        Bytes::Named(path) => {
            PlainFile::open_packed(&path).map(|file| Place::whole(Arc::new(file))).map_err(Fault::from)
        }
        Bytes::Odd(what) => Err(Fault::Own(what)),
        Bytes::Missing(None) => Err(Fault::Own("its bytes are missing".to_owned())),
        Bytes::Missing(Some(path)) => {
            let path = shown(path.as_os_str());
            Err(Fault::Own(format!("its bytes are missing, and there is no file {path}")))
        }
    };
    let (place, header) = match place {
        Ok(place) => {
            let known = |range| before.zip(place.known_by(range)).and_then(|(before, key)| before.header(key));
            let known = known(None).or_else(|| known(Some(options.range?)));
            let header = known.map_or_else(|| decode::header(&place), Ok);
            let header = match header {
                Ok(header) if strict => decode::stored(&place, &header, &Deep::default()).map(|_| header),
                header => header,
            };
            (Some(place), header)
        }
        Err(fault) => (None, Err(fault)),
    };
    let header = match header {
        Ok(header) => Ok(header),
        Err(Fault::Machine(error)) => return Err(error.into()),
        Err(Fault::Own(what)) => Err(what.into()),
    };
    let damage = match place.as_ref().zip(header.as_ref().ok()).filter(|_| strict) {
        Some((place, header)) => match decode::damage(place, header) {
            Err(Fault::Machine(error)) => return Err(error.into()),
            Err(Fault::Own(what)) => Some(what),
            Ok(damage) => damage,
        },
        None => None,
    };
    Ok(Looked { picture: Picture { name: name.into(), split, category, place, header, more }, damage })
}

/// A picture that was looked at.
struct Looked {
    picture: Picture,
    /// What of it is lost though it can be drawn.
    damage: Option<String>,
}
