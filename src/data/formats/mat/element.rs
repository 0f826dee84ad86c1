//! The elements of a MATLAB file: how each begins, and what a matrix says of itself before its values.

use crate::data::source::{Element, Stored};

/// Bytes of an element's tag.
pub(super) const TAG: u64 = 8;
/// Kinds of elements that hold others.
pub(super) const MATRIX: u32 = 14;
pub(super) const COMPRESSED: u32 = 15;
/// The most axes of a matrix that is looked at.
const MOST_AXES: u64 = 32;

/// How an element begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag {
    pub(super) kind: u32,
    /// Bytes of its content.
    pub(super) len: u64,
    /// From its beginning to its content.
    pub(super) start: u64,
}

impl Tag {
    /// The tag that `bytes` begin with; contents of up to four bytes may lie within it.
    pub(super) fn of(bytes: &[u8], big_endian: bool) -> Option<Self> {
        let first = number(bytes, 0, big_endian)?;
        if first >> 16 != 0 {
            return Some(Self { kind: first & 0xffff, len: u64::from(first >> 16), start: 4 });
        }
        Some(Self { kind: first, len: u64::from(number(bytes, 4, big_endian)?), start: TAG })
    }

    /// From its beginning to the next element's.
    fn whole(self) -> u64 {
        if self.start < TAG { TAG } else { self.start + self.len.next_multiple_of(TAG) }
    }
}

fn number(bytes: &[u8], at: usize, big_endian: bool) -> Option<u32> {
    let bytes: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(if big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
}

/// What a matrix says of itself.
#[derive(Debug)]
pub(super) struct Matrix {
    pub(super) name: String,
    pub(super) shape: Vec<usize>,
    /// What its values are in MATLAB; the words where they are not drawn.
    pub(super) class: Result<Element, &'static str>,
    /// How they lie in the file, which may be narrower; `None` where they are not drawn.
    pub(super) stored: Option<Stored>,
    /// Where they lie, in bytes from the matrix' own tag.
    pub(super) start: u64,
    pub(super) len: u64,
}

impl Matrix {
    /// Of an element of which `head` is the beginning, its tag included; `None` where it is no matrix with a name.
    pub(super) fn of(head: &[u8], big_endian: bool) -> Option<Self> {
        let tag = Tag::of(head, big_endian).filter(|tag| tag.kind == MATRIX)?;
        let mut at = tag.start;
        let mut next = || {
            let tag = Tag::of(head.get(usize::try_from(at).ok()?..)?, big_endian)?;
            let start = at + tag.start;
            at += tag.whole();
            Some((tag, start))
        };
        let content = |(tag, start): (Tag, u64)| {
            let start = usize::try_from(start).ok()?;
            head.get(start..start.checked_add(usize::try_from(tag.len).ok()?)?)
        };
        let flags = number(content(next()?)?, 0, big_endian)?;
        let (axes, axes_start) = next()?;
        if axes.len % 4 != 0 || axes.len / 4 > MOST_AXES {
            return None;
        }
        let lengths = content((axes, axes_start))?;
        let shape = (0..lengths.len() / 4).map(|axis| Some(number(lengths, 4 * axis, big_endian)? as usize));
        let shape = shape.collect::<Option<Vec<usize>>>()?;
        let name = String::from_utf8_lossy(content(next()?)?).into_owned();
        let class = class_of(flags);
        let Some((values, start)) = next().filter(|_| class.is_ok()) else {
            return Some(Self { name, shape, class, stored: None, start: 0, len: 0 });
        };
        let stored = stored_of(values.kind).map(|element| Stored { element, big_endian });
        Some(Self { name, shape, class, stored, start, len: values.len })
    }
}

/// What the flags of a matrix say of its values.
fn class_of(flags: u32) -> Result<Element, &'static str> {
    if flags & 0x0800 != 0 {
        return Err("complex numbers");
    }
    Ok(match (flags & 0xff, flags & 0x0200 != 0) {
        (9, true) => Element::Bool,
        (6, _) => Element::F64,
        (7, _) => Element::F32,
        (8, _) => Element::I8,
        (9, _) => Element::U8,
        (10, _) => Element::I16,
        (11, _) => Element::U16,
        (12, _) => Element::I32,
        (13, _) => Element::U32,
        (14, _) => Element::I64,
        (15, _) => Element::U64,
        (1, _) => return Err("cells"),
        (2, _) => return Err("structures"),
        (4, _) => return Err("text"),
        (5, _) => return Err("a sparse matrix"),
        _ => return Err("objects"),
    })
}

/// How values of an element of this kind lie.
fn stored_of(kind: u32) -> Option<Element> {
    Some(match kind {
        1 => Element::I8,
        2 => Element::U8,
        3 => Element::I16,
        4 => Element::U16,
        5 => Element::I32,
        6 => Element::U32,
        7 => Element::F32,
        9 => Element::F64,
        12 => Element::I64,
        13 => Element::U64,
        _ => return None,
    })
}

/// Whether values that lie so are those of this class without a change.
pub(super) fn is_as_stored(class: Element, stored: Stored) -> bool {
    class == stored.element || (class == Element::Bool && stored.element == Element::U8)
}

/// Appends values as those of their class, the lowest byte first.
pub(super) fn widen(class: Element, stored: Stored, bytes: &[u8], out: &mut Vec<u8>) {
    stored.for_each(bytes, |value| match class {
        Element::U8 => out.push(value as u8),
        Element::Bool => out.push(u8::from(value != 0.0)),
        Element::I8 => out.extend((value as i8).to_le_bytes()),
        Element::U16 | Element::F16 => out.extend((value as u16).to_le_bytes()),
        Element::I16 => out.extend((value as i16).to_le_bytes()),
        Element::U32 => out.extend((value as u32).to_le_bytes()),
        Element::I32 => out.extend((value as i32).to_le_bytes()),
        Element::U64 => out.extend((value as u64).to_le_bytes()),
        Element::I64 => out.extend((value as i64).to_le_bytes()),
        Element::F32 => out.extend((value as f32).to_le_bytes()),
        Element::F64 => out.extend(value.to_le_bytes()),
    });
}
