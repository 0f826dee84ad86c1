//! Sets as webdataset and tensorboardX write them, against what webdataset's and Pillow's own readers give back
//! (`tests/cases/expected/shards.py`).

use serde_json::Value;

use super::*;

/// The pixels and the columns that a writer's own reader gave back.
fn expected(writer: &str) -> (Vec<[u8; 4]>, Value) {
    let all: Value = serde_json::from_slice(&std::fs::read(shared_file("shards.json")).unwrap()).unwrap();
    let digits = all[writer]["values"].as_str().unwrap().as_bytes().as_chunks::<2>().0;
    let bytes: Vec<u8> =
        digits.iter().map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap()).collect();
    (bytes.as_chunks::<3>().0.iter().map(|&[red, green, blue]| [red, green, blue, 255]).collect(), all[writer].clone())
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn all(dataset: &Dataset) -> Vec<[u8; 4]> {
    (0..dataset.rows()).flat_map(|row| pixels(dataset, row)).collect()
}

#[test]
fn a_shard_of_webdataset_is_what_it_reads_itself() {
    let dataset = open(&[shared_file("shards/webdataset.tar.gz")]);
    let (values, columns_of) = expected("webdataset");
    assert_eq!((dataset.rows(), dataset.height()), (12, 8));
    assert!(all(&dataset) == values);
    let columns = columns(&dataset);
    assert_eq!(texts(&columns, "category"), strings(&columns_of["category"]));
    assert_eq!(texts(&columns, "name"), strings(&columns_of["name"]));
    assert_eq!(texts(&columns, "score")[11], "1.375");
}

#[test]
fn a_projector_of_tensorboardx_is_the_sprite_and_the_labels_that_it_wrote() {
    let dataset = open(&[shared_file("shards/tensorboardX/projector_config.pbtxt")]);
    let (values, columns_of) = expected("tensorboardX");
    assert_eq!((dataset.rows(), dataset.height(), dataset.width()), (12, 8, 8));
    assert!(all(&dataset) == values);
    assert_eq!(texts(&columns(&dataset), "column_1"), strings(&columns_of["label"]));
}
