//! Which line of a table belongs to which drawing.

mod said;

use super::path_end::ByEnd;
use super::same_name::{self, Says};
use super::{ByName, JoinError, Table};
use crate::data::Row;
use crate::data::columns::{Batch, BatchBuilder, Column, Scalar, Value, quoted};
use crate::data::report::{LoadReport, Severity};
use crate::words::{counted, thousands};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The column of row numbers.
const ROW: &str = "row";
/// Columns by which tables and pictures find one another without being asked to.
const NAMES: [&str; 1] = ["file_name"];
/// Keys that are named in a note.
const NAMED: usize = 3;

/// The tables of a set on their way into the batches of its records.
#[derive(Debug)]
pub(in crate::data) struct Join<'a> {
    tables: Vec<Joining<'a>>,
    /// Columns that have been given, by the records or by tables.
    taken: HashSet<String>,
    /// What keys of the records are called that came only after a table had given their names.
    renamed: HashMap<String, String>,
}

/// One table.
#[derive(Debug)]
struct Joining<'a> {
    table: &'a Table,
    key: Option<&'a str>,
    /// Drawings of the whole set, and those of them that are open.
    total: u32,
    open: Range<u32>,
    /// Decided with the first records.
    by: Option<By>,
    /// Columns that the first of these have, and whether any have the key.
    own: Vec<String>,
    has_key: bool,
    /// Its own column by which that is.
    column: Option<String>,
    /// What is to be said of that.
    why: Option<(Severity, String)>,
    /// What its columns are called in the set; `None` of that by which it is joined.
    names: Vec<Option<String>>,
    /// Its lines by the ends of file names, where it is joined by those and pictures have names.
    by_end: Option<(ByEnd<u32>, &'a HashSet<String>)>,
    /// Drawings that were found so, and what the first is called.
    so_found: u64,
    first_so: Option<String>,
    /// Lines that belong to a drawing.
    met: Vec<bool>,
    /// Drawings without a line, and what the first ones are called.
    without: u64,
    first_without: Vec<String>,
}

/// By what a line belongs to a drawing.
#[derive(Debug)]
enum By {
    /// The i-th line is row i's, of the whole set or of the slice that is open.
    Position { first: u32 },
    /// A column of numbers of rows of the whole set.
    Row(ByName<'static, u32>),
    /// A column that the records have under the same name.
    Key(String, ByName<'static, u32>),
}

impl<'a> Join<'a> {
    /// The tables of a set of `total` drawings of which `open` are open.
    pub(in crate::data) fn new(tables: &'a [Table], key: Option<&'a str>, total: u32, open: Range<u32>) -> Self {
        let joining = |table: &'a Table| Joining {
            table,
            key,
            total,
            open: open.clone(),
            by: None,
            own: Vec::new(),
            has_key: false,
            column: None,
            why: None,
            names: Vec::new(),
            by_end: None,
            so_found: 0,
            first_so: None,
            met: vec![false; table.rows as usize],
            without: 0,
            first_without: Vec::new(),
        };
        Self { tables: tables.iter().map(joining).collect(), taken: HashSet::new(), renamed: HashMap::new() }
    }

    /// Whether there is nothing to join.
    pub(in crate::data) fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// Adds what tables say of the rows of a batch, which begins with row `first` of the whole set.
    pub(in crate::data) fn add(&mut self, first: u32, batch: &mut Batch) -> Result<(), JoinError> {
        let names: Vec<String> = batch.names().map(str::to_owned).collect();
        for name in names {
            let is_of_table = self.tables.iter().any(|table| table.names.iter().flatten().any(|given| *given == name));
            if is_of_table {
                let other = self.renamed.entry(name.clone()).or_insert_with(|| free(&name, &self.taken)).clone();
                batch.rename(&name, &other);
                self.taken.insert(other);
            } else {
                self.taken.insert(name);
            }
        }
        for joining in &mut self.tables {
            if joining.by.is_none() {
                joining.begin(first, batch, &mut self.taken)?;
            }
            joining.add(first, batch);
        }
        Ok(())
    }

    /// Says how each table was joined, and what did not match.
    pub(in crate::data) fn say(&self, report: &mut LoadReport) -> Result<(), JoinError> {
        self.tables.iter().try_for_each(|joining| joining.say(report))
    }
}

impl Joining<'_> {
    /// Decides by what the table is joined, and how its columns are called.
    fn begin(&mut self, row: u32, batch: &Batch, taken: &mut HashSet<String>) -> Result<(), JoinError> {
        let has = |name: &str| batch.names().any(|own| own == name);
        let table = self.table;
        let known = NAMES.into_iter().find(|name| table.column(name).is_some() && has(name));
        let key = self.key.map(|key| table.both(key));
        let by_row = || table.column(ROW).map(|_| (ROW, ROW));
        let (by, column) = match key.or_else(by_row).or(known.map(|name| (name, name))) {
            Some((ROW, theirs)) => (By::Row(table.lines_by(theirs)?), Some(theirs.to_owned())),
            Some((ours, theirs)) => (By::Key(ours.to_owned(), table.lines_by(theirs)?), Some(theirs.to_owned())),
            None => self.by_same_name(row, batch)?,
        };
        self.column = column;
        self.own = batch.names().map(str::to_owned).collect();
        for column in table.columns.iter() {
            let name = (self.column.as_deref() != Some(column.name())).then(|| free(column.name(), taken));
            taken.extend(name.clone());
            self.names.push(name);
        }
        if let (By::Key(key, lines), Some(shared)) = (&by, &self.table.shared)
            && NAMES.contains(&key.as_str())
        {
            self.by_end = Some((ByEnd::of(lines.iter()), shared));
        }
        self.by = Some(by);
        Ok(())
    }

