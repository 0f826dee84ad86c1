//! Zip archives of pictures as Python's zipfile writes them, against what Pillow reads (`tests/cases/expected/zips.py`); damaged ones.

use serde_json::Value;

use super::*;

/// Name and red, green, blue and alpha of each picture; nothing of what cannot be read.
fn read(name: &str) -> Vec<(String, Option<Vec<u8>>)> {
    let all: Value = serde_json::from_slice(&std::fs::read(shared_file("zips.json")).unwrap()).unwrap();
    let digits = |text: &str| {
        let two = text.as_bytes().as_chunks::<2>().0.iter();
        two.map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap()).collect()
    };
    let one = |one: &Value| (one[0].as_str().unwrap().to_owned(), one[1].as_str().map(digits));
    all[name].as_array().unwrap().iter().map(one).collect()
}

fn path(name: &str) -> PathBuf {
    shared_file(&format!("zips/{name}.zip"))
}

#[test]
fn each_picture_of_an_archive_is_that_of_its_row() {
    for (name, whys) in [
        ("classes", &["it is packed by bzip2: pack it with deflate, or not at all"][..]),
        ("large", &[]),
        ("beside", &[]),
        ("tables", &[]),
        ("names", &[]),
        ("windows", &["it is encrypted: unpack the archive by its password"]),
        ("claims", &["it cannot be as long as the archive's directory says", "its data in the archive are damaged"]),
    ] {
        let (dataset, expected) = (open(&[path(name)]), read(name));
        assert_eq!(dataset.rows() as usize, expected.len(), "{name}");
        let names = texts(&columns(&dataset), "file_name");
        for ((row, (expected_name, values)), own) in (0..).zip(&expected).zip(&names) {
            assert_eq!(own, expected_name);
            let shown = pixels(&dataset, row).concat();
            assert_eq!(dataset.is_broken(Row(row)), values.is_none(), "{name} {own}");
            assert!(values.as_ref().is_none_or(|values| *values == shown), "{name} {own}");
        }
        let said = dataset.report().to_string();
        for why in whys {
            assert!(said.contains(why), "{name}: {said}");
        }
    }
}

#[test]
fn folders_of_an_archive_say_what_its_pictures_show() {
    let dataset = open(&[path("classes")]);
    let columns = columns(&dataset);
    assert_eq!(texts(&columns, "category"), ["cat", "cat", "dog", "dog", "cat"]);
    assert_eq!(texts(&columns, "split"), ["train", "train", "train", "test", "test"]);
    let said = dataset.report().to_string();
    assert!(said.contains("1 file of other kinds in classes.zip, not opened"), "{said}");
    // In a folder, and twice the same.
    let folder = Folder::new();
    folder.bytes("in/classes.zip", &std::fs::read(path("classes")).unwrap());
    assert_eq!(open(&[folder.path("in")]).rows(), 5);
    let both = open(&[path("classes"), path("large")]);
    assert_eq!(both.rows(), 7);
    assert_eq!(pixels(&both, 5).concat(), read("large")[0].1.clone().unwrap());
}

#[test]
fn an_archive_of_other_things_is_refused_with_what_it_holds() {
    let folder = Folder::new();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("a/readme.txt", stored).unwrap();
    let path = folder.bytes("set.zip", zip.finish().unwrap().get_ref());
    let error = try_open(&[path], &OpenOptions::default()).unwrap_err().to_string();
    assert!(error.contains("this is a zip archive of a/readme.txt: unpack it"), "{error}");
}

