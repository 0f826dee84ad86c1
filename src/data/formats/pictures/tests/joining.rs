//! Tables beside pictures: which pictures their lines are of, and what is said of those that are of none.

use super::archives::archive;
use super::*;

/// A set in a folder: pictures of these names, and these tables.
fn set(pictures: &[&str], tables: &[(&str, &[u8])]) -> Folder {
    let folder = Folder::new();
    for name in pictures {
        folder.png(&format!("set/{name}"), (4, 4), [7; 4]);
    }
    for (name, content) in tables {
        folder.bytes(&format!("set/{name}"), content);
    }
    folder
}

/// The values of a column, and the warnings.
fn joined(pictures: &[&str], tables: &[(&str, &[u8])], column: &str) -> (Vec<String>, Vec<String>) {
    let dataset = set(pictures, tables).open("set");
    let columns = columns(&dataset);
    let values = columns.get(column).map_or_else(Vec::new, |_| texts(&columns, column));
    (values, dataset.report().warnings().map(|note| note.text.clone()).collect())
}

#[test]
fn tables_of_inputs_of_one_name_are_of_their_own_pictures() {
    let folder = Folder::new();
    let paths = ["test", "train"].map(|part| {
        let (picture, table) = (png((4, 4), [1; 4]), format!("file_name,label\n1.png,{part}\n"));
        let files: [(&str, &[u8]); 2] = [("1.png", &picture), ("metadata.csv", table.as_bytes())];
        folder.bytes(&format!("{part}/images.tar"), &archive(&files));
        folder.png(&format!("{part}/images/1.png"), (4, 4), [1; 4]);
        folder.bytes(&format!("{part}/images/metadata.csv"), table.as_bytes());
        folder.path(part)
    });
    for name in ["images.tar", "images"] {
        let dataset = open(&paths.each_ref().map(|path| path.join(name)));
        let columns = columns(&dataset);
        assert_eq!(texts(&columns, "label"), ["test", "train"], "{name}");
        assert_eq!(texts(&columns, "file_name"), ["test", "train"].map(|part| format!("{part}/{name}/1.png")));
        assert!(dataset.report().warnings().next().is_none(), "{}", dataset.report());
    }
}

#[test]
fn what_is_said_of_one_of_several_inputs_names_that_one() {
    let folder = Folder::new();
    let picture = png((4, 4), [1; 4]);
    let good: [(&str, &[u8]); 2] = [("1.png", &picture), ("metadata.csv", b"file_name,label\n1.png,a\n")];
    folder.bytes("good.tar", &archive(&good));
    folder.bytes("odd.tar", &archive(&[("1.png", &picture), ("metadata.csv", b"name\n1\n"), ("more.bin", b"1")]));
    let open = |names: &[&str]| open(&names.iter().map(|name| folder.path(name)).collect::<Vec<_>>());
    let said_of = |dataset: &Dataset, text: &str| {
        let mut notes = dataset.report().notes.iter().filter(|note| note.text.contains(text));
        notes.next().unwrap_or_else(|| panic!("{text}: {}", dataset.report())).path.clone()
    };
    let both = open(&["good.tar", "odd.tar"]);
    for (text, file) in [("is joined", "good.tar"), ("was not joined", "odd.tar"), ("of other kinds", "odd.tar")] {
        assert_eq!(said_of(&both, text), Some(folder.path(file)), "{text}");
    }
    assert_eq!(said_of(&both, "2 pictures of 4x4"), None, "of both");
    assert_eq!(said_of(&open(&["good.tar"]), "1 picture of 4x4"), Some(folder.path("good.tar")));
}

#[test]
fn of_what_two_tables_say_of_a_picture_the_inner_one_counts_and_that_is_said() {
    let csv: (&str, &[u8]) = ("metadata.csv", b"file_name,label,n\na.png,csv,1\nin/b.png,csv,2\n");
    let (labels, warnings) = joined(
        &["a.png", "in/b.png"],
        &[csv, ("in/metadata.jsonl", b"{\"file_name\": \"b.png\", \"label\": 5, \"label\": \"json\"}\n")],
        "label",
    );
    assert_eq!(labels, ["csv", "json"]);
    let [warning] = &warnings[..] else { panic!("{warnings:?}") };
    assert_eq!(warning, "metadata.jsonl says of 1 picture what another table says, too: this one counts");
    let (numbers, warnings) =
        joined(&["a.png", "in/b.png"], &[csv, ("in/metadata.csv", b"file_name,m\nb.png,3\n")], "n");
    assert_eq!((numbers, warnings), (vec!["1".to_owned(), "2".to_owned()], Vec::new()));
}

