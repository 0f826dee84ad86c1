//! Lines that have not as many cells as the first, and cells that hold a word for what is missing.

use super::*;
use crate::data::columns::Column;

#[test]
fn no_value_is_read_in_another_column() {
    let folder = Folder::new(4, "");
    let uneven = folder.table("uneven.csv", "a,b\n1,2\n3\n4,5,6\n7,8\n");
    let (columns, report) = folder.open(&[&uneven], None).unwrap();
    assert_eq!((texts(&columns, "a"), texts(&columns, "b")), (owned(["1", "3", "", "7"]), owned(["2", "", "", "8"])));
    assert_eq!(
        warnings(&report),
        [
            "uneven.csv: line 3 has 1 cell, the first line 2; in all 1 line has too few: the last columns are missing there, 1 line has \
          too many, and nothing of it is read, as nobody knows which value is of which column (a separator within a value needs \
          quotation marks around the value)"
        ]
    );
    let commas =
        folder.table("commas.csv", "id,caption,size\nk,a cat, asleep,1\nl,a dog, awake,2\nm,an ox, old,3\nn,a, b,4\n");
    let error = folder.open(&[&commas], None).unwrap_err().to_string();
    assert!(error.contains("line 2 has 4 cells, the first line 3; in all 4 lines have too many"), "{error}");
    assert!(error.contains("commas.csv"), "{error}");
}

fn owned<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

#[test]
fn lines_may_begin_with_their_number_and_end_in_a_separator() {
    let folder = Folder::new(3, "");
    // R's write.table(sep = ",") has a heading without the row names; spreadsheets may leave a separator behind.
    for (text, names, told) in [
        (
            "\"word\",\"age\"\n\"1\",\"ant\",7\n\"2\",\"bee\",NA\n\"3\",\"cat\",9\n",
            &["column_1", "word", "age"][..],
            true,
        ),
        ("word,age\nant,7,\nbee,NA,\ncat,9,\n", &["word", "age"], false),
    ] {
        let (columns, report) = folder.open(&[&folder.table("t.csv", text)], None).unwrap();
        assert_eq!(columns.iter().map(Column::name).collect::<Vec<_>>(), names);
        assert_eq!(
            (texts(&columns, "word"), texts(&columns, "age")),
            (owned(["ant", "bee", "cat"]), owned(["7", "", "9"]))
        );
        assert_eq!(columns.get("age").map(Column::kind), Some(ColumnType::Number));
        assert_eq!(warnings(&report), [""; 0]);
        let said = "t.csv: each line begins with its number, over which the heading has no name: it is called column_1";
        assert_eq!(report.notes.iter().any(|note| note.text == said), told, "{report}");
    }
}

#[test]
fn words_are_missing_values_where_all_others_are_numbers() {
    let folder = Folder::new(4, "");
    // What pandas.read_csv says of all but the country: 1.5, NaN, 3.0, NaN; True, NaN, False, NaN; a time, NaN, a time, NaN.
    let text = "age,ok,when,id,country,none\n\
                1.5,TRUE,2017-03-08T21:12:07Z,007,DE,NA\n\
                NA,null,None,NA,NA,NA\n\
                3,FALSE,2018-01-01T00:00:00Z,008,FR,NA\n\
                n/a,NULL,N/A,,n/a,NA\n";
    for (name, text) in [("t.csv", text.to_owned()), ("t.tsv", text.replace(',', "\t"))] {
        let (columns, report) = folder.open(&[&folder.table(name, &text)], None).unwrap();
        let kind = |name: &str| columns.get(name).unwrap().kind();
        assert_eq!(["age", "ok", "when"].map(kind), [ColumnType::Number, ColumnType::Flag, ColumnType::Time]);
        assert_eq!(texts(&columns, "age"), ["1.5", "", "3", ""]);
        assert_eq!(texts(&columns, "ok"), ["true", "", "false", ""]);
        assert_eq!(columns.get("when").unwrap().written(Row(2)), "2018-01-01T00:00:00Z");
        assert_eq!(columns.get("when").unwrap().present(), 2);
        assert_eq!(texts(&columns, "id"), ["007", "", "008", ""], "ids keep their digits");
        assert_eq!(texts(&columns, "country"), ["DE", "NA", "FR", "n/a"], "Namibia's code is a text");
        assert_eq!(texts(&columns, "none"), ["NA"; 4], "nothing says that these were numbers");
        assert_eq!(warnings(&report), [""; 0]);
        let said = format!(
            "{name}: words stand for missing values where all others are numbers, flags or times: in age (\"NA\", 2 cells), ok \
             (\"null\", 2 cells), when (\"None\", 2 cells), id (\"NA\", 1 cell)"
        );
        assert!(report.notes.iter().any(|note| note.text == said), "{report}");
    }
}

