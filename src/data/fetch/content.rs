//! Is this the kind of file that was asked for? By the header's content type and by the first bytes.

/// The kind of a published file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `numpy_bitmap/CATEGORY.npy`
    Bitmaps,
    /// `simplified/CATEGORY.ndjson`
    Simplified,
    /// `raw/CATEGORY.ndjson`
    Raw,
}

/// Bytes that are looked at before anything is written.
pub(super) const HEAD_BYTES: usize = 64;

impl Kind {
    /// What stands after the category in the local file name.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Self::Bitmaps => ".npy",
            Self::Simplified => ".simplified.ndjson",
            Self::Raw => ".raw.ndjson",
        }
    }

    /// Folder and extension below the base address.
    pub(super) fn remote(self) -> (&'static str, &'static str) {
        match self {
            Self::Bitmaps => ("numpy_bitmap", ".npy"),
            Self::Simplified => ("simplified", ".ndjson"),
            Self::Raw => ("raw", ".ndjson"),
        }
    }

    /// The kind in a message.
    pub(super) fn as_words(self) -> &'static str {
        match self {
            Self::Bitmaps => "an .npy file",
            Self::Simplified | Self::Raw => "an .ndjson file",
        }
    }

    /// What a content type gives away, where it cannot be a data file.
    pub(super) fn refuse_type(content_type: &str) -> Option<&'static str> {
        let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match essence.as_str() {
            "text/html" | "application/xhtml+xml" => Some("a web page (HTML)"),
            "text/xml" | "application/xml" => Some("an XML document, probably an error"),
            _ => None,
        }
    }

    /// What the first bytes are, where they are not of this kind. `head` is up to [`HEAD_BYTES`] long.
    pub(super) fn refuse_bytes(self, head: &[u8]) -> Option<String> {
        let good = match self {
            Self::Bitmaps => head.starts_with(b"\x93NUMPY"),
            Self::Simplified | Self::Raw => head.starts_with(b"{"),
        };
        if good {
            return None;
        }
        let text = String::from_utf8_lossy(head).trim_start().to_ascii_lowercase();
        Some(if head.is_empty() {
            "an empty file".to_owned()
        } else if text.starts_with("<?xml") || text.starts_with("<error") {
            "an XML document, probably an error".to_owned()
        } else if text.starts_with('<') {
            "a web page (HTML)".to_owned()
        } else if text.starts_with("version https://git-lfs") {
            "a git-LFS pointer".to_owned()
        } else if head.starts_with(&[0x1f, 0x8b]) {
            "a gzip file".to_owned()
        } else {
            let shown = head.get(..8).unwrap_or(head);
            format!("something that begins with {}", shown.escape_ascii())
        })
    }
}
