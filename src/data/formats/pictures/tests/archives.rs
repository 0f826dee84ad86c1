//! Tar archives: names and lengths in all forms, files of one key, what is damaged, what is something else.

use std::io::Write as _;

use super::*;

/// A header as it stands in an archive, with its sum.
fn header(name: &str, length: &[u8], kind: u8) -> Vec<u8> {
    link(name, length, kind, "")
}

/// The same of what leads to another name.
fn link(name: &str, length: &[u8], kind: u8, to: &str) -> Vec<u8> {
    let mut block = vec![0; 512];
    block[157..157 + to.len()].copy_from_slice(to.as_bytes());
    block[..name.len()].copy_from_slice(name.as_bytes());
    block[124..124 + length.len()].copy_from_slice(length);
    block[156] = kind;
    block[257..265].copy_from_slice(b"ustar\x0000");
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}

fn octal(length: usize) -> Vec<u8> {
    format!("{length:011o}\0").into_bytes()
}

/// A file in an archive.
fn member(name: &str, content: &[u8]) -> Vec<u8> {
    let mut bytes = header(name, &octal(content.len()), b'0');
    bytes.extend(content);
    bytes.resize(bytes.len().next_multiple_of(512), 0);
    bytes
}

pub(super) fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes: Vec<u8> = files.iter().flat_map(|(name, content)| member(name, content)).collect();
    bytes.resize(bytes.len() + 1024, 0);
    bytes
}

#[test]
fn a_hard_link_is_the_file_before_it_once_more() {
    let folder = Folder::new();
    let [one, two] = [1, 2].map(|red| png((4, 4), [red, 0, 0, 255]));
    let long = "d/".repeat(90) + "0.png";
    let bytes = [
        member("a/0.png", &one),
        link("a/1.png", &octal(0), b'1', "a/0.png"),
        member("a/2.png", &two),
        link("a/3.png", &octal(0), b'1', "a/2.png"),
        // Of a name that does not fit, in either form.
        member("@LongLink", long.as_bytes()),
        member("d.png", &two),
        member("@LongLink", long.as_bytes()),
        link("a/4.png", &octal(0), b'1', "d"),
        link("a/5.png", &octal(0), b'1', "a/9.png"),
        link("a/6.png", &octal(0), b'2', "0.png"),
        vec![0; 1024],
    ];
    let [mut names, mut links] = [bytes[4].clone(), bytes[6].clone()];
    for (block, kind) in [(&mut names, b'L'), (&mut links, b'K')] {
        let content = block.split_off(512);
        *block = header("@LongLink", &octal(long.len()), kind);
        block.extend(content);
    }
    let bytes = [&bytes[..4], &[names, bytes[5].clone(), links], &bytes[7..]].concat().concat();
    let dataset = open(&[folder.bytes("links.tar", &bytes)]);
    assert_eq!((0..dataset.rows()).map(|row| middle(&dataset, row)[0]).collect::<Vec<_>>(), [1, 1, 2, 2, 2, 2]);
    let names = texts(&columns(&dataset), "file_name");
    assert_eq!([&names[1], &names[3], &names[4], &names[5]], ["a/1.png", "a/3.png", &*long, "a/4.png"]);
    let warnings: Vec<&str> = dataset.report().warnings().map(|note| note.text.as_str()).collect();
    assert_eq!(warnings, ["2 links to other files in links.tar left out: pack the files themselves (tar -h)"]);
}