/// As pandas 3.1 writes these: `DataFrame({"word": ["ant", "bee", None], "age": [7, 2.5, 9]}).to_json(orient=…)`.
#[test]
fn a_table_of_pandas_in_json_is_read_by_column_and_by_line() {
    let folder = Folder::new(3, "");
    let by_column = "{\"word\":{\"0\":\"ant\",\"1\":\"bee\",\"2\":null},\"age\":{\"0\":7.0,\"1\":2.5,\"2\":9.0}}";
    let by_line =
        "{\"0\":{\"word\":\"ant\",\"age\":7.0},\"1\":{\"word\":\"bee\",\"age\":2.5},\"2\":{\"word\":null,\"age\":9.0}}";
    for text in [by_column, by_line] {
        let (columns, _) = folder.open(&[&folder.table("table.json", text)], None).unwrap();
        assert_eq!(texts(&columns, "word"), ["ant", "bee", ""], "{text}");
        assert_eq!(texts(&columns, "age"), ["7", "2.5", "9"], "{text}");
        assert!(columns.get("index").is_none());
    }
    // Sorted: what stands in front of the lines are the rows' numbers.
    let sorted = folder.table("sorted.json", "{\"word\":{\"2\":\"ant\",\"0\":\"bee\",\"1\":\"cat\"}}");
    let (columns, report) = folder.open(&[&sorted], None).unwrap();
    assert_eq!(texts(&columns, "word"), ["bee", "cat", "ant"]);
    assert!(report.to_string().contains("sorted.json is joined by its column row"), "{report}");
    // Numbers of something else, some with zeros in front; a value that is missing, one too large for a float, a column of this name.
    let other = "{\"id\":{\"5\":12345678901234567890123,\"007\":2,\"9\":3},\"index\":{\"5\":\"a\",\"9\":\"c\"}}";
    let (columns, _) = folder.open(&[&folder.table("other.json", other)], None).unwrap();
    assert_eq!(texts(&columns, "id"), ["12345678901234567890123", "2", "3"]);
    assert_eq!(texts(&columns, "index"), ["a", "", "c"]);
    assert_eq!(texts(&columns, "index_2"), ["5", "007", "9"]);
    // A table of the set's name that was named is not said to be no records, too.
    let by_name = folder.table("set.json", by_column);
    let dataset_says = |report: LoadReport| report.notes.iter().any(|note| note.text.contains("was not opened"));
    assert!(!dataset_says(folder.open(&[&by_name], None).unwrap().1));
    let options = OpenOptions { tables: vec![by_name], ..OpenOptions::default() };
    let dataset = Dataset::open(&[folder.0.path().join("set.npy")], &options).unwrap();
    assert!(!dataset_says(dataset.report().clone()), "{}", dataset.report());
    let alone = Dataset::open(&[folder.0.path().join("set.npy")], &OpenOptions::default()).unwrap();
    assert!(alone.report().to_string().contains("this is one JSON object; join it by --table"), "{}", alone.report());
    std::fs::remove_file(folder.0.path().join("set.json")).unwrap();
    // What is neither is said with what to do, and one line is one.
    for nested in [
        "{\"word\": {\"a.png\": \"ant\", \"b.png\": \"bee\"}}",
        "{\"columns\":[\"word\"],\"index\":[0,1,2],\"data\":[[\"ant\"],[\"bee\"],[\"cat\"]]}",
        "{\"word\": [\"ant\", \"bee\", \"cat\"]}",
    ] {
        let error = folder.open(&[&folder.table("nested.json", nested)], None).unwrap_err().to_string();
        assert!(
            error.contains("it is one object of objects or lists") && error.contains("orient=\"records\""),
            "{error}"
        );
    }
    let one = folder.table("one.json", "{\"a\": 1, \"b\": {\"x\": 1, \"y\": 2}}");
    let error = folder.open(&[&one], None).unwrap_err().to_string();
    assert!(error.contains("it has 1 line, and there are 3 drawings"), "{error}");
}

/// 200,000 lines of a column that takes more than the longest object of a list may.
#[test]
fn a_table_by_column_may_be_longer_than_a_line() {
    let folder = Folder::new(3, "");
    let long = "x".repeat(90);
    let values: Vec<String> = (0..200_000).map(|number| format!("\"{number}\":\"{long}{number}\"")).collect();
    let table = folder.table("long.json", &format!("{{\"word\":{{{}}}}}", values.join(",")));
    let error = folder.open(&[&table], None).unwrap_err().to_string();
    assert!(error.contains("it has 200,000 lines, and there are 3 drawings"), "{error}");
    // Not so where there are two objects.
    let two = folder.table("two.json", &format!("{{\"word\":\"{}\"}}\n{{\"word\": 1}}\n", "x".repeat(17 << 20)));
    let error = folder.open(&[&two], None).unwrap_err().to_string();
    assert!(error.contains("one of its objects is longer than 16 MiB"), "{error}");
}

#[test]
fn a_value_that_goes_on_over_lines_is_warned_of_where_a_quotation_mark_may_be_missing() {
    let folder = Folder::new(3, "");
    let said = |text: &str| warnings(&folder.open(&[&folder.table("t.csv", text)], None).unwrap().1);
    let missing = said("row,label\n0,\"a\n1,\"\"b\"\"\n2,c\n");
    assert!(
        missing.iter().any(|text| text.contains("a quotation mark may be missing: a value in line 2 goes on")),
        "{missing:?}"
    );
    // Closed ones, and marks that are none.
    assert_eq!(said("row,label\n0,\"a\nb\"\n1,x\n2,y\n"), Vec::<String>::new());
    assert_eq!(said("row,label\n0,5\"\n1,x\n2,y\n"), Vec::<String>::new());
}
