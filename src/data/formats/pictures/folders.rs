//! What the folders of a set say of the pictures in them: what each shows, and which part of the set it belongs to.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::Arc;

use crate::data::formats::splits;

/// The part of the set that a picture belongs to, and what it shows, where folders say so.
pub(super) type SaidBy = (Option<Arc<str>>, Option<Arc<str>>);

/// What the folders of a set say.
#[derive(Debug)]
pub(super) struct Folders {
    /// The first folders are parts of the set, and those in them, if any, what the pictures show.
    are_split: bool,
    /// One text for all pictures of a folder.
    known: RefCell<HashSet<Arc<str>>>,
}

impl Folders {
    /// Of all paths in a folder, with `/` between their parts.
    pub(super) fn of(paths: &[String]) -> Self {
        let is_in_split = |path: &String| path.split_once('/').is_some_and(|(folder, _)| splits::is_one(folder));
        let has_class = |path: &String| path.matches('/').count() > 1;
        // Either all have a class, or a table may say it; where some have one those without it would have none.
        let are_alike = paths.iter().all(has_class) || !paths.iter().any(has_class);
        let are_split = !paths.is_empty() && are_alike && paths.iter().all(is_in_split);
        Self { are_split, known: RefCell::default() }
    }

    /// Of all paths in an archive, and how many bytes of each are left aside: those of one folder that all lie in, and that holds folders.
    pub(super) fn within(paths: &[String]) -> (Self, usize) {
        let root = paths.first().and_then(|path| Some(path.split_once('/')?.0)).filter(|root| !splits::is_one(root));
        let is_root = |root: &str| {
            let inner = |path: &String| Some(path.strip_prefix(root)?.strip_prefix('/')?.contains('/'));
            paths.iter().all(|path| inner(path) == Some(true))
        };
        let aside = root.filter(|root| is_root(root)).map_or(0, |root| root.len() + 1);
        let inner: Vec<String> = paths.iter().filter_map(|path| path.get(aside..)).map(str::to_owned).collect();
        (Self::of(&inner), aside)
    }

    /// The part and the category of a picture; `otherwise` is the category of one that lies in no folder.
    pub(super) fn said_by(&self, path: &str, otherwise: Option<&str>) -> SaidBy {
        let first = path.split_once('/');
        let (split, rest) = if self.are_split { (first, first.map_or(path, |(_, rest)| rest)) } else { (None, path) };
        let category = rest.split_once('/').map(|(folder, _)| folder).or(otherwise);
        (split.map(|(folder, _)| self.shared(folder)), category.map(|folder| self.shared(folder)))
    }

    fn shared(&self, folder: &str) -> Arc<str> {
        let mut known = self.known.borrow_mut();
        if let Some(known) = known.get(folder) {
            return Arc::clone(known);
        }
        let new: Arc<str> = folder.into();
        known.insert(Arc::clone(&new));
        new
    }
}
