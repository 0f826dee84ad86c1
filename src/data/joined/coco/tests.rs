//! Annotations as columns and boxes.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
use super::*;
use crate::data::Row;
use crate::data::columns::Value;
use crate::data::dataset::{Dataset, OpenOptions};
use image::{Rgb, RgbImage};
use std::path::Path;

/// As pycocotools reads it: keys in the order of the published files, but for what is not read.
const INSTANCES: &str = r#"{"info": {"description": "a \"set\"", "images": [1]}, "licenses": [{"id": 1}],
    "images": [{"id": 7, "file_name": "b.png", "width": 40, "height": 20}, {"id": 3, "file_name": "a.png", "width": 20, "height": 20}],
    "annotations": [
        {"id": 1, "image_id": 7, "category_id": 18, "bbox": [10, 5, 20.0, 10], "segmentation": [[1, 2, 3, 4]], "iscrowd": 0},
        {"id": 2, "image_id": 7, "category_id": 1, "bbox": [0, 0, 4, 2], "area": 8.0},
        {"id": 3, "image_id": 7, "category_id": 18, "bbox": [0, 0, 40, 20]},
        {"id": 4, "image_id": 99, "category_id": 1, "bbox": [0, 0, 1, 1]},
        {"id": 5, "image_id": 3, "category_id": 1, "bbox": [50, 0, 1, 1]}],
    "categories": [{"id": 1, "name": "person"}, {"id": 18, "name": "dog"}, {"id": 20, "name": "sheep"}]}"#;

fn pictures(folder: &Path) {
    std::fs::create_dir(folder.join("images")).unwrap();
    for (name, width) in [("a.png", 20), ("b.png", 40), ("c.png", 30)] {
        RgbImage::from_pixel(width, 20, Rgb([9; 3])).save(folder.join("images").join(name)).unwrap();
    }
}

#[test]
fn annotations_are_columns_and_boxes_of_the_pictures_that_they_name() {
    let folder = tempfile::tempdir().unwrap();
    pictures(folder.path());
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("instances.json"), INSTANCES).unwrap();
    let by_option = OpenOptions { tables: vec![path("instances.json")], ..OpenOptions::default() };
    let opened = [
        Dataset::open(&[path("images"), path("instances.json")], &OpenOptions::default()).unwrap(),
        Dataset::open(&[path("images")], &by_option).unwrap(),
    ];
    for dataset in opened {
        let (columns, report) = dataset.columns().unwrap();
        let value = |name: &str, row: u32| columns.get(name).unwrap().value(Row(row));
        assert_eq!(value("file_name", 1), Value::Text("b.png"));
        assert_eq!(
            [0, 1, 2].map(|row| value("categories", row)),
            [Value::Text("[\"person\"]"), Value::Text("[\"dog\",\"person\"]"), Value::Missing]
        );
        assert_eq!(
            [0, 1, 2].map(|row| value("annotations", row)),
            [Value::Number(1.0), Value::Number(3.0), Value::Missing]
        );
        let said = report.notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>().join("\n");
        for part in
            ["COCO: 2 pictures, 5 annotations, 3 categories", "1 annotation is of no picture", "1 box is no box"]
        {
            assert!(said.contains(part), "{part} in {said}");
        }
        // Persons and dogs are two each: by name.
        let marked = |place: [f32; 4], category: &str, rank| MarkedBox { place, category: category.to_owned(), rank };
        let expected = [
            marked([0.25, 0.25, 0.5, 0.5], "dog", 0),
            marked([0.0, 0.0, 0.1, 0.1], "person", 1),
            marked([0.0, 0.0, 1.0, 1.0], "dog", 0),
        ];
        assert_eq!(dataset.boxes(Row(1), "b.png"), expected);
        assert!(dataset.has_boxes());
        assert!(dataset.boxes(Row(0), "a.png").is_empty() && dataset.boxes(Row(2), "z.png").is_empty());
    }
}