    /// By position, unless a column that both have says otherwise.
    fn by_same_name(&mut self, row: u32, batch: &Batch) -> Result<(By, Option<String>), JoinError> {
        let first = self.first_line()?;
        Ok(match same_name::says(self.table, batch, row.checked_sub(first)) {
            Some(Says::Key(name, lines)) => {
                let text = format!("both have {} with the same values in another order", quoted(&name));
                self.why = Some((Severity::Info, text));
                (By::Key(name.clone(), lines), Some(name))
            }
            says => {
                let doubt = says.and_then(|says| if let Says::Doubt(text) = says { Some(text) } else { None });
                self.why = doubt.map(|text| (Severity::Warning, text));
                (By::Position { first }, None)
            }
        })
    }

    /// The row of the whole set that the first line is of, where position decides.
    fn first_line(&self) -> Result<u32, JoinError> {
        let (lines, open) = (self.table.rows, self.open.end - self.open.start);
        match lines {
            _ if lines == self.total => Ok(0),
            _ if lines == open => Ok(self.open.start),
            _ => {
                let (lines, drawings) = (counted(lines.into(), "line", "lines"), thousands(self.total.into()));
                let what = format!(
                    "it has {lines}, and there are {drawings} drawings: name the column that both have with --join"
                );
                Err(JoinError::no_table(&self.table.path, &what))
            }
        }
    }

    fn add(&mut self, first: u32, batch: &mut Batch) {
        let keys = match &self.by {
            Some(By::Key(key, _)) => batch.texts(key),
            _ => None,
        };
        self.has_key |= keys.is_some();
        let columns: Vec<(&str, &Column)> = self
            .names
            .iter()
            .zip(self.table.columns.iter())
            .filter_map(|(name, column)| Some((name.as_deref()?, column)))
            .collect();
        let mut builder = BatchBuilder::new();
        for at in 0..batch.rows() {
            builder.push_row();
            let row = first + at;
            let key = keys.as_ref().and_then(|keys| keys.get(at as usize)?.as_deref());
            let line = match &self.by {
                Some(By::Position { first }) => row.checked_sub(*first).filter(|line| *line < self.table.rows),
                Some(By::Row(lines)) => lines.get(&row.to_string()),
                Some(By::Key(_, lines)) => key.and_then(|key| lines.get(key)),
                None => None,
            };
            let by_end = || {
                let (lines, shared) = self.by_end.as_ref()?;
                lines.get(key?, shared)
            };
            let line = match line {
                None => by_end().inspect(|_| {
                    self.so_found += 1;
                    self.first_so = self.first_so.take().or_else(|| key.map(str::to_owned));
                }),
                line => line,
            };
            let Some(line) = line else {
                self.without += 1;
                if self.first_without.len() < NAMED {
                    self.first_without.push(key.map_or_else(|| format!("row {row}"), |key| format!("{key:?}")));
                }
                continue;
            };
            if let Some(met) = self.met.get_mut(line as usize) {
                *met = true;
            }
            for (name, column) in &columns {
                if let Some(slot) = builder.slot(name) {
                    builder.set_slot(slot, &scalar(column, Row(line)));
                }
            }
        }
        batch.beside(builder.finish());
    }
}

/// A name, with a number where it is taken.
pub(in crate::data) fn free(name: &str, taken: &HashSet<String>) -> String {
    let others = (2..).map(|number| format!("{name}_{number}"));
    std::iter::once(name.to_owned()).chain(others).find(|name| !taken.contains(name)).unwrap_or_default()
}

/// A value as the records of the set could hold it: times keep their spelling.
fn scalar(column: &Column, row: Row) -> Scalar<'_> {
    match column.value(row) {
        Value::Time(_) => Scalar::Text(column.written(row).into()),
        value => value.into(),
    }
}