/// Whatever byte is another one, each picture is what it was, or said to be broken, or the archive is refused.
#[test]
fn damaged_archives_show_no_other_picture() {
    let folder = Folder::new();
    let whole = std::fs::read(path("classes")).unwrap();
    let expected = read("classes");
    let mut opened = 0;
    for at in (0..whole.len()).step_by(5) {
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << (at % 8);
        let path = folder.bytes("set.zip", &damaged);
        let Ok(dataset) = try_open(&[path], &OpenOptions::default()) else { continue };
        opened += 1;
        let names = texts(&columns(&dataset), "file_name");
        for row in 0..dataset.rows() {
            let shown = pixels(&dataset, row).concat();
            // A name that is another one says nothing.
            let own = expected.iter().find(|(name, _)| *name == names[row as usize]);
            let is_so = expected.iter().any(|one| one.1.as_ref() == Some(&shown) && own.is_none_or(|own| own == one));
            assert!(dataset.is_broken(Row(row)) || is_so, "{at}: {}", names[row as usize]);
        }
    }
    assert!(opened > 100, "{opened}");
    for cut in [40, 400, whole.len() - 30, whole.len() - 10] {
        let path = folder.bytes("set.zip", &whole[..cut]);
        let error = try_open(&[path], &OpenOptions::default()).unwrap_err().to_string();
        assert!(error.contains("a zip archive without the directory that stands at its end"), "{cut}: {error}");
    }
    // What is written behind the end of an archive is no part of it.
    let path = folder.bytes("set.zip", &[&whole, "behind\n".as_bytes()].concat());
    assert_eq!(open(&[path]).rows(), 5);
}

#[test]
fn what_has_the_key_of_a_picture_is_its_record_and_what_has_not_is_said() {
    let dataset = open(&[path("beside")]);
    let (columns, said) = (columns(&dataset), dataset.report().to_string());
    assert_eq!(texts(&columns, "text"), ["caption 0\ncaption 0\ncaption 0", "caption 1\ncaption 1\ncaption 1"]);
    assert_eq!(texts(&columns, "score"), ["0.5", "1.5"]);
    assert!(said.contains("1 file of other kinds in beside.zip"), "{said}");
    assert!(
        said.contains("in/metadata.csv in beside.zip is not joined: pictures have .cls, .txt or .json of their own"),
        "{said}"
    );
    assert!(said.contains("1 link to other files in beside.zip left out"), "{said}");
}

