//! Columns that no record holds, beside those of the records: the tags that somebody gave the drawings, and their clusters.

use super::MAX_CATEGORIES;
use super::column::Column;
use super::dictionary::Dictionary;
use super::set::Columns;
use super::store::NO_CODE_16;
use crate::data::tags::Tags;
use std::collections::HashMap;

/// A column that no record holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// What somebody gave the drawings.
    Tags,
    /// Which drawings hold together.
    Clusters,
}

impl Added {
    /// How many there are.
    pub(super) const COUNT: usize = 2;
    /// Every one.
    pub(super) const ALL: [Self; Self::COUNT] = [Self::Tags, Self::Clusters];

    /// What it is called, unless the records have a key of this name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tags => "tag",
            Self::Clusters => "cluster",
        }
    }
}

impl Columns {
    /// Whether a column is the one of tags, or of clusters.
    pub fn is_added(&self, what: Added, column: &Column) -> bool {
        self.added(what).is_some_and(|added| std::ptr::eq(added, column))
    }

    /// The same with a column of tags, in place of an earlier one; of `rows` rows where there are no records.
    #[must_use]
    pub fn with_tags(&self, rows: u32, tags: &Tags) -> Self {
        let letters = tags.iter().map(|(row, tag)| (row, tag.letter()));
        self.with_added(Added::Tags, rows, letters, |letter| letter.to_string())
    }

    /// The same with a column of clusters, in place of an earlier one: "1" for those of the first cluster, and so on; missing where
    /// a row is in none. Of more than [`MAX_CATEGORIES`] clusters the last ones are left out.
    #[must_use]
    pub fn with_clusters(&self, cluster_of: &[Option<u32>]) -> Self {
        let rows = cluster_of.len() as u32;
        let known = |cluster: &u32| (*cluster as usize) < MAX_CATEGORIES;
        let clusters = (0..).zip(cluster_of).filter_map(|(row, cluster)| Some((row, cluster.filter(known)?)));
        self.with_added(Added::Clusters, rows, clusters, |cluster| (u64::from(cluster) + 1).to_string())
    }

    fn with_added<T: Copy + Eq + std::hash::Hash>(
        &self,
        what: Added,
        rows: u32,
        values: impl Iterator<Item = (u32, T)>,
        text: impl Fn(T) -> String,
    ) -> Self {
        let mut columns = self.clone();
        columns.finish(rows);
        let mut codes = vec![NO_CODE_16; columns.rows_loaded() as usize];
        let mut dictionary = Dictionary::default();
        // A million rows have a few different values: their texts are looked up once.
        let mut known = HashMap::new();
        for (row, value) in values {
            let code = *known.entry(value).or_insert_with(|| {
                dictionary.code(&text(value)).and_then(|code| u16::try_from(code).ok()).unwrap_or(NO_CODE_16)
            });
            if let Some(place) = codes.get_mut(row as usize) {
                *place = code;
            }
        }
        dictionary.freeze();
        columns.put(what, |name| Column::of_codes(name, codes, dictionary));
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
        assert!(columns.added(Added::Tags).is_none() && tagged.added(Added::Tags).is_some());
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
        assert_eq!(alone.added(Added::Tags).unwrap().text(Row(1)), "A");
    }

    #[test]
    fn clusters_are_a_category_beside_tags_and_rows_in_none_are_missing() {
        let tags = Tags::default().with([1].into_iter(), Tag::of('A'), 1);
        let columns = with_key("cluster").with_tags(4, &tags).with_clusters(&[Some(1), None, Some(0), Some(1)]);
        let column = columns.added(Added::Clusters).unwrap();
        assert_eq!((column.name(), column.kind()), ("cluster_2", ColumnType::Category));
        assert_eq!((0..4).map(|row| column.text(Row(row))).collect::<Vec<_>>(), ["2", "", "1", "2"]);
        assert_eq!(column.missing(), 1);
        // Others take its place, and what is usual to group by stays.
        let other = columns.with_clusters(&[Some(0); 4]);
        assert_eq!((other.len(), other.added(Added::Clusters).unwrap().distinct()), (3, 1));
        assert_eq!(other.added(Added::Tags).unwrap().text(Row(1)), "A");
        assert_eq!(other.usual().unwrap().name(), "cluster");
        let kept = "cluster_2 = 2".parse::<crate::data::columns::query::Condition>().unwrap();
        assert_eq!(kept.evaluate(&columns, 4).unwrap().rows, [true, false, false, true]);
    }
}
