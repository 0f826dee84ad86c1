//! What the user is told, word for word: the table of `docs/reliability.md` is where these words stand, for readers and tests.
#![allow(dead_code, reason = "each test uses its own part of this")]

use std::cell::RefCell;

/// The page with the table.
const PAGE: &str = include_str!("../../docs/reliability.md");

/// A row of the table.
#[derive(Debug)]
pub struct Fault {
    /// Its number, from 1.
    pub number: u32,
    /// The messages, each with `…` where numbers, names and paths stand.
    pub messages: Vec<String>,
    /// Names of the tests.
    pub tests: Vec<String>,
}

/// All rows in the page's order.
pub fn faults() -> Vec<Fault> {
    let rows = PAGE.lines().filter_map(|line| {
        let cells: Vec<String> = cells(line);
        let number = cells.first()?.parse().ok()?;
        assert_eq!(cells.len(), 5, "number, fault, message, exit code and tests: {line}");
        let messages = between(&cells[2], '“', '”');
        let tests = between(&cells[4], '`', '`');
        Some(Fault { number, messages, tests })
    });
    rows.collect()
}

/// A row of the table of cases from the field.
#[derive(Debug)]
pub struct Case {
    /// Its name, such as `c01`: the names of its tests begin with `case_c01_`.
    pub name: String,
    /// The messages, as in [`Fault`].
    pub messages: Vec<String>,
    /// Names of the tests.
    pub tests: Vec<String>,
}

/// All cases in the page's order.
pub fn cases() -> Vec<Case> {
    let table = PAGE.split_once("## Cases from the field").expect("a table of cases").1;
    let table = table.split_once("\n## ").map_or(table, |(table, _)| table);
    let rows = table.lines().filter_map(|line| {
        let cells: Vec<String> = cells(line);
        let name = cells.first()?.strip_prefix('`')?.strip_suffix('`')?.to_owned();
        assert_eq!(cells.len(), 4, "case, situation, what happens and tests: {line}");
        Some(Case { name, messages: between(&cells[2], '“', '”'), tests: between(&cells[3], '`', '`') })
    });
    rows.collect()
}

/// The cells of a table's line; `\|` is a bar inside of one.
fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().strip_prefix('|').and_then(|rest| rest.strip_suffix('|'));
    let bar = "\u{0}";
    let cell = |cell: &str| cell.trim().replace(bar, "|");
    inner.map_or_else(Vec::new, |inner| inner.replace("\\|", bar).split('|').map(cell).collect())
}

fn between(text: &str, open: char, close: char) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(open) {
        let (inside, behind) = after.split_once(close).expect("what is opened is closed");
        parts.push(inside.to_owned());
        rest = behind;
    }
    parts
}

/// The messages of one row, and which of them were told.
#[derive(Debug)]
pub struct Told {
    row: String,
    messages: Vec<String>,
    seen: RefCell<Vec<bool>>,
}

impl Told {
    /// The messages of the row of this number.
    pub fn row(number: u32) -> Self {
        let fault = faults().into_iter().find(|fault| fault.number == number).expect("a row of this number");
        Self::of(number.to_string(), fault.messages)
    }

    /// The messages of the case of this name.
    pub fn case(name: &str) -> Self {
        let case = cases().into_iter().find(|case| case.name == name).expect("a case of this name");
        Self::of(case.name, case.messages)
    }

    fn of(row: String, messages: Vec<String>) -> Self {
        Self { row, seen: RefCell::new(vec![false; messages.len()]), messages }
    }

    /// What stands at each `…` of the message that `text` is word for word; a text that is none of the row's fails.
    pub fn values(&self, text: &str) -> Vec<String> {
        let found = self.messages.iter().enumerate().find_map(|(place, message)| Some((place, values(message, text)?)));
        let Some((place, values)) = found else {
            panic!("row {} of docs/reliability.md has not the message {text:?}, but {:#?}", self.row, self.messages)
        };
        self.seen.borrow_mut()[place] = true;
        values
    }

    /// The values of what a program wrote as an error, whose beginning is taken away.
    pub fn error(&self, text: &str) -> Vec<String> {
        let bare = text.trim_end().strip_prefix("error: ");
        self.values(bare.unwrap_or_else(|| panic!("no error is told: {text:?}")))
    }

    /// Fails where a message of the row was not told.
    pub fn all(self) {
        for (message, seen) in self.messages.iter().zip(self.seen.into_inner()) {
            assert!(seen, "row {}: nothing says {message:?}", self.row);
        }
    }
}

/// The shortest texts that make `message` out of `text`, one for each `…`.
fn values(message: &str, text: &str) -> Option<Vec<String>> {
    let mut parts = message.split('…');
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut values = Vec::new();
    let mut parts: Vec<&str> = parts.collect();
    let last = parts.pop();
    for part in parts {
        let (value, after) = rest.split_once(part)?;
        values.push(value.to_owned());
        rest = after;
    }
    match last {
        Some(last) => values.push(rest.strip_suffix(last)?.to_owned()),
        None if !rest.is_empty() => return None,
        None => {}
    }
    Some(values)
}

#[test]
fn a_message_is_held_word_for_word() {
    let of = |message, text| values(message, text).map(|values| values.join("+"));
    assert_eq!(of("claims … bytes, has …: …", "claims 3 × 4 bytes, has 5: /a: b"), Some("3 × 4+5+/a: b".to_owned()));
    assert_eq!(of("no … here", "no room here"), Some("room".to_owned()));
    assert_eq!(of("plain", "plain"), Some(String::new()));
    for text in ["no room there", "so no room here", "no room here."] {
        assert_eq!(of("no … here", text), None, "{text}");
    }
    assert_eq!(of("plain", "plainer"), None);
    assert_eq!(cells(r"| a \| b | c |"), ["a | b", "c"]);
}
