//! What inputs are called where there are several.

use std::collections::HashMap;
use std::path::Path;

use super::Named;
use crate::data::file_names::{file_name, shown};

/// Names in a path that tell inputs of one name apart, at most.
const MOST_PARTS: usize = 8;

/// What inputs are called: by their names, those of one name with as many of the folders around them as tell them apart.
pub(super) fn titles_of(named: &[Named]) -> Vec<String> {
    of_paths(named.iter().map(Named::path))
}

fn of_paths<'a>(paths: impl Iterator<Item = &'a Path>) -> Vec<String> {
    let parts = |path: &Path| -> Vec<String> {
        let around = path.parent().map(Path::components).into_iter().flatten();
        around.map(|part| shown(part.as_os_str())).chain([title_of(path)]).collect()
    };
    let paths: Vec<Vec<String>> = paths.map(parts).collect();
    let last = |path: &Vec<String>, parts: usize| path[path.len().saturating_sub(parts)..].join("/");
    let mut titles: Vec<Option<String>> = vec![None; paths.len()];
    for parts in 1..=MOST_PARTS {
        let here: Vec<String> = paths.iter().map(|path| last(path, parts)).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for title in &here {
            *counts.entry(title).or_default() += 1;
        }
        for (title, here) in titles.iter_mut().zip(&here).filter(|(title, _)| title.is_none()) {
            *title = (counts.get(&**here) == Some(&1)).then(|| here.clone());
        }
        if titles.iter().all(Option::is_some) {
            break;
        }
    }
    titles.into_iter().zip(&paths).map(|(title, path)| title.unwrap_or_else(|| last(path, 1))).collect()
}

/// The name of a folder or file that was named, also of `.`.
pub(in crate::data) fn title_of(path: &Path) -> String {
    let full = if path.file_name().is_some() { path.to_path_buf() } else { path.canonicalize().unwrap_or_default() };
    file_name(&full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_of_one_name_have_as_much_of_their_paths_as_tells_them_apart() {
        let of = |paths: &[&str]| of_paths(paths.iter().map(Path::new));
        assert_eq!(of(&["a/x.zip", "b/y.zip"]), ["x.zip", "y.zip"]);
        assert_eq!(of(&["a/x.zip", "b/x.zip", "b/y.zip"]), ["a/x.zip", "b/x.zip", "y.zip"]);
        assert_eq!(of(&["a/c/x.zip", "b/c/x.zip", "x.zip"]), ["a/c/x.zip", "b/c/x.zip", "x.zip"]);
        // The same twice.
        assert_eq!(of(&["a/x.zip", "a/x.zip"]), ["x.zip", "x.zip"]);
    }
}
