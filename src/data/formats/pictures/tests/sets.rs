//! Folders and named pictures: which row is which file, and what is known of each.

use super::*;
use crate::data::columns::Column;
use crate::data::report::Severity;

/// A colour for each number below 2²⁴.
fn colour(number: u32) -> [u8; 4] {
    let [_, red, green, blue] = number.to_be_bytes();
    [red, green, blue, 255]
}

#[test]
fn row_i_is_file_i_of_thousands_in_folders() {
    let folder = Folder::new();
    let mut names: Vec<String> = (0..3_000).map(|number| format!("class {}/deep/{number}.png", number % 7)).collect();
    for (number, name) in (0..).zip(&names) {
        folder.png(&format!("set/{name}"), (3, 5), colour(number * 5_000));
    }
    folder.bytes("set/.hidden.png", b"");
    folder.bytes("set/Thumbs.db", b"");
    folder.bytes("set/class 0/notes.txt", b"hello");
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path("set"), folder.path("set/class 0/loop")).unwrap();
    let dataset = folder.open("set");
    assert_eq!((dataset.rows(), dataset.height(), dataset.width()), (3_000, 3, 5));
    assert_eq!((dataset.form().as_str(), dataset.title()), ("folder", "set"));
    let number_of = |name: &str| name.rsplit('/').next().unwrap().trim_end_matches(".png").parse::<u32>().unwrap();
    // Names are in the order of their bytes: "10.png" before "2.png".
    names.sort();
    let columns = columns(&dataset);
    assert_eq!(texts(&columns, "file_name"), names);
    let categories: Vec<String> = names.iter().map(|name| name.split('/').next().unwrap().to_owned()).collect();
    assert_eq!(texts(&columns, "category"), categories);
    let mut all = vec![0; 3_000 * 60];
    dataset.read_rows(0, &mut all).unwrap();
    for (row, name) in names.iter().enumerate() {
        assert_eq!(all[row * 60..row * 60 + 4], colour(number_of(name) * 5_000), "{name}");
    }
    // From anywhere, one twice.
    let rows = [2_999, 5, 5, 1_234];
    let mut some = vec![0; 4 * 60];
    dataset.read_scattered(&rows, &mut some).unwrap();
    for (row, drawing) in rows.into_iter().zip(some.chunks_exact(60)) {
        assert_eq!(drawing, &all[row as usize * 60..(row as usize + 1) * 60]);
    }
    assert!(dataset.report().notes.iter().any(|note| note.text.contains("passed over")), "{}", dataset.report());
    assert_eq!(dataset.files().count(), 3_000);
    assert!(dataset.report().warnings().next().is_none(), "{}", dataset.report());
}

#[test]
fn what_is_known_of_a_picture_becomes_its_record() {
    let folder = Folder::new();
    let path = folder.png("set/a \"b\"\u{e9}.png", (11, 22), [1, 2, 3, 255]);
    let bytes = std::fs::metadata(path).unwrap().len();
    let dataset = folder.open("set");
    let record: serde_json::Value = serde_json::from_str(&dataset.record_line(Row(0), None).unwrap().unwrap()).unwrap();
    let expected = serde_json::json!({
        "file_name": "a \"b\"\u{e9}.png", "width_px": 22, "height_px": 11, "bytes": bytes
    });
    assert_eq!(record, expected);
    let columns = columns(&dataset);
    let names: Vec<&str> = columns.iter().map(Column::name).collect();
    assert_eq!(names, ["file_name", "width_px", "height_px", "bytes"], "no category without folders, nothing broken");
    assert_eq!(kind(&columns, "width_px"), "number");
}

