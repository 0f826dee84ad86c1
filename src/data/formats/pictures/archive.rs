//! Archives of pictures, tar and zip. As `WebDataset` has them: files of one key, the name up to its first full stop, belong together.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::folders::{Folders, SaidBy};
use super::picture::Beside;
use super::place::Place;
use super::{json, kinds, tar, zipped};
use crate::data::Cancel;
use crate::data::file::{FileError, PlainFile};
use crate::data::file_names::is_systems_own;
use crate::data::formats::splits;
use crate::data::formats::zip_directory::Directory;
use crate::data::report::Severity;
use crate::data::source::{ImageError, ImageFault, MAX_ROWS};
use crate::words::{counted, shown_text, thousands};

/// Bytes of a record that is looked into for its columns.
const MOST_RECORD_BYTES: u64 = 1 << 20;
/// How tables that are not read from archives are called.
const PARQUET: &str = ".parquet";
/// Files that are named in a message.
const NAMED: usize = 6;

/// A file in an archive.
#[derive(Debug)]
pub(super) struct Member {
    /// Its path.
    pub(super) name: String,
    /// Where its bytes lie; else what is wrong, as a clause.
    pub(super) place: Result<Place, String>,
}

/// What lies in an archive.
#[derive(Debug)]
pub(super) struct Contents {
    /// Of which kind it is: `tar`, `zip`.
    pub(super) kind: &'static str,
    pub(super) files: Vec<Member>,
    /// What is wrong with it, as a clause: what follows is not read.
    pub(super) broken: Option<String>,
    /// Files of which parts are left out (sparse ones), which are not read.
    pub(super) sparse: u64,
    /// Links that are not followed.
    pub(super) links: u64,
}

impl Contents {
    /// Nothing.
    pub(super) fn of(kind: &'static str) -> Self {
        Self { kind, files: Vec::new(), broken: None, sparse: 0, links: 0 }
    }
}

/// A picture in an archive.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) name: String,
    pub(super) place: Result<Place, String>,
    pub(super) beside: Option<Box<Beside>>,
}

/// What is said of an archive.
type Said = Vec<(Severity, String)>;

/// What an archive holds for a set.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) pictures: Vec<Found>,
    /// Tables about them: the path of each in the archive, and where its bytes lie.
    pub(super) tables: Vec<(String, Place)>,
    /// What is to be said of it.
    pub(super) said: Said,
}

/// The pictures of an archive, with what else has their keys.
pub(super) fn pictures(file: PlainFile, zip: Option<Directory>, cancel: &Cancel) -> Result<Held, ImageError> {
    let file = Arc::new(file);
    let is_zip = zip.is_some();
    let mut members = match zip {
        Some(directory) => zipped::contents(&file, directory, cancel),
        None => of_tar(&file, cancel)?,
    };
    members.files.retain(|member| {
        !member.name.split('/').any(|part| !matches!(part, "." | "..") && is_systems_own(part.as_ref()))
    });
    let members = members;
    let mut beside: HashMap<&str, Beside> = HashMap::new();
    let (mut others, mut not_decoded, mut tables) = (0_u64, 0, Vec::new());
    let is_picture = |member: &Member| kinds::is_named_like_one(Path::new(&member.name));
    let keys: HashSet<&str> =
        members.files.iter().filter(|member| is_picture(member)).map(|member| key_of(&member.name).0).collect();
    for member in members.files.iter().filter(|member| !is_picture(member)) {
        let place = || member.place.as_ref().ok().cloned();
        let (key, ending) = key_of(&member.name);
        let own_name = member.name.rsplit('/').next().unwrap_or_default();
        if super::TABLES.iter().any(|table| own_name.eq_ignore_ascii_case(table)) {
            tables.push(member);
            continue;
        }
        if kinds::is_not_decoded(Path::new(&member.name)) {
            not_decoded += 1;
            continue;
        }
        if !keys.contains(key) || member.place.is_err() {
            others += 1;
            continue;
        }
        match ending.to_ascii_lowercase().as_str() {
            "cls" => beside.entry(key).or_default().class = place(),
            "txt" => beside.entry(key).or_default().text = place(),
            "json" => beside.entry(key).or_default().record = place(),
            _ => others += 1,
        }
    }
    let found: Vec<Found> = members
        .files
        .iter()
        .filter(|member| is_picture(member))
        .map(|member| {
            let beside = beside.get(key_of(&member.name).0).cloned().map(Box::new);
            Found { name: member.name.clone(), place: member.place.clone(), beside }
        })
        .collect();
    if found.is_empty() {
        return Err(without_pictures(&members).at(file.path()));
    }
    let mut said = Said::new();
    if let Some(note) = file.note() {
        said.push((Severity::Info, note.to_owned()));
    }
    let name = crate::data::file_names::file_name(file.path());
    if let Some(broken) = &members.broken {
        said.push((Severity::Warning, format!("{name} is damaged: {broken}; what follows was not read")));
    }
    if members.sparse > 0 {
        let files = counted(members.sparse, "sparse file", "sparse files");
        said.push((
            Severity::Warning,
            format!("{files} in {name} left out: only files that are packed whole are read"),
        ));
    }
    if members.links > 0 {
        let links = counted(members.links, "link", "links");
        let how = if is_zip { "zip without -y" } else { "tar -h" };
        said.push((
            Severity::Warning,
            format!("{links} to other files in {name} left out: pack the files themselves ({how})"),
        ));
    }
    let have_records = found.iter().any(|found| found.beside.is_some());
    let tables = joined(&tables, have_records, &name, &mut said);
    if not_decoded > 0 {
        said.push((Severity::Warning, format!("in {name} {}", kinds::of_not_decoded(not_decoded))));
    }
    if others > 0 {
        let files = counted(others, "file", "files");
        said.push((Severity::Info, format!("{files} of other kinds in {name}, not opened")));
    }
    Ok(Held { pictures: found, tables, said })
}

