//! The column of tags: made from what somebody gave the drawings, beside those of the records.

use super::column::Column;
use super::dictionary::Dictionary;
use super::set::Columns;
use super::store::NO_CODE_16;
use crate::data::tags::Tags;

impl Columns {
    /// The same with a column of tags, in place of an earlier one; of `rows` rows where there are no records.
    #[must_use]
    pub fn with_tags(&self, rows: u32, tags: &Tags) -> Self {
        let mut columns = self.clone();
        columns.finish(rows);
        let mut codes = vec![NO_CODE_16; columns.rows_loaded() as usize];
        let mut dictionary = Dictionary::default();
        for (row, tag) in tags.iter() {
            let code = dictionary.code(tag.letter().encode_utf8(&mut [0; 4])).and_then(|code| u16::try_from(code).ok());
            if let (Some(place), Some(code)) = (codes.get_mut(row as usize), code) {
                *place = code;
            }
        }
        dictionary.freeze();
        columns.put_tags(|name| Column::of_codes(name, codes, dictionary));
        columns
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;
    use crate::data::Row;
    use crate::data::columns::{BatchBuilder, ColumnType, Value};
    use crate::data::tags::Tag;

    fn with_key(key: &str) -> Columns {
        let (mut columns, mut builder) = (Columns::new(), BatchBuilder::new());
        for value in ["x", "y", "z"] {
            builder.push_row();
            builder.set(key, Value::Text(value));
        }
        columns.append(0, builder.finish());
        columns.finish(4);
        columns
    }

    #[test]
    fn tags_are_a_column_like_others_and_change_no_other_one() {
        let columns = with_key("word");
        let tags = Tags::default().with([0, 3].into_iter(), Tag::of('B'), 1).with([1].into_iter(), Tag::of('A'), 1);
        let tagged = columns.with_tags(4, &tags);
        let column = tagged.named("tag").unwrap();
        let texts: Vec<String> = (0..4).map(|row| column.text(Row(row))).collect();
        assert_eq!(texts, ["B", "A", "", "B"]);
        assert_eq!((column.kind(), column.distinct(), column.missing()), (ColumnType::Category, 2, 1));
        assert_eq!(tagged.named("word").unwrap().text(Row(2)), "z");
        let kept = "tag = A or tag is missing".parse::<crate::data::columns::query::Condition>().unwrap();
        assert_eq!(kept.evaluate(&tagged, 4).unwrap().rows, [false, true, true, false]);
        // Others take its place.
        let fewer = tagged.with_tags(4, &Tags::default());
        assert_eq!((fewer.len(), fewer.named("tag").unwrap().value(Row(0))), (2, Value::Missing));
        assert!(columns.tags().is_none() && tagged.tags().is_some());
    }

    #[test]
    fn a_key_of_the_records_keeps_its_name_and_sets_without_records_have_tags() {
        let tags = Tags::default().with([1].into_iter(), Tag::of('A'), 1);
        let both = with_key("tag").with_tags(4, &tags);
        assert_eq!(
            (both.named("tag").unwrap().text(Row(1)), both.named("tag_2").unwrap().text(Row(1))),
            ("y".to_owned(), "A".to_owned())
        );
        let alone = Columns::new().with_tags(4, &tags);
        assert!(alone.is_finished() && alone.len() == 1);
        assert_eq!(alone.tags().unwrap().text(Row(1)), "A");
    }
}