#[test]
fn a_picture_of_another_size_than_its_cell_is_there_in_its_own() {
    let folder = Folder::new();
    let sizes = [(24, 32), (96, 96), (200, 100)];
    for (number, size) in (0..).zip(sizes) {
        folder.png(&format!("set/{number}.png"), size, colour(number * 5_000));
    }
    folder.bytes("set/3.png", b"\x89PNG\r\n\x1a\n, and no more");
    let dataset = celled(&[folder.path("set")], 96);
    let own: Vec<_> = (0..4).map(|row| dataset.own_size(Row(row))).collect();
    assert_eq!(own, [Some((24, 32)), None, Some((200, 100)), None]);
    let small = dataset.original(Row(0)).unwrap().unwrap();
    assert_eq!((small.height, small.width, small.rgba.len()), (24, 32, 24 * 32 * 4));
    assert_eq!(small.rgba[..4], colour(0));
}

#[test]
fn pictures_and_folders_that_are_named_are_one_set_in_that_order() {
    let folder = Folder::new();
    let z = folder.png("z.png", (4, 4), [1, 0, 0, 255]);
    folder.png("cats/b.png", (4, 4), [2, 0, 0, 255]);
    folder.png("cats/sub/a.png", (4, 4), [3, 0, 0, 255]);
    folder.png("dogs/a.png", (4, 4), [4, 0, 0, 255]);
    let dataset = open(&[z.clone(), folder.path("cats"), folder.path("dogs"), z]);
    let reds: Vec<u8> = (0..dataset.rows()).map(|row| middle(&dataset, row)[0]).collect();
    assert_eq!(reds, [1, 2, 3, 4]);
    let columns = columns(&dataset);
    assert_eq!(texts(&columns, "file_name"), ["z.png", "cats/b.png", "cats/sub/a.png", "dogs/a.png"]);
    assert_eq!(texts(&columns, "category"), ["", "cats", "sub", "dogs"]);
    assert!(dataset.report().notes.iter().any(|note| note.text.contains("named twice")));
}

#[test]
fn arrays_win_in_a_folder_and_are_never_mixed_with_pictures() {
    let folder = Folder::new();
    folder.png("set/a.png", (4, 4), [1, 0, 0, 255]);
    let array = folder.path("set/b.npy");
    ndarray_npy::write_npy(&array, &ndarray::Array3::<u8>::zeros((2, 8, 8))).unwrap();
    let dataset = folder.open("set");
    assert_eq!((dataset.form().as_str(), dataset.rows(), dataset.channels()), ("npy", 2, 1));
    assert!(dataset.report().notes.iter().any(|note| note.text.contains("pictures are not opened beside arrays")));
    let error = try_open(&[array, folder.path("set/a.png")], &OpenOptions::default()).unwrap_err();
    assert!(matches!(error, OpenError::ArraysAndPictures { .. }), "{error}");
}

#[test]
fn a_folder_without_a_picture_that_can_be_drawn_is_an_error() {
    let folder = Folder::new();
    folder.bytes("set/a.png", b"");
    folder.bytes("set/b.png", b"hello");
    let error = try_open(&[folder.path("set")], &OpenOptions::default()).unwrap_err().to_string();
    assert!(
        error.contains("2 pictures of which none can be drawn") && error.contains("a.png (this is an empty file"),
        "{error}"
    );
    // What is no picture at all is said as ever.
    folder.bytes("other/notes.txt", b"hello");
    let error = try_open(&[folder.path("other")], &OpenOptions::default()).unwrap_err();
    assert!(matches!(error, OpenError::EmptyFolder { .. }), "{error}");
}