/// Those of an archive's tables that are joined; of the others it is said why they are not.
fn joined(tables: &[&Member], have_records: bool, name: &str, said: &mut Said) -> Vec<(String, Place)> {
    let (mut joined, mut others) = (Vec::new(), BTreeMap::<&str, Vec<&str>>::new());
    for table in tables {
        let why = match &table.place {
            Err(what) => what,
            Ok(_) if table.name.to_ascii_lowercase().ends_with(PARQUET) => {
                "Parquet is read from a folder alone: unpack the archive and open that"
            }
            // One record of a picture would hide the other.
            Ok(_) if have_records => "pictures have .cls, .txt or .json of their own",
            Ok(place) => {
                joined.push((table.name.clone(), place.clone()));
                continue;
            }
        };
        others.entry(why).or_default().push(&table.name);
    }
    for (why, tables) in others {
        let names: Vec<String> = tables.iter().take(NAMED).map(|table| shown_text(table, 60)).collect();
        let more = if tables.len() > NAMED { " …" } else { "" };
        let verb = if tables.len() == 1 { "is" } else { "are" };
        said.push((Severity::Warning, format!("{}{more} in {name} {verb} not joined: {why}", names.join(", "))));
    }
    joined
}

/// What lies in a tar archive.
fn of_tar(file: &Arc<PlainFile>, cancel: &Cancel) -> Result<Contents, FileError> {
    let tar::Members { files, broken, sparse, links, .. } =
        tar::members(file, MAX_ROWS as usize, &|| cancel.is_cancelled())?;
    let member = |tar::Member { name, range }| Member { name, place: Ok(Place::within(file, range)) };
    Ok(Contents { files: files.into_iter().map(member).collect(), broken, sparse, links, ..Contents::of("tar") })
}

/// Which part of the set the folders of an archive say that each picture belongs to, and what it shows; nothing of what files beside
/// pictures say, which goes before.
pub(super) fn said_by_folders(found: &[Found]) -> Vec<SaidBy> {
    let paths: Vec<String> = found.iter().map(|found| found.name.trim_start_matches("./").to_owned()).collect();
    let (folders, aside) = Folders::within(&paths);
    let beside = || found.iter().filter_map(|found| found.beside.as_deref());
    let record = beside().find_map(|beside| beside.record.as_ref()?.read(0..MOST_RECORD_BYTES).ok());
    let fields = record.and_then(|record| json::fields(&record)).map(|fields| fields.0).unwrap_or_default();
    let is_field = |name: &str| fields.iter().any(|(field, _)| field == name);
    let has_category = is_field("category") || beside().any(|beside| beside.class.is_some());
    let has_split = is_field(splits::COLUMN);
    let said_by = |path: &String| {
        let (split, category) = folders.said_by(path.get(aside..).unwrap_or_default(), None);
        (split.filter(|_| !has_split), category.filter(|_| !has_category))
    };
    paths.iter().map(said_by).collect()
}

/// The key of a file in an archive, folders included, and its last ending.
fn key_of(name: &str) -> (&str, &str) {
    let start = name.rfind('/').map_or(0, |slash| slash + 1);
    let file = name.get(start..).unwrap_or_default();
    let Some(stop) = file.find('.') else { return (name, "") };
    let ending = file.rsplit('.').next().unwrap_or_default();
    (name.get(..start + stop).unwrap_or(name), ending)
}

/// An archive of something else, and what it holds.
fn without_pictures(members: &Contents) -> ImageFault {
    let kind = members.kind;
    let names: Vec<String> = members.files.iter().take(NAMED).map(|member| shown_text(&member.name, 60)).collect();
    let more = if members.files.len() > NAMED { " …" } else { "" };
    let what = match (&members.broken, members.files.len()) {
        (Some(broken), 0) => format!("a {kind} archive that cannot be read ({broken})"),
        (None, 0) => format!("an empty {kind} archive"),
        (_, files) => {
            let noun = if files == 1 { "file" } else { "files" };
            format!(
                "a {kind} archive of {} {noun} without a picture ({}{more})",
                thousands(files as u64),
                names.join(", ")
            )
        }
    };
    ImageFault::Archive { what, advice: "unpack it, and open what it holds".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::key_of;

    #[test]
    fn a_key_ends_at_the_first_full_stop_of_the_files_own_name() {
        assert_eq!(key_of("a.b/0001.left.png"), ("a.b/0001", "png"));
        assert_eq!(key_of("0001.cls"), ("0001", "cls"));
        assert_eq!(key_of("a.b/readme"), ("a.b/readme", ""));
    }
}
