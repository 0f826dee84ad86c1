//! Which part of a set for learning a folder or a file is, by its name: `train`, `test-00000-of-00002.parquet`.

use std::path::Path;
use std::sync::Arc;

use crate::data::file_names::file_name;

/// The column that says so.
pub(in crate::data) const COLUMN: &str = "split";

/// How the parts of a set are called for learning, in lower case.
const SPLITS: [&str; 9] = ["train", "training", "test", "testing", "val", "valid", "validation", "dev", "eval"];

/// What files of parts end in.
const ENDINGS: [&str; 6] = [".gz", ".parquet", ".arrow", ".feather", ".tar", ".zip"];

/// Whether a name is that of a part.
pub(super) fn is_one(name: &str) -> bool {
    SPLITS.contains(&&*name.to_lowercase())
}

/// The part that each file is; `None` where not every name says one, where all say the same, or where none is a usual one.
pub(in crate::data) fn of_files<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Option<Vec<Arc<str>>> {
    let splits: Vec<Arc<str>> = paths.into_iter().map(of_file).collect::<Option<_>>()?;
    let differ = splits.iter().any(|split| Some(split) != splits.first());
    (differ && splits.iter().any(|split| is_one(split))).then_some(splits)
}

fn of_file(path: &Path) -> Option<Arc<str>> {
    let name = file_name(path);
    let mut stem = name.as_str();
    while let Some(shorter) = ENDINGS.iter().find_map(|ending| stem.strip_suffix(ending)) {
        stem = shorter;
    }
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // `train-00000-of-00002`, and with a sum behind it.
    let shard = stem.rsplit_once("-of-").and_then(|(before, after)| {
        let (split, number) = before.rsplit_once('-')?;
        let (all, _) = after.split_once('-').unwrap_or((after, ""));
        (is_number(number) && is_number(all) && !split.is_empty()).then_some(split)
    });
    if let Some(split) = shard {
        return Some(usual(split).unwrap_or(split).into());
    }
    let bare = stem.rsplit_once('-').filter(|(_, number)| is_number(number)).map_or(stem, |(before, _)| before);
    let folder = || path.parent().map(file_name).filter(|folder| is_number(stem) && is_one(folder));
    usual(bare).map(Into::into).or_else(|| folder().map(Into::into))
}

/// A usual name of a part, which may stand behind that of the set: `mnist-train`.
fn usual(name: &str) -> Option<&str> {
    let last = name.rsplit('-').next().unwrap_or(name);
    [name, last].into_iter().find(|name| is_one(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> Option<Vec<String>> {
        Some(of_files(names.iter().map(Path::new))?.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn names_of_the_hub_say_their_part() {
        for (names, parts) in [
            (["train-00000-of-00002.parquet", "data/test-00000-of-00001.parquet"], ["train", "test"]),
            (
                ["train-00000-of-00001-a09b74b3ef9c3b56.parquet", "validation-00000-of-00001.parquet"],
                ["train", "validation"],
            ),
            (["train.parquet", "test.parquet"], ["train", "test"]),
            (["mnist-train-00000-of-00002.arrow", "mnist-test.arrow"], ["train", "test"]),
            (["default/train/0000.parquet", "default/test/0000.parquet"], ["train", "test"]),
            (["train_sft-00000-of-00001.parquet", "test-00000-of-00001.parquet"], ["train_sft", "test"]),
            (["train-000000.tar", "Val-000000.tar.gz"], ["train", "Val"]),
        ] {
            assert_eq!(of(&names), Some(parts.map(str::to_owned).to_vec()), "{names:?}");
        }
        for names in [
            ["train-00000-of-00002.parquet", "train-00001-of-00002.parquet"],
            ["cats-00000-of-00001.parquet", "dogs-00000-of-00001.parquet"],
            ["train.parquet", "more.parquet"],
            ["a.parquet", "b.parquet"],
            ["-0-of-1.parquet", "test-of-.parquet"],
        ] {
            assert_eq!(of(&names), None, "{names:?}");
        }
    }
}