#[test]
fn a_table_is_joined_by_file_name_and_what_fits_nothing_is_counted() {
    let folder = Folder::new();
    for (number, name) in ["a.png", "b.png", "sub/c.png"].into_iter().enumerate() {
        folder.png(&format!("set/{name}"), (4, 4), colour(number as u32));
    }
    let csv = "\u{feff}score,file_name,text,good,width_px,code\n\
               1.5,sub/c.png,\"a, \"\"b\"\"\nc\",True,77,007\n\
               2,a.png,,false,78,008\n\
               3,gone.png,x,true,79,009\n\
               4,./lost.png,x,true,79,009\n\
               5,,x,true,79,009\n";
    folder.bytes("set/metadata.csv", csv.as_bytes());
    let dataset = folder.open("set");
    let columns = columns(&dataset);
    assert_eq!(texts(&columns, "score"), ["2", "", "1.5"]);
    assert_eq!(texts(&columns, "text"), ["", "", "a, \"b\"\nc"]);
    assert_eq!(texts(&columns, "good"), ["false", "", "true"]);
    assert_eq!(texts(&columns, "width_px"), ["4", "4", "4"]);
    assert_eq!(texts(&columns, "width_px_2"), ["78", "", "77"]);
    assert_eq!(texts(&columns, "code"), ["008", "", "007"]);
    assert_eq!(["score", "good", "text"].map(|name| kind(&columns, name)), ["number", "flag", "category"]);
    let said: Vec<&str> = dataset.report().warnings().map(|note| note.text.as_str()).collect();
    assert_eq!(
        said,
        [
            "metadata.csv says nothing of 1 picture, such as \"b.png\"",
            "metadata.csv names 2 pictures that are not there: \"gone.png\", \"lost.png\"",
            "metadata.csv has 1 line without a file_name, left out"
        ]
    );
    assert!(dataset.report().notes.iter().any(|note| note.severity == Severity::Info && note.text.contains("2 of 3")));
}

#[test]
fn tables_of_folders_are_of_what_lies_in_them() {
    let folder = Folder::new();
    for name in ["train/a.png", "test/a.png"] {
        folder.png(&format!("set/{name}"), (4, 4), [0; 4]);
    }
    let line = "{\"file_name\": \"a.png\", \"number\": 12345678901234567890123, \"box\": {\"x\": 1}}\n";
    folder.bytes("set/train/metadata.jsonl", line.as_bytes());
    let dataset = folder.open("set");
    let columns = columns(&dataset);
    assert_eq!(texts(&columns, "file_name"), ["test/a.png", "train/a.png"]);
    assert_eq!(texts(&columns, "number"), ["", "12345678901234567890123"]);
    assert_eq!(texts(&columns, "box.x"), ["", "1"]);
    // A table that cannot be joined is said.
    folder.bytes("set/train/metadata.jsonl", b"{\"name\": 1}\n");
    let dataset = folder.open("set");
    assert!(dataset.report().warnings().any(|note| note.text.contains("no column file_name")), "{}", dataset.report());
}

#[test]
fn a_slice_counts_through_the_whole_set() {
    let folder = Folder::new();
    for number in 0..10 {
        folder.png(&format!("set/{number}.png"), (4, 4), colour(number));
    }
    let options = OpenOptions { rows: Some("3:6".parse().unwrap()), ..OpenOptions::default() };
    let dataset = try_open(&[folder.path("set")], &options).unwrap();
    assert_eq!((0..3).map(|row| middle(&dataset, row)).collect::<Vec<_>>(), [3, 4, 5].map(colour));
    assert_eq!(texts(&columns(&dataset), "file_name"), ["3.png", "4.png", "5.png"]);
    let error = dataset.read_rows(2, &mut [0; 128]).unwrap_err();
    assert!(matches!(error, OpenError::OutOfRange { .. }), "{error}");
}

/// Tags and sessions find their set again however much memory is left.
#[test]
fn a_set_is_known_again_in_any_cell_and_others_are_not() {
    let folder = Folder::new();
    for number in 0..3 {
        folder.png(&format!("set/{number}.png"), (100, 60 + number), colour(number));
    }
    let key = |side: u32| celled(&[folder.path("set")], side).identity().unwrap().key();
    let before = key(32);
    assert_eq!(before, key(64));
    folder.png("set/2.png", (100, 62), colour(9));
    assert_ne!(before, key(32));
}

