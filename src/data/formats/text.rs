//! Signs of files of text, whose first bytes may be blank or a byte order mark.

/// How many bytes at the start are looked at.
const LOOKED_AT: usize = 512;

fn text(head: &[u8]) -> &[u8] {
    let start = head.get(..LOOKED_AT).unwrap_or(head);
    start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start()
}

fn begins(head: &[u8], words: &[&[u8]]) -> bool {
    let text = text(head);
    words.iter().any(|word| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
}

pub(super) fn is_html(head: &[u8]) -> bool {
    begins(head, &[b"<!doctype html", b"<html", b"<head", b"<!--"])
}

/// An XML text whose first element, as far as that shows, is a drawing.
pub(super) fn is_svg(head: &[u8]) -> bool {
    let is_named = |text: &[u8]| {
        text.windows(5).any(|word| word.starts_with(b"<svg") && !word.last().is_some_and(u8::is_ascii_alphanumeric))
    };
    begins(head, &[b"<svg"]) || (begins(head, &[b"<?xml"]) && is_named(text(head)))
}

pub(super) fn is_xml(head: &[u8]) -> bool {
    begins(head, &[b"<?xml"])
}

pub(super) fn is_object(head: &[u8]) -> bool {
    text(head).first() == Some(&b'{')
}

pub(super) fn is_array(head: &[u8]) -> bool {
    text(head).first() == Some(&b'[')
}
