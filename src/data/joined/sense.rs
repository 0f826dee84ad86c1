//! Records of CSV as fields of JSON, column by column, with a sense of what all lines have in common: that is known with the last line
//! alone, so that a table may have to be read once more.

use super::cell::{Held, all_again, missing_words};
use super::separated::{distinct, text};
use super::uneven::{Besides, Uneven};
use crate::data::report::Severity;
use csv::ByteRecord;
use serde_json::Value;

/// What all lines of a table have in common.
#[derive(Clone, Debug, Default)]
pub(in crate::data) struct Sense {
    besides: Besides,
    /// Of each column; empty where nothing is known yet.
    held: Vec<Held>,
}

/// Lines on their way into fields.
pub(in crate::data) struct Sensing {
    names: Vec<String>,
    /// The same as JSON.
    keys: Vec<String>,
    besides: Besides,
    uneven: Uneven,
    held: Vec<Held>,
}

impl Sensing {
    /// Of a table whose first line names these columns.
    pub(in crate::data) fn new(named: &[String], sense: &Sense) -> Self {
        let mut names = named.to_vec();
        if sense.besides == Besides::Number {
            names.insert(0, String::new());
        }
        let names = distinct(&names);
        let keys: Vec<String> = names.iter().map(|name| Value::from(name.as_str()).to_string()).collect();
        let mut held = sense.held.clone();
        held.resize(names.len(), Held::default());
        let uneven = Uneven::new(named.len(), sense.besides);
        Self { names, keys, besides: sense.besides, uneven, held }
    }

    /// What its columns are called, no two alike.
    pub(in crate::data) fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    /// Hands on the values of a line as JSON, each with the number of its column; none of what is missing. False where it has too many
    /// cells.
    pub(in crate::data) fn fields(
        &mut self,
        record: &ByteRecord,
        is_first: bool,
        on: &mut dyn FnMut(usize, &str),
    ) -> bool {
        let Some(cells) = self.uneven.cells(record) else { return false };
        for (at, (held, cell)) in self.held.iter_mut().zip(cells).enumerate() {
            if let Some(value) = held.json(&text(cell, is_first && at == 0)) {
                on(at, &value);
            }
        }
        true
    }

    /// A line as a JSON object.
    pub(super) fn object(&mut self, record: &ByteRecord, is_first: bool) -> String {
        let (keys, mut object) = (std::mem::take(&mut self.keys), "{".to_owned());
        self.fields(record, is_first, &mut |at, value| {
            let Some(key) = keys.get(at) else { return };
            if object.len() > 1 {
                object.push(',');
            }
            object.push_str(key);
            object.push(':');
            object.push_str(value);
        });
        self.keys = keys;
        object.push('}');
        object
    }

    /// What all lines have in common and was not known, once all were seen; `has_heading` is whether the first line is one.
    pub(in crate::data) fn again(&self, has_heading: bool) -> Option<Sense> {
        if let Some(besides) = self.uneven.besides().filter(|_| has_heading) {
            return Some(Sense { besides, held: Vec::new() });
        }
        all_again(&self.held).map(|held| Sense { besides: self.besides, held })
    }

    /// Why nothing can be read of it, where that is so.
    pub(in crate::data) fn refusal(&self) -> Option<String> {
        self.uneven.warning().filter(|_| self.uneven.is_all())
    }

    /// What is to be said of it.
    pub(in crate::data) fn notes(&self) -> Vec<(Severity, String)> {
        let words = missing_words(&self.held, |at| self.names.get(at).map(String::as_str));
        let besides = match self.besides {
            Besides::Number => self.names.first().map(|name| {
                format!("each line begins with its number, over which the heading has no name: it is called {name}")
            }),
            Besides::Nothing | Besides::Blank => None,
        };
        let told = words.into_iter().chain(besides).map(|text| (Severity::Info, text));
        told.chain(self.uneven.warning().map(|text| (Severity::Warning, text))).collect()
    }
}
