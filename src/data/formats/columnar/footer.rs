//! The footer gate: bounds what a Parquet file's footer, and the header of a page, claim before the library reads them.
//!
//! The library allocates for as many row groups as a list claims, goes down into groups of columns by recursion, and passes over as
//! many items of a list as that claims, whether they are there or not. So every list is compared with the bytes that are left, and the
//! columns may lie only so deep. Where the library takes no byte for an item, a bool, it would read on elsewhere than this does: no
//! footer and no page has a list of these.

/// Structs in structs, and columns in columns.
const MOST_DEPTH: u32 = 48;

/// Types of Thrift's compact protocol.
const BYTE: u8 = 3;
const I16: u8 = 4;
pub(super) const I32: u8 = 5;
const I64: u8 = 6;
const DOUBLE: u8 = 7;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const SET: u8 = 10;
const MAP: u8 = 11;
pub(super) const STRUCT: u8 = 12;

/// Why a footer is not read on, as a clause.
pub(super) type What = &'static str;

/// Checks a footer, the file's metadata in Thrift's compact protocol.
pub(super) fn check(footer: &[u8]) -> Result<(), What> {
    let mut walk = Walk { rest: footer };
    let mut last = 0;
    while let Some((field, kind)) = walk.field(&mut last)? {
        // The second field is the list of columns and groups of columns, each with the number of its children.
        if field == 2 && kind == LIST { walk.columns()? } else { walk.skip(kind, 0)? }
    }
    Ok(())
}

/// Checks the header of a page, which `bytes` begin with.
pub(super) fn check_page(bytes: &[u8]) -> Result<(), What> {
    Walk { rest: bytes }.skip(STRUCT, 0)
}

/// What is left of a footer, or of the header of a page.
pub(super) struct Walk<'a> {
    pub(super) rest: &'a [u8],
}

impl Walk<'_> {
    fn byte(&mut self) -> Result<u8, What> {
        let (byte, rest) = self.rest.split_first().ok_or("its footer ends early")?;
        self.rest = rest;
        Ok(*byte)
    }

    /// A number of seven bits a byte, the lowest first.
    pub(super) fn number(&mut self) -> Result<u64, What> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err("its footer has a number of too many bytes")
    }

    fn pass(&mut self, bytes: u64) -> Result<(), What> {
        let rest = usize::try_from(bytes).ok().and_then(|bytes| self.rest.get(bytes..));
        self.rest = rest.ok_or("its footer has a text that is longer than what is left of it")?;
        Ok(())
    }

    /// The number of the next field of a struct, and its type; `None` at the struct's end.
    pub(super) fn field(&mut self, last: &mut i64) -> Result<Option<(i64, u8)>, What> {
        let head = self.byte()?;
        if head == 0 {
            return Ok(None);
        }
        *last = match head >> 4 {
            0 => signed(self.number()?),
            step => last.wrapping_add(i64::from(step)),
        };
        Ok(Some((*last, head & 0x0f)))
    }

    /// How many items a list has, and of which type.
    fn list(&mut self) -> Result<(u64, u8), What> {
        let head = self.byte()?;
        let items = if head >> 4 == 15 { self.number()? } else { u64::from(head >> 4) };
        // Each takes a byte at least.
        if items > self.rest.len() as u64 {
            return Err("its footer has a list that is longer than what is left of it");
        }
        Ok((items, head & 0x0f))
    }

    pub(super) fn skip(&mut self, kind: u8, depth: u32) -> Result<(), What> {
        if depth > MOST_DEPTH {
            return Err("its footer is nested too deep");
        }
        match kind {
            1 | 2 => Ok(()),
            BYTE => self.pass(1),
            I16 | I32 | I64 => self.number().map(drop),
            DOUBLE => self.pass(8),
            BINARY => {
                let bytes = self.number()?;
                self.pass(bytes)
            }
            LIST | SET => {
                let (items, kind) = self.list()?;
                (0..items).try_for_each(|_| self.item(kind, depth + 1))
            }
            MAP => {
                let pairs = self.number()?;
                if pairs > self.rest.len() as u64 {
                    return Err("its footer has a list that is longer than what is left of it");
                }
                let kinds = if pairs == 0 { 0 } else { self.byte()? };
                (0..pairs).try_for_each(|_| {
                    self.item(kinds >> 4, depth + 1)?;
                    self.item(kinds & 0x0f, depth + 1)
                })
            }
            STRUCT => {
                let mut last = 0;
                while let Some((_, kind)) = self.field(&mut last)? {
                    self.skip(kind, depth + 1)?;
                }
                Ok(())
            }
            _ => Err("its footer has a field of a type that there is not"),
        }
    }

    fn item(&mut self, kind: u8, depth: u32) -> Result<(), What> {
        if matches!(kind, 1 | 2) { Err("its footer has a list of bools") } else { self.skip(kind, depth) }
    }

    /// The columns in their order, children behind their group.
    fn columns(&mut self) -> Result<(), What> {
        let (items, kind) = self.list()?;
        if kind != STRUCT {
            return Err("its footer has no list of columns");
        }
        // Of each group that is not at its end yet how many children are to come.
        let mut open: Vec<u64> = Vec::new();
        for _ in 0..items {
            let (mut last, mut children) = (0, 0);
            while let Some((field, kind)) = self.field(&mut last)? {
                if field == 5 && kind == I32 {
                    children =
                        u64::try_from(signed(self.number()?)).map_err(|_| "it has a group of less than no columns")?;
                } else {
                    self.skip(kind, 1)?;
                }
            }
            if let Some(left) = open.last_mut() {
                *left -= 1;
            }
            if children > 0 {
                open.push(children);
            }
            while open.last() == Some(&0) {
                open.pop();
            }
            if open.len() > MOST_DEPTH as usize {
                return Err("its columns are nested too deep");
            }
        }
        Ok(())
    }
}

