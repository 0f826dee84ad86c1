//! Lines of a table that have not as many cells as its first one: which cell is of which column there, if that can be known.
//!
//! Fewer cells are those of the first columns, and the others are missing. Of more it cannot be known which is one too many, so that
//! nothing is read of such a line; unless all lines have one more, which is a row number without a heading, as R writes it, or nothing
//! behind a last separator.

use crate::words::counted;
use csv::ByteRecord;

/// What all lines have besides the columns that the first line names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::data) enum Besides {
    #[default]
    Nothing,
    /// A blank cell at the end.
    Blank,
    /// The number of the line in front.
    Number,
}

/// Lines of a table, as far as they were seen.
#[derive(Clone, Debug)]
pub(in crate::data) struct Uneven {
    /// Cells of the first line.
    columns: usize,
    besides: Besides,
    lines: u64,
    short: u64,
    long: u64,
    /// The first that differs: its number and cells.
    first: Option<(u64, usize)>,
    /// Lines of one cell more than columns: those of which the last is blank, and those of which the first counts them from 0 or 1.
    blank: u64,
    numbered: [u64; 2],
}

impl Uneven {
    /// Of a table whose first line has so many cells.
    pub(in crate::data) fn new(columns: usize, besides: Besides) -> Self {
        Self { columns, besides, lines: 0, short: 0, long: 0, first: None, blank: 0, numbered: [0; 2] }
    }

    /// The cells of a line that belong to the columns, in their order; `None` where it has too many.
    pub(in crate::data) fn cells<'r>(&mut self, record: &'r ByteRecord) -> Option<impl Iterator<Item = &'r [u8]>> {
        let count = record.len();
        let expected = self.columns + usize::from(self.besides != Besides::Nothing);
        if count == self.columns + 1 {
            let number = record.get(0).and_then(|cell| std::str::from_utf8(cell).ok()?.trim().parse::<u64>().ok());
            self.blank += u64::from(record.iter().next_back().is_some_and(|cell| cell.trim_ascii().is_empty()));
            for (from, numbered) in (0..).zip(&mut self.numbered) {
                *numbered += u64::from(number == Some(self.lines + from));
            }
        }
        self.lines += 1;
        if count != expected {
            self.short += u64::from(count < expected);
            self.long += u64::from(count > expected);
            let line = record.position().map_or(self.lines, csv::Position::line);
            self.first.get_or_insert((line, count));
        }
        let at_most = self.columns + usize::from(self.besides == Besides::Number);
        (count <= expected).then(|| record.iter().take(at_most))
    }

    /// What all lines have besides, where that was not known yet.
    pub(in crate::data) fn besides(&self) -> Option<Besides> {
        if self.besides != Besides::Nothing || self.lines == 0 {
            return None;
        }
        match self.lines {
            lines if self.numbered.contains(&lines) => Some(Besides::Number),
            lines if self.blank == lines => Some(Besides::Blank),
            _ => None,
        }
    }

    /// Whether nothing can be read of any line.
    pub(in crate::data) fn is_all(&self) -> bool {
        self.long > 0 && self.long == self.lines
    }

    /// What is to be warned of.
    pub(in crate::data) fn warning(&self) -> Option<String> {
        let (line, cells) = self.first?;
        let expected = self.columns + usize::from(self.besides != Besides::Nothing);
        let mut said = Vec::new();
        if self.short > 0 {
            said.push(format!(
                "{} too few: the last columns are missing there",
                counted(self.short, "line has", "lines have")
            ));
        }
        if self.long > 0 {
            let advice = "a separator within a value needs quotation marks around the value";
            said.push(format!(
                "{} too many, and nothing of it is read, as nobody knows which value is of which column ({advice})",
                counted(self.long, "line has", "lines have")
            ));
        }
        let first = format!("line {line} has {}, the first line {expected}", counted(cells as u64, "cell", "cells"));
        Some(format!("{first}; in all {}", said.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(columns: usize, lines: &[&[&str]]) -> (Vec<Option<Vec<String>>>, Uneven) {
        let read = |besides| {
            let mut uneven = Uneven::new(columns, besides);
            let text = |cell: &[u8]| String::from_utf8_lossy(cell).into_owned();
            let cells = |line: &&[&str]| {
                let record = ByteRecord::from(line.to_vec());
                uneven.cells(&record).map(|cells| cells.map(text).collect())
            };
            (lines.iter().map(cells).collect::<Vec<_>>(), uneven)
        };
        let (cells, uneven) = read(Besides::Nothing);
        uneven.besides().map_or((cells, uneven), read)
    }

    fn owned(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn a_cell_too_many_is_in_no_column() {
        let (cells, uneven) = read(2, &[&["a", "b"], &["a"], &["a", "b", "c"], &["a", "b", ""]]);
        assert_eq!(cells, [Some(owned(&["a", "b"])), Some(owned(&["a"])), None, None]);
        assert!(!uneven.is_all());
        let said = uneven.warning().unwrap_or_default();
        assert!(said.contains("2 has 1 cell, the first line 2; in all 1 line has too few"), "{said}");
        assert!(said.contains("2 lines have too many"), "{said}");
        let (cells, uneven) = read(2, &[&["a", "b", "c"], &["7", "b", "c"]]);
        assert_eq!((cells, uneven.is_all()), (vec![None, None], true));
    }

    #[test]
    fn all_lines_may_have_their_number_or_nothing_besides() {
        for from in [0, 1] {
            let numbers: Vec<String> = (from..from + 3).map(|number: u32| number.to_string()).collect();
            let lines: Vec<[&str; 3]> = numbers.iter().map(|number| [number, "a", "b"]).collect();
            let lines: Vec<&[&str]> = lines.iter().map(|line| &line[..]).collect();
            let (cells, uneven) = read(2, &lines);
            let last = Some(owned(&[&(from + 2).to_string(), "a", "b"]));
            assert_eq!((&cells[2], uneven.warning()), (&last, None));
        }
        let (cells, uneven) = read(2, &[&["a", "b", ""], &["c", "d", " "]]);
        assert_eq!((cells, uneven.warning()), (vec![Some(owned(&["a", "b"])), Some(owned(&["c", "d"]))], None));
    }
}
