//! Objects in records: one level of them becomes columns of its own, `key.inner`, as `pandas.json_normalize` makes them.

use super::flaw::Flaw;
use super::line::Record;
use super::value::Cursor;
use crate::data::columns::{BatchBuilder, Scalar};

/// Passes a value of column `slot`, and sets what it means in `record`: the value itself, or the values of an object.
pub(super) fn value<'b>(
    cursor: &mut Cursor<'b>,
    slot: usize,
    builder: &mut BatchBuilder,
    record: &mut Record<'b>,
) -> Result<(), Flaw> {
    if cursor.pass_blanks() == Some(b'{') {
        return match cursor.wrapped(&mut record.tolerated) {
            Some(value) => {
                record.set(slot, value);
                Ok(())
            }
            None => object(cursor, slot, builder, record),
        };
    }
    let value = cursor.value(&mut record.tolerated)?;
    record.set(slot, value);
    Ok(())
}

fn object<'b>(
    cursor: &mut Cursor<'b>,
    outer: usize,
    builder: &mut BatchBuilder,
    record: &mut Record<'b>,
) -> Result<(), Flaw> {
    cursor.pass(b'{');
    cursor.pass_blanks();
    let mut more = !cursor.pass(b'}');
    // Of a key that comes twice the last value counts, whatever it is.
    record.set(outer, Scalar::Spread);
    while more {
        cursor.open_key()?;
        let slot = builder.inner_slot(outer, &cursor.text(&mut record.tolerated)?);
        cursor.pass_colon()?;
        match slot {
            Some(slot) => {
                let value = cursor.value(&mut record.tolerated)?;
                record.set_inner(outer, slot, value);
            }
            None => cursor.pass_value()?,
        }
        more = cursor.more(b'}')?;
    }
    Ok(())
}