/// A number whose last bit is its sign.
pub(super) fn signed(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Field 2: a list of so many columns; each is a group of one.
    fn nested(depth: usize) -> Vec<u8> {
        let mut footer = vec![0x29, 0xfc];
        let mut items = depth;
        while items >= 0x80 {
            footer.push((items & 0x7f) as u8 | 0x80);
            items >>= 7;
        }
        footer.push(items as u8);
        for _ in 0..depth {
            // Field 5, an i32: 1.
            footer.extend([0x55, 2, 0]);
        }
        footer.push(0);
        footer
    }

    #[test]
    fn what_a_footer_claims_is_bounded_by_its_bytes_and_by_depth() {
        assert_eq!(check(&[0]), Ok(()));
        assert_eq!(check(&nested(20)), Ok(()));
        assert_eq!(check(&nested(10_000)), Err("its columns are nested too deep"));
        // Field 4, the row groups: two thousand million of them.
        let many = [0x49, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x07, 0, 0];
        assert_eq!(check(&many), Err("its footer has a list that is longer than what is left of it"));
        // Field 6, a text.
        assert_eq!(
            check(&[0x68, 0xff, 0xff, 0x03]),
            Err("its footer has a text that is longer than what is left of it")
        );
        assert_eq!(check(&[0x19]), Err("its footer ends early"));
        // Field 6, two bools.
        assert_eq!(check(&[0x69, 0x21, 1, 1, 0]), Err("its footer has a list of bools"));
        // Structs in structs.
        assert_eq!(check(&[0x1c; 200]), Err("its footer is nested too deep"));
        // The header of a page: field 4, a struct whose field 1 is a list of two thousand million doubles.
        assert_eq!(check_page(&[0x15, 0, 0]), Ok(()));
        let many = [0x4c, 0x19, 0xf7, 0xff, 0xff, 0xff, 0xff, 0x07, 0, 0];
        assert_eq!(check_page(&many), Err("its footer has a list that is longer than what is left of it"));
        assert_eq!(signed(1), -1);
        assert_eq!(signed(4), 2);
    }
}