#[test]
fn files_of_one_key_are_one_row() {
    let folder = Folder::new();
    let [one, two, three] = [1, 2, 3].map(|red| png((4, 4), [red, 0, 0, 255]));
    let bytes = archive(&[
        ("a/0.cls", b"5\n"),
        ("a/0.png", &one),
        ("a/0.json", b"{\"score\": 1.5,\n \"category\": \"x\", \"tags\": [\"u\", \"v\"]}"),
        ("a/0.txt", "a \"line\"\nmore é\n".as_bytes()),
        ("a/1.left.PNG", &two),
        ("a/1.json", b"[1]"),
        ("a/2.npy", b"other"),
        ("b/0.png", &three),
    ]);
    let path = folder.bytes("shard.tar", &bytes);
    let dataset = open(&[&path]);
    assert_eq!((dataset.form().as_str(), dataset.title(), dataset.rows()), ("webdataset", "shard", 3));
    assert_eq!((0..3).map(|row| middle(&dataset, row)[0]).collect::<Vec<_>>(), [1, 2, 3]);
    let columns = columns(&dataset);
    assert_eq!(texts(&columns, "file_name"), ["a/0.png", "a/1.left.PNG", "b/0.png"]);
    assert_eq!(texts(&columns, "category"), ["5", "", ""]);
    assert_eq!(texts(&columns, "category_2"), ["x", "", ""]);
    assert_eq!(texts(&columns, "score"), ["1.5", "", ""]);
    assert_eq!(texts(&columns, "text"), ["a \"line\"\nmore é", "", ""]);
    assert_eq!(texts(&columns, "tags"), ["[\"u\",\"v\"]", "", ""]);
    assert!(dataset.fates().to_string().contains("\"a/1.left.PNG\" (its .json is no JSON object)"));
    assert!(dataset.report().notes.iter().any(|note| note.text.contains("1 file of other kinds")));

    // Several are one set, and told apart by their names; so are those of a folder.
    let other = folder.bytes("other.tar", &archive(&[("a/0.png", &three)]));
    for dataset in [open(&[other, path]), open(&[folder.path("")])] {
        let columns = super::columns(&dataset);
        let names = ["other.tar/a/0.png", "shard.tar/a/0.png", "shard.tar/a/1.left.PNG", "shard.tar/b/0.png"];
        assert_eq!(texts(&columns, "file_name"), names);
        assert_eq!(middle(&dataset, 0)[0], 3);
        assert_eq!(dataset.files().count(), 2);
    }
}

#[test]
fn names_longer_than_a_header_are_read_as_python_writes_them() {
    let long = |folder: &str| format!("{folder}/{}.png", "c".repeat(60));
    for name in ["pax.tar", "gnu.tar"] {
        let dataset = open(&[shared_file(name)]);
        let columns = columns(&dataset);
        let folders = [format!("{}/{}", "a".repeat(90), "b".repeat(90)), "ü".repeat(60)];
        assert_eq!(texts(&columns, "file_name"), folders.map(|folder| long(&folder)), "{name}");
        assert_eq!([0, 1].map(|row| middle(&dataset, row)), [[10, 10, 10, 255], [20, 20, 20, 255]]);
        assert_eq!(texts(&columns, "category"), ["10", "20"]);
        assert_eq!(texts(&columns, "level"), ["10", "20"]);
        assert_eq!(texts(&columns, "big"), ["12345678901234567890123"; 2]);
    }
}

#[test]
fn a_packed_archive_is_unpacked() {
    let folder = Folder::new();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&archive(&[("0.png", &png((4, 4), [8, 0, 0, 255]))])).unwrap();
    let dataset = open(&[folder.bytes("shard.tar.gz", &packed.finish().unwrap())]);
    assert_eq!((dataset.rows(), middle(&dataset, 0)), (1, [8, 0, 0, 255]));
    assert!(dataset.report().notes.iter().any(|note| note.text.contains("temporary disk space")));
}

