//! Texts of strangers inside a page: they stay texts.

use std::io::{self, Write};

/// A text for markup.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Nothing to see, and some of them turn what follows around.
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Takes JSON that goes into a script element: no `</script>` and no `<!--` can begin in it. These signs stand in JSON within texts
/// alone, where an escape means the same.
pub(super) struct Json<'a>(pub(super) &'a mut dyn Write);

impl Write for Json<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| matches!(byte, b'<' | b'>' | b'&')) {
            match piece.split_last() {
                Some((&last, before)) if matches!(last, b'<' | b'>' | b'&') => {
                    self.0.write_all(before)?;
                    write!(self.0, "\\u{last:04x}")?;
                }
                _ => self.0.write_all(piece)?,
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_element() {
        let hostile = "</script><!-- <b onclick='x' title=\"y\"> &amp; \u{2028}";
        let mut out = Vec::new();
        serde_json::to_writer(Json(&mut out), hostile).unwrap();
        let json = String::from_utf8(out).unwrap();
        assert!(!json.contains(['<', '>', '&']), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), hostile);
        let markup = html(hostile);
        assert!(!markup.contains(['<', '>', '"', '\'']), "{markup}");
        assert!(markup.contains("&amp;amp;"), "{markup}");
    }
}
