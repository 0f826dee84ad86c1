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
