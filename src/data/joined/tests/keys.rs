//! By what lines are joined: keys that are named, keys that both have, and names of files.

use super::*;

#[test]
fn a_picture_in_another_folder_is_another_picture() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["test/1.png", "dev/2.png", "dev/3.png"] {
        let path = folder.path().join("set").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        image::GrayImage::from_pixel(4, 4, image::Luma([9])).save(path).unwrap();
    }
    let table = folder.path().join("t.csv");
    std::fs::write(&table, "file_name,size\ntrain/1.png,1\nset/dev/2.png,2\nval/3.png,3\n").unwrap();
    let options = OpenOptions { tables: vec![table], ..OpenOptions::default() };
    let (columns, report) = Dataset::open(&[folder.path().join("set")], &options).unwrap().columns().unwrap();
    assert_eq!(texts(&columns, "file_name"), ["dev/2.png", "dev/3.png", "test/1.png"]);
    assert_eq!(texts(&columns, "size"), ["2", "", ""]);
    assert_eq!(
        warnings(&report),
        [
            "2 drawings have no line in t.csv: \"dev/3.png\", \"test/1.png\" …",
            "t.csv: 2 lines of no drawing, the first is \"train/1.png\""
        ]
    );
}

#[test]
fn columns_for_which_there_is_no_room_are_said() {
    let folder = Folder::new(2, "");
    let names: Vec<String> = (0..260).map(|at| format!("c{at}")).collect();
    let line = vec!["1"; 260].join(",");
    let wide = folder.table("wide.csv", &format!("{},label\n{line},7\n{line},8\n", names.join(",")));
    let (columns, report) = folder.open(&[&wide], None).unwrap();
    assert!(columns.get("c255").is_some() && columns.get("label").is_none());
    // Four columns and the label, of two lines each.
    let said = "wide.csv: 10 values left out: more than 256 keys, or keys longer than 256 bytes; the first is \"c256\"";
    assert_eq!(warnings(&report), [said]);
}

#[test]
fn a_column_that_both_have_in_another_order_joins_them() {
    let records = |ids: [&str; 4]| ids.map(|id| format!("{{\"id\": {id}, \"label\": {}}}\n", id.len())).concat();
    let folder = Folder::new(4, &records(["1", "2", "3", "44"]));
    let open = |text: &str| {
        let (columns, report) = folder.open(&[&folder.table("t.csv", text)], None).unwrap();
        let said = report.notes.iter().map(|note| note.text.clone()).collect::<Vec<_>>().join("\n");
        (texts(&columns, "size"), warnings(&report), said)
    };
    let (sizes, warned, said) = open("id,size\n44,d\n3,c\n2,b\n1,a\n");
    assert_eq!((sizes, warned), (["a", "b", "c", "d"].map(str::to_owned).to_vec(), Vec::new()));
    assert!(said.contains("t.csv: both have id with the same values in another order"), "{said}");
    assert!(said.contains("t.csv is joined by id"), "{said}");
    // In the same order, or with nothing in common, position is as good as ever.
    for text in ["id,size\n1,d\n2,c\n3,b\n44,a\n", "id,size\n7,d\n8,c\n9,b\n10,a\n"] {
        let (sizes, warned, said) = open(text);
        assert_eq!((sizes[0].as_str(), warned.len()), ("d", 0), "{text}");
        assert!(said.contains("by position"), "{said}");
    }
    // Partly the same, and the same but not distinct: no key, and a warning.
    for (text, name) in [("id,size\n3,d\n2,c\n1,b\n5,a\n", "id"), ("label,size\n2,d\n1,c\n1,b\n1,a\n", "label")] {
        let (sizes, warned, _) = open(text);
        assert_eq!((sizes[0].as_str(), warned.len()), ("d", 1), "{text}");
        assert!(warned[0].contains(&format!("its column {name} has values of the drawings' own {name}")), "{warned:?}");
        assert!(warned[0].contains("name the column that both have with --join"), "{warned:?}");
    }
}

#[test]
fn a_key_may_have_two_names() {
    let folder = Folder::new(3, "{\"key\": \"a\"}\n{\"key\": \"b\"}\n{\"key\": \"c\"}\n");
    let table = folder.table("t.csv", "image,size\nc,3\na,1\nx,9\n");
    let (columns, report) = folder.open(&[&table], Some("key=image")).unwrap();
    assert_eq!(texts(&columns, "size"), ["1", "", "3"]);
    assert!(columns.get("image").is_none(), "it is the key");
    assert_eq!(
        warnings(&report),
        ["1 drawing has no line in t.csv: \"b\" …", "t.csv: 1 line of no drawing, the first is \"x\""]
    );
    let error = folder.open(&[&table], Some("key=name")).unwrap_err().to_string();
    assert!(error.contains("it has no column \"name\"; known are image, size"), "{error}");
    // A column that is called so goes before.
    let odd = folder.table("odd.csv", "a=b,size\n1,7\n2,8\n");
    assert!(folder.open(&[&odd], Some("a=b")).unwrap_err().to_string().contains("none of its lines is a drawing's"));
    // Of a slice no line need fit, and yet an example of each side is shown.
    let foreign = folder.table("foreign.csv", "key,size\nb.png,1\n");
    let (_, report) = folder.open_rows(&[&foreign], Some("key"), Some("1:3")).unwrap();
    assert_eq!(
        warnings(&report),
        ["2 drawings have no line in foreign.csv: \"b\", \"c\" …; its first line is \"b.png\""]
    );
    let rows = folder.table("rows.csv", "at,size\n2,7\n0,8\n");
    assert_eq!(texts(&folder.open(&[&rows], Some("row=at")).unwrap().0, "size"), ["8", "", "7"]);
}