#[test]
fn names_are_found_by_their_end_where_that_is_one_pictures_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for (name, width) in [("x/a.png", 20), ("x/b.png", 40), ("y/b.png", 40), ("y/c.png", 40), ("c/e.png", 40)] {
        std::fs::create_dir_all(path("images").join(name).parent().unwrap()).unwrap();
        RgbImage::from_pixel(width, 20, Rgb([9; 3])).save(path("images").join(name)).unwrap();
    }
    // Of `b` there are two pictures, of `c` two lines, one of which is the picture's whole name; `e` has its path twice over.
    let images = ["a.png", "b.png", "y/c.png", "z/c.png", "data/c/e.png"].iter().enumerate();
    let images: Vec<String> = images
        .map(|(id, name)| format!(r#"{{"id": {id}, "file_name": "{name}", "width": 40, "height": 20}}"#))
        .collect();
    let boxed = (0..5).map(|id| format!(r#"{{"image_id": {id}, "category_id": 1, "bbox": [{id}, 0, 4, 2]}}"#));
    let text = format!(
        r#"{{"images": [{}], "annotations": [{}], "categories": [{{"id": 1, "name": "dining table"}}]}}"#,
        images.join(","),
        boxed.collect::<Vec<_>>().join(",")
    );
    std::fs::write(path("instances.json"), text).unwrap();
    let dataset = Dataset::open(&[path("images"), path("instances.json")], &OpenOptions::default()).unwrap();
    let (columns, report) = dataset.columns().unwrap();
    let names: Vec<String> = (0..5).map(|row| columns.get("file_name").unwrap().text(Row(row))).collect();
    assert_eq!(names, ["c/e.png", "x/a.png", "x/b.png", "y/b.png", "y/c.png"]);
    let found: Vec<Option<f32>> = names
        .iter()
        .zip(0..)
        .map(|(name, row)| dataset.boxes(Row(row), name).first().map(|marked| (marked.place[0] * 40.0).round()))
        .collect();
    assert_eq!(found, [Some(4.0), Some(0.0), None, None, Some(2.0)]);
    let annotated = |row| columns.get("annotations").unwrap().value(Row(row)) != Value::Missing;
    assert_eq!([0, 1, 2, 3, 4].map(annotated), [true, true, false, false, true]);
    let said = report.notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>().join("\n");
    let part = "instances.json: 2 drawings by the end of the path alone, as \"c/e.png\": no line has the whole";
    assert!(said.contains(part), "{said}");
    // A category of two words is one item of a list.
    let kept = |condition: &str| {
        let condition: crate::data::columns::query::Condition = condition.parse().unwrap();
        condition.evaluate(&columns, columns.rows_loaded()).unwrap().rows.iter().filter(|kept| **kept).count()
    };
    assert_eq!((kept("categories has \"dining table\""), kept("categories has table")), (3, 0));
}

#[test]
fn boxes_are_turned_with_their_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("images")).unwrap();
    // A quarter to the right, by EXIF: what is stored 40 wide and 20 high is seen 20 wide.
    let mut exif = b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    exif.extend(b"\0\x06\0\0\0\0\0\0");
    for name in ["stored.jpg", "seen.jpg"] {
        let mut jpeg = std::io::Cursor::new(Vec::new());
        RgbImage::from_pixel(40, 20, Rgb([9; 3])).write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
        let jpeg = jpeg.into_inner();
        std::fs::write(path("images").join(name), [&jpeg[..2], &exif, &jpeg[2..]].concat()).unwrap();
    }
    let text = r#"{"images": [{"id": 1, "file_name": "stored.jpg", "width": 40, "height": 20}, {"id": 2, "file_name": "seen.jpg", "width": 20, "height": 40}],
        "annotations": [{"image_id": 1, "category_id": 1, "bbox": [10, 5, 20, 10]}, {"image_id": 2, "category_id": 1, "bbox": [5, 10, 10, 20]}],
        "categories": [{"id": 1, "name": "person"}]}"#;
    std::fs::write(path("instances.json"), text).unwrap();
    let dataset = Dataset::open(&[path("images"), path("instances.json")], &OpenOptions::default()).unwrap();
    for (row, name) in ["seen.jpg", "stored.jpg"].into_iter().enumerate() {
        let boxes = dataset.boxes(Row(row as u32), name);
        assert_eq!(boxes[0].place, [0.25, 0.25, 0.5, 0.5], "{name}");
    }
    // One that lies at the left of what is stored is at the top of what is seen.
    std::fs::write(path("instances.json"), text.replace("[10, 5, 20, 10]", "[0, 0, 10, 10]")).unwrap();
    let dataset = Dataset::open(&[path("images"), path("instances.json")], &OpenOptions::default()).unwrap();
    assert_eq!(dataset.boxes(Row(1), "stored.jpg")[0].place, [0.5, 0.0, 0.5, 0.25]);
}

#[test]
fn captions_are_a_column_and_other_json_is_what_it_was() {
    let folder = tempfile::tempdir().unwrap();
    pictures(folder.path());
    let path = |name: &str| folder.path().join(name);
    let captions = r#"{"images": [{"id": "x", "file_name": "a.png"}], "annotations": [
        {"image_id": "x", "id": 1, "caption": "A cat."}, {"image_id": "x", "id": 2, "caption": "Small."}]}"#;
    std::fs::write(path("captions.json"), captions).unwrap();
    let open = |name: &str| Dataset::open(&[path("images"), path(name)], &OpenOptions::default());
    let columns = open("captions.json").unwrap().columns().unwrap().0;
    assert_eq!(columns.get("captions").unwrap().value(Row(0)), Value::Text("A cat.\nSmall."));
    assert!(columns.get("categories").is_none());
    for end in 0..captions.len() {
        std::fs::write(path("captions.json"), captions.get(..end).unwrap()).unwrap();
        assert!(open("captions.json").is_err(), "{end}");
    }
    let table = r#"{"file_name": "a.png", "images": ["x"], "note": "\"annotations\": [{"}"#;
    assert!(!may_be(table.as_bytes()) && may_be(captions.as_bytes()) && may_be(INSTANCES.as_bytes()));
}

#[test]
fn what_is_missing_or_null_costs_a_box_and_what_is_odd_is_said_by_name() {
    let folder = tempfile::tempdir().unwrap();
    pictures(folder.path());
    let path = folder.path().join("instances.json");
    let open = |text: &str| {
        std::fs::write(&path, text).unwrap();
        Dataset::open(&[folder.path().join("images"), path.clone()], &OpenOptions::default())
    };
    let holes = r#"{"images": [{"id": 7, "file_name": "b.png", "width": null}],
        "annotations": [{"image_id": 7, "category_id": 1, "bbox": null}, {"image_id": 7, "category_id": 9, "bbox": [0, 0, 1, 1]}],
        "categories": [{"id": 1, "name": "person"}]}"#;
    let (columns, report) = open(holes).unwrap().columns().unwrap();
    let value = |name: &str| columns.get(name).unwrap().value(Row(1));
    assert_eq!((value("categories"), value("annotations")), (Value::Text("[\"person\"]"), Value::Number(2.0)));
    let said = report.notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>().join("\n");
    assert!(said.contains("1 annotation is of no category that it lists"), "{said}");
    let odd = open(r#"{"images": [{"id": 7, "width": 3}], "annotations": []}"#).unwrap_err().to_string();
    assert!(odd.contains("it looks like COCO's annotations") && odd.contains("file_name"), "{odd}");
}