#[test]
fn fields_that_are_called_as_the_sets_own_get_a_name_that_is_free() {
    let table: (&str, &[u8]) = ("metadata.csv", b"file_name,category,category_2,width_px\nin/a.png,x,y,z\n");
    for (column, value) in [("category", "in"), ("category_2", "y"), ("category_3", "x"), ("width_px_2", "z")] {
        assert_eq!(joined(&["in/a.png"], &[table], column), (vec![value.to_owned()], Vec::new()), "{column}");
    }
}

#[test]
fn names_count_from_the_tables_folder_whatever_leads_nowhere_in_them() {
    let table: (&str, &[u8]) = ("in/metadata.csv", b"file_name,n\n./b.png,1\n../a.png,2\nx/../c.png,3\nx\\d.png,4\n");
    let (numbers, warnings) = joined(&["a.png", "in/b.png", "in/c.png", "in/x/d.png"], &[table], "n");
    assert_eq!((numbers, warnings), (["2", "1", "3", "4"].map(str::to_owned).to_vec(), Vec::new()));
    let folder = Folder::new();
    let picture = png((4, 4), [1; 4]);
    let files: [(&str, &[u8]); 3] =
        [("./a/1.png", &picture), ("a/2.png", &picture), ("a/metadata.csv", b"file_name,n\n1.png,1\n./2.png,2\n")];
    let dataset = open(&[folder.bytes("set.tar", &archive(&files))]);
    assert_eq!(texts(&columns(&dataset), "n"), ["1", "2"]);
}

#[test]
fn what_is_wrong_with_a_table_is_said() {
    let wide: Vec<u8> = "\u{feff}file_name,n\na.png,1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: [(&str, &[u8], &[&str], &str); 10] = [
        ("metadata.csv", b"", &[""], "metadata.csv was not joined to the pictures: it is empty (0 bytes)"),
        (
            "metadata.csv",
            &wide,
            &[""],
            "metadata.csv was not joined to the pictures: it is UTF-16 text: save it as UTF-8",
        ),
        ("metadata.csv", b"image,n\na.png,1\n", &[""], "it has no column file_name; its columns are image, n"),
        (
            "metadata.jsonl",
            b"{\"n\": 1, \"image\": \"a.png\"}\n",
            &[""],
            "it has no column file_name; its columns are image, n",
        ),
        (
            "metadata.csv",
            b"file_name,n\na.png,\"x\nb.png,y\n",
            &["x\nb.png,y\n"],
            "a quotation mark may be missing: a value in line 2 goes on over lines that follow",
        ),
        ("metadata.jsonl", b"[{\"file_name\": \"a.png\"}]", &[""], "it is a JSON array: write its objects one a line"),
        (
            "metadata.csv",
            b"file_name,n\na.png,B\xe4r\n",
            &["B\u{fffd}r"],
            "metadata.csv: 1 cell is not UTF-8: save it so",
        ),
        (
            "metadata.csv",
            b"file_name,n\na.png,1\na.png,2\n./a.png,3\n",
            &["3"],
            "names 1 picture more than once: the last line counts",
        ),
        (
            "metadata.jsonl",
            b"{\"file_name\": \"a.png\", \"n\": 4}\n{\"file_name\"\n",
            &["4"],
            "1 line is no JSON object, and left out",
        ),
        (
            "metadata.jsonl",
            b"{\"file_name\": \"a.png\", \"n\": 4}\n{\"n\": 1}\n",
            &["4"],
            "has 1 line without a file_name, left out",
        ),
    ];
    for (name, content, expected, what) in cases {
        let (values, warnings) = joined(&["a.png"], &[(name, content)], "n");
        assert!(warnings.len() == 1 && warnings[0].contains(what), "{what}: {warnings:?}");
        assert_eq!(values.concat(), expected.concat(), "{what}");
    }
}

#[test]
fn without_records_no_table_is_joined() {
    let folder = set(&["a.png"], &[("metadata.csv", b"file_name,n\na.png,1\n")]);
    let options = OpenOptions { records: false, ..OpenOptions::default() };
    for input in [folder.path("set"), shared_file("zips/tables.zip")] {
        let dataset = try_open(&[input], &options).unwrap();
        assert!(!dataset.report().to_string().contains("is joined"), "{}", dataset.report());
    }
}