/// As the Hub has folders of images.
#[test]
fn tables_in_an_archive_are_joined_to_the_pictures_of_their_folders() {
    for (inputs, first) in [(vec![path("tables")], 0), (vec![path("large"), path("tables")], 2)] {
        let dataset = open(&inputs);
        let (columns, said) = (columns(&dataset), dataset.report().to_string());
        assert_eq!(texts(&columns, "age")[first..], ["3", "7", "40", ""]);
        assert_eq!(texts(&columns, "name")[first..], ["Al", "Bo", "Cy", ""]);
        for words in [
            "train/metadata.csv in tables.zip is joined by file_name: it speaks of 2 of 2 pictures",
            "test/Metadata.jsonl in tables.zip is joined by file_name: it speaks of 1 of 2 pictures",
            "test/Metadata.jsonl in tables.zip says nothing of 1 picture, such as \"c.png\"",
            "test/Metadata.jsonl in tables.zip names 1 picture that is not there: \"gone.png\"",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
    }
}

/// A table of Parquet, and one beside records of the pictures' own, are not read, which is said; in a tar archive others are as in a zip.
#[test]
fn tables_in_tar_archives_are_joined_where_no_picture_has_a_record() {
    let folder = Folder::new();
    let picture = png((4, 4), [9, 9, 9, 255]);
    let table = b"file_name,age\n./a.png,7\n";
    let parquet = b"PAR1 and more PAR1";
    let files: [(&str, &[u8]); 4] = [
        ("./x/metadata.csv", table),
        ("./x/a.png", &picture),
        ("./metadata.parquet", parquet),
        ("./x/metadata.parquet", parquet),
    ];
    let dataset = open(&[folder.bytes("set.tar", &archives::archive(&files))]);
    assert_eq!(texts(&columns(&dataset), "age"), ["7"]);
    let said = dataset.report().to_string();
    assert!(
        said.contains(
            "./metadata.parquet, ./x/metadata.parquet in set.tar are not joined: Parquet is read from a folder alone"
        ),
        "{said}"
    );
    let files: [(&str, &[u8]); 3] = [("metadata.csv", table), ("a.png", &picture), ("a.cls", b"3")];
    let dataset = open(&[folder.bytes("set.tar", &archives::archive(&files))]);
    assert_eq!(texts(&columns(&dataset), "category"), ["3"]);
    let said = dataset.report().to_string();
    assert!(said.contains("metadata.csv in set.tar is not joined: pictures have .cls"), "{said}");
}

/// A table that is damaged is said, and the pictures are shown.
#[test]
fn a_damaged_table_in_an_archive_is_said() {
    let folder = Folder::new();
    let mut whole = std::fs::read(path("tables")).unwrap();
    let at = whole.windows(7).position(|bytes| bytes == b"\"age\": ").unwrap();
    whole[at] ^= 4;
    let dataset = open(&[folder.bytes("set.zip", &whole)]);
    assert_eq!(texts(&columns(&dataset), "age"), ["3", "7", "", ""]);
    let said = dataset.report().to_string();
    assert!(
        said.contains(
            "test/Metadata.jsonl in set.zip was not joined to the pictures: its data in the archive are damaged"
        ),
        "{said}"
    );
}

/// A caption that is damaged is missing, deflated or stored, and all else is there.
#[test]
fn a_damaged_caption_is_missing_and_said() {
    let folder = Folder::new();
    let whole = std::fs::read(path("beside")).unwrap();
    let find = |what: &[u8]| whole.windows(what.len()).position(|bytes| bytes == what).unwrap();
    // Behind its own header of 30 bytes and a name of 5.
    for (row, at) in [(0, find(b"0.txt") + 9), (1, find(b"caption 1"))] {
        let mut damaged = whole.clone();
        damaged[at] ^= 4;
        let dataset = open(&[folder.bytes("set.zip", &damaged)]);
        let columns = columns(&dataset);
        let texts = texts(&columns, "text");
        assert!(texts[row].is_empty() && texts[1 - row].starts_with("caption"), "{texts:?}");
        let said = dataset.fates().to_string();
        assert!(said.contains("what lies beside it cannot be read: its data in the archive are damaged"), "{said}");
    }
}

#[test]
fn archives_that_are_opened_together_have_a_split_by_their_names() {
    let folder = Folder::new();
    for name in ["train.zip", "test.zip"] {
        folder.bytes(name, &std::fs::read(path("large")).unwrap());
    }
    let dataset = open(&[folder.path("train.zip"), folder.path("test.zip")]);
    assert_eq!(texts(&columns(&dataset), "split"), ["train", "train", "test", "test"]);
}

#[test]
fn beside_files_of_columns_zip_archives_are_something_else() {
    let folder = Folder::new();
    let parquet = shared_file("columnar/snappy.parquet");
    folder.bytes("set/a.parquet", &std::fs::read(parquet).unwrap());
    let shape = |dataset: &Dataset| (dataset.rows(), dataset.height(), dataset.width(), dataset.channels());
    let alone = shape(&folder.open("set"));
    assert_ne!(alone.0, 2, "as many as in the archive would show nothing");
    folder.bytes("set/logo.zip", &std::fs::read(path("large")).unwrap());
    folder.bytes("set/notes.zip", b"PK\x03\x04 nothing");
    assert_eq!(shape(&folder.open("set")), alone);
}

/// A picture beside an array only explains it.
#[test]
fn archives_with_arrays_are_no_sets_of_pictures() {
    let folder = Folder::new();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for name in ["logo.png", "train.npy"] {
        zip.start_file(name, stored).unwrap();
    }
    let path = folder.bytes("set.zip", zip.finish().unwrap().get_ref());
    let error = try_open(&[path], &OpenOptions::default()).unwrap_err().to_string();
    assert!(error.contains("this is a zip archive of logo.png, train.npy: unpack it"), "{error}");
}
