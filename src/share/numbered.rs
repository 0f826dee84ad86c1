//! Names of pictures that follow one another, as other programs for animations have them: `frame-%04d.png`.

use std::path::{Path, PathBuf};

/// The most digits that a pattern asks for.
const MOST_DIGITS: usize = 9;

/// A pattern of names with a place for a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numbered {
    pattern: PathBuf,
    before: String,
    digits: usize,
    after: String,
}

impl Numbered {
    /// The pattern that a path is: one `%d`, or `%0Nd` for at least N digits, in its last part, and no other `%` there; `None` of any
    /// other path.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let (before, rest) = path.file_name()?.to_str()?.split_once('%')?;
        let (digits, after) = rest.split_once('d')?;
        let digits = match digits.strip_prefix('0') {
            None if digits.is_empty() => 0,
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok()?,
            _ => return None,
        };
        let is_one = digits <= MOST_DIGITS && !after.contains('%');
        is_one.then(|| Self { pattern: path.to_owned(), before: before.to_owned(), digits, after: after.to_owned() })
    }

    /// The folder that they lie in.
    pub(super) fn folder(&self) -> &Path {
        self.pattern.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    /// Where picture `number` goes.
    pub(super) fn path(&self, number: usize) -> PathBuf {
        let Self { pattern, before, digits, after } = self;
        pattern.with_file_name(format!("{before}{number:0digits$}{after}"))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_those_of_other_programs() {
        let named = |pattern: &str, number| Some(Numbered::of(Path::new(pattern))?.path(number));
        for (pattern, number, name) in
            [("a/frame-%04d.png", 7, "a/frame-0007.png"), ("%d.png", 12, "12.png"), ("x%02d-y.png", 345, "x345-y.png")]
        {
            assert_eq!(named(pattern, number).unwrap(), Path::new(name));
        }
        for none in
            ["a%04d/frame.png", "100%.png", "%4d.png", "%04d-%02d.png", "%0xd.png", "%s.png", "%099d.png", "a.png"]
        {
            assert_eq!(named(none, 1), None, "{none}");
        }
        assert_eq!(Numbered::of(Path::new("%d.png")).unwrap().folder(), Path::new("."));
    }
}
