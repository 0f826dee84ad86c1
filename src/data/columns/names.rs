//! Names of columns as people type and read them: separated by commas, quoted as fields of CSV are.

use crate::words::shown_text;

/// Longest part of a name that is shown, in characters.
const SHOWN: usize = 60;

/// A name as it is to be typed in a list of columns: in quotes where it is empty, holds a comma or a quote, or begins or ends
/// with a blank. Escaped and clipped for people.
pub fn quoted(name: &str) -> String {
    in_quotes(&shown_text(name, SHOWN), name)
}

/// Names as a list from which [`parse_names`] reads just these.
pub fn listed_names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| in_quotes(name, name)).collect::<Vec<_>>().join(",")
}

/// What is written of a name, in quotes where the name needs them.
fn in_quotes(written: &str, name: &str) -> String {
    let plain = !name.is_empty() && name.trim() == name && !name.contains([',', '"']);
    if plain { written.to_owned() } else { format!("\"{}\"", written.replace('"', "\"\"")) }
}

/// Plain names for the published keys; other columns keep theirs.
pub fn label(name: &str) -> &str {
    match name {
        "countrycode" => "country",
        "recognized" => "recognised",
        "timestamp" => "time",
        other => other,
    }
}

/// Names with commas between them.
pub fn quoted_names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(quoted).collect::<Vec<_>>().join(", ")
}

/// The names of a list: `word,"a,b",""`; what is wrong with it otherwise.
pub fn parse_names(list: &str) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    let mut rest = list;
    loop {
        let (name, behind) = if let Some(inside) = rest.trim_start().strip_prefix('"') {
            unquote(inside)?
        } else {
            let (name, behind) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
            (name.to_owned(), behind)
        };
        names.push(name);
        match behind.strip_prefix(',') {
            Some(more) => rest = more,
            None => return Ok(names),
        }
    }
}

/// The name up to its closing quote, and what follows from the next comma on.
fn unquote(mut inside: &str) -> Result<(String, &str), String> {
    let mut name = String::new();
    loop {
        let Some((part, behind)) = inside.split_once('"') else {
            return Err(
                "a quote is opened and not closed; names with commas are quoted as in `\"a,b\",word`".to_owned()
            );
        };
        name.push_str(part);
        if let Some(more) = behind.strip_prefix('"') {
            name.push('"');
            inside = more;
            continue;
        }
        let behind = behind.trim_start();
        if !behind.is_empty() && !behind.starts_with(',') {
            return Err("a comma must follow a closing quote; a quote inside of a name is written twice".to_owned());
        }
        return Ok((name, behind));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;

    #[test]
    fn case_c16_names_are_read_as_they_are_quoted() {
        for names in [&["a", "b c"][..], &["a,b", "", " lead", "x\"y", "row"], &["tail "], &["", ""]] {
            let list = names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(",");
            assert_eq!(parse_names(&list).unwrap(), names, "{list}");
            assert_eq!(parse_names(&listed_names(names.iter().copied())).unwrap(), names);
            assert_eq!(parse_names(&quoted_names(names.iter().copied())).unwrap().len(), names.len(), "{list}");
        }
        let long = "long ".repeat(50) + "\n,";
        assert_eq!(
            parse_names(&listed_names(["a", &long].into_iter())).unwrap(),
            ["a", &long],
            "not clipped or escaped"
        );
        assert_eq!(parse_names("a,b").unwrap(), ["a", "b"]);
        assert_eq!(parse_names(" \"a,b\" , c").unwrap(), ["a,b", " c"]);
        assert!(parse_names("\"a,b").unwrap_err().contains("not closed"));
        assert!(parse_names("\"a\"b").unwrap_err().contains("comma"));
    }
}