#[test]
fn folders_of_training_and_test_are_splits_and_those_in_them_categories() {
    let folder = Folder::new();
    for name in ["Train/cat/1.png", "Train/dog/2.png", "test/cat/deep/3.png"] {
        folder.png(&format!("set/{name}"), (4, 4), [0; 4]);
    }
    let told = || {
        let columns = columns(&folder.open("set"));
        let split = columns.get("split").map(|_| texts(&columns, "split"));
        (texts(&columns, "file_name"), split, texts(&columns, "category"))
    };
    let all = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let names = all(&["Train/cat/1.png", "Train/dog/2.png", "test/cat/deep/3.png"]);
    assert_eq!(told(), (names, Some(all(&["Train", "Train", "test"])), all(&["cat", "dog", "cat"])));
    // A picture without a class, or a folder that is no such part, and the first folders are categories.
    let loose = folder.png("set/test/4.png", (4, 4), [0; 4]);
    assert_eq!((told().1, told().2), (None, all(&["Train", "Train", "test", "test"])));
    std::fs::remove_file(loose).unwrap();
    folder.png("set/more/cat/5.png", (4, 4), [0; 4]);
    assert_eq!((told().1, told().2), (None, all(&["Train", "Train", "more", "test"])));
    // As folders are whose classes a table says.
    for name in ["train/1.png", "validation/1.png"] {
        folder.png(&format!("flat/{name}"), (4, 4), [0; 4]);
    }
    let columns = columns(&folder.open("flat"));
    assert_eq!(texts(&columns, "split"), ["train", "validation"]);
    assert!(columns.get("category").is_none());
}

#[test]
fn names_in_another_unicode_form_are_the_same_names() {
    let folder = Folder::new();
    // As macOS writes them: the letter, and the accent behind it.
    for name in ["Ka\u{308}se/o\u{308}.png", "a/e\u{301}.png", "b/e\u{301}.png"] {
        folder.png(&format!("set/{name}"), (4, 4), [0; 4]);
    }
    let table = "file_name,n\nK\u{e4}se/\u{f6}.png,1\na/\u{e9}.png,2\nb/\u{e9}.png,3\n";
    let by_name = |dataset: &Dataset| {
        let columns = columns(dataset);
        let mut all: Vec<(String, String)> =
            texts(&columns, "file_name").into_iter().zip(texts(&columns, "n")).collect();
        all.sort_by(|a, b| a.1.cmp(&b.1));
        assert!(dataset.report().warnings().next().is_none(), "{}", dataset.report());
        all.into_iter().map(|(name, n)| format!("{n} {name}")).collect::<Vec<_>>()
    };
    let expected = ["1 Ka\u{308}se/o\u{308}.png", "2 a/e\u{301}.png", "3 b/e\u{301}.png"];
    let other = folder.bytes("table.csv", table.as_bytes());
    let options = OpenOptions { tables: vec![other], ..OpenOptions::default() };
    assert_eq!(by_name(&try_open(&[folder.path("set")], &options).unwrap()), expected);
    folder.bytes("set/metadata.csv", table.as_bytes());
    assert_eq!(by_name(&folder.open("set")), expected);
}

#[test]
fn a_table_beside_pictures_may_have_semicolons_or_tabs_between_values() {
    for between in [";", "\t"] {
        let folder = Folder::new();
        folder.png("set/a.png", (4, 4), [0; 4]);
        let table = ["file_name,label , size", "a.png,\"x, y\",7", ""].join("\n");
        // The comma within a value stays.
        let table = table.replace(',', between).replace(&format!("x{between} y"), "x, y");
        folder.bytes("set/metadata.csv", table.as_bytes());
        let dataset = folder.open("set");
        assert!(dataset.report().warnings().next().is_none(), "{}", dataset.report());
        let columns = columns(&dataset);
        assert_eq!(
            (texts(&columns, "label"), texts(&columns, "size")),
            (vec!["x, y".to_owned()], vec!["7".to_owned()])
        );
    }
}