#[test]
fn case_encoded_archives_that_are_damaged_are_read_up_to_there() {
    let folder = Folder::new();
    let good = png((4, 4), [8, 0, 0, 255]);
    let first = member("0.png", &good);
    let huge = [0x80, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    let cases: [(&str, Vec<u8>, &str); 8] = [
        ("nothing behind it", Vec::new(), "ends early"),
        ("a file cut short", member("1.png", &good)[..600].to_vec(), "cut short there"),
        (
            "a sum that is another",
            {
                let mut bad = member("1.png", &good);
                bad[0] = b'x';
                bad
            },
            "its sum is another one",
        ),
        ("a length below zero", header("1.png", &[0xff; 12], b'0'), "its length is no number"),
        ("a huge length", header("1.png", &huge, b'0'), "a length is wrong"),
        ("a huge list of fields", header("x", &octal(1 << 30), b'x'), "a length is wrong"),
        ("words about words", header("x", &octal(0), b'x').repeat(40), "too long"),
        (
            "a length in words that is wrong",
            {
                let field = b"30 size=99999999999999999999\n\n";
                [member("x", field), member("1.png", &good)].concat()
            },
            "ends early",
        ),
    ];
    for (what, behind, why) in cases {
        let mut bytes = first.clone();
        let mut behind = behind;
        if what.starts_with("a length in words") {
            behind[156] = b'x';
            let sum: u32 = behind[..512].iter().map(|byte| u32::from(*byte)).sum::<u32>()
                - behind[148..156].iter().map(|byte| u32::from(*byte)).sum::<u32>()
                + 8 * 32;
            behind[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        }
        bytes.extend(behind);
        let dataset = open(&[folder.bytes("a.tar", &bytes)]);
        assert_eq!(middle(&dataset, 0), [8, 0, 0, 255], "{what}");
        let warnings: Vec<String> = dataset.report().warnings().map(|note| note.text.clone()).collect();
        assert!(warnings.len() == 1 && warnings[0].contains(why), "{what}: {warnings:?}");
    }
}

/// Whatever is cut or changed: an answer, and no panic.
#[test]
fn no_byte_of_an_archive_is_trusted() {
    let folder = Folder::new();
    let bytes = std::fs::read(shared_file("pax.tar")).unwrap();
    for at in (0..2_048).step_by(7) {
        for byte in [0, b'7', 0xff] {
            let mut bad = bytes.clone();
            bad[at] = byte;
            let path = folder.bytes("a.tar", &bad);
            if let Ok(dataset) = try_open(&[path], &OpenOptions::default()) {
                let _ = columns(&dataset);
                (0..dataset.rows()).for_each(|row| _ = pixels(&dataset, row));
            }
        }
    }
}

#[test]
fn an_archive_of_something_else_says_what_it_holds() {
    let folder = Folder::new();
    let path = folder.bytes("a.tar", &archive(&[("x/a.npy", b"1"), ("x/b.txt", b"2")]));
    let error = try_open(&[path], &OpenOptions::default()).unwrap_err().to_string();
    assert!(error.contains("a tar archive of 2 files without a picture (x/a.npy, x/b.txt)"), "{error}");
    let path = folder.bytes("b.tar", &archive(&[("0.png", b"hello")]));
    let error = try_open(&[path], &OpenOptions::default()).unwrap_err().to_string();
    assert!(
        error.contains("1 picture of which none can be drawn") && error.contains("no picture by its first bytes"),
        "{error}"
    );
}

/// The folders in an archive say what those of a folder of the same structure do.
#[test]
fn folders_in_an_archive_are_categories_and_splits() {
    let folder = Folder::new();
    let picture = png((4, 4), [9, 9, 9, 255]);
    let told = |names: &[&str], more: &[(&str, &[u8])]| {
        let pictures = names.iter().map(|name| (*name, picture.as_slice()));
        let files: Vec<(&str, &[u8])> = pictures.chain(more.iter().copied()).collect();
        let columns = columns(&open(&[folder.bytes("set.tar", &archive(&files))]));
        let of = |name: &str| columns.get(name).map(|_| texts(&columns, name).join(" "));
        (of("split"), of("category"))
    };
    let some = |text: &str| Some(text.to_owned());
    let names = ["train/cat/001.png", "train/dog/2.png", "test/dog/7.png"];
    assert_eq!(told(&names, &[]), (some("train train test"), some("cat dog dog")));
    // As `tar` writes a folder from within, and from outside.
    for before in ["./", "set/", "./set/"] {
        let names = names.map(|name| format!("{before}{name}"));
        assert_eq!(told(&names.each_ref().map(String::as_str), &[]), (some("train train test"), some("cat dog dog")));
    }
    assert_eq!(told(&["set/train/1.png", "set/test/2.png"], &[]), (some("train test"), None));
    assert_eq!(told(&["train/1.png", "train/cat/2.png"], &[]), (None, some("train train")));
    assert_eq!(told(&["cat/1.png", "dog/2.png"], &[]), (None, some("cat dog")));
    assert_eq!(told(&["images/1.png", "images/2.png"], &[]), (None, some("images images")));
    assert_eq!(told(&["1.png", "2.png"], &[]), (None, None));
    // Classes of WebDataset go before folders, which are parts of it then.
    assert_eq!(told(&["0/1.png", "0/2.png"], &[("0/1.cls", b"7")]).1, some("7 "));
    assert_eq!(told(&["a/1.png"], &[("a/1.json", br#"{"category": "own"}"#)]).1, some("own"));
    // Shards that are called as parts of a set.
    for name in ["train-000.tar", "val-000.tar"] {
        folder.bytes(name, &archive(&[("1.png", &picture)]));
    }
    let both = open(&[folder.path("train-000.tar"), folder.path("val-000.tar")]);
    assert_eq!(texts(&columns(&both), "split"), ["train", "val"]);
}
