//! safetensors, MATLAB and CIFAR's pickles: values, labels, and what is said of the other arrays.

use super::*;

#[test]
fn safetensors_are_read_where_they_lie_and_arrays_of_one_value_are_columns() {
    let dataset = open(&[expected("set.safetensors")]).unwrap();
    assert_eq!(facts(&dataset), ("safetensors".into(), "uint8".into(), ROWS, 10, 8, 1));
    assert_drawings(&dataset, |row| ink(row, 10, 8));
    assert_column(&dataset, "labels", &labels());
    let scores: Vec<String> = (0..ROWS).map(|row| format!("{}", 0.1 * row as f32)).collect();
    assert_eq!(texts(&columns(&dataset), "score")[1..3], scores[1..3]);
    assert_said(&dataset, "images (7, 10, 8) uint8 is opened; besides, the file holds weights (5, 3) float32");
    let dataset = open(&[expected("floats.safetensors")]).unwrap();
    assert_eq!(dataset.dtype(), "float32");
    assert_drawings(&dataset, |row| {
        ink(row, 10, 8).iter().flat_map(|value| (f32::from(*value) / 250.0).to_le_bytes()).collect()
    });
    assert_column(&dataset, "labels", &labels());
    let named = format!("{}:labels", expected("set.safetensors").display());
    assert!(error(&named).contains("its shape is (7,)"), "{}", error(&named));
    let other = format!("{}:other", expected("set.safetensors").display());
    assert!(error(&other).contains("it holds no array other; its arrays are "));
}

/// A file of safetensors with this header and these bytes of values.
fn safetensors(folder: &Folder, header: &str, values: &[u8]) -> PathBuf {
    let bytes = [&(header.len() as u64).to_le_bytes()[..], header.as_bytes(), values].concat();
    folder.bytes("a.safetensors", &bytes)
}

#[test]
fn safetensors_that_are_not_as_they_say_are_refused_by_what_is_wrong() {
    let folder = Folder::new();
    let one = |dtype: &str, shape: &str, offsets: &str| {
        let header = format!(
            "{{\"__metadata__\":{{\"a\":\"b\"}},\"x\":{{\"dtype\":\"{dtype}\",\"shape\":{shape},\"data_offsets\":{offsets}}}}}"
        );
        safetensors(&folder, &header, &[1; 192])
    };
    assert_eq!(open(&[one("U8", "[6,4,8]", "[0,192]")]).unwrap().rows(), 6);
    for (dtype, shape, offsets, words) in [
        (
            "BF16",
            "[3,4,8]",
            "[0,192]",
            "a safetensors file of x (3, 4, 8) 16-bit brain floats (BF16): none of its arrays",
        ),
        ("F8_E5M2", "[6,4,8]", "[0,192]", "8-bit floats (F8_E5M2)"),
        ("U8", "[6,4,8]", "[0,193]", "places x at 0 to 193 of 192 bytes of values: the file was cut short"),
        ("U8", "[6,4,8]", "[8,0]", "places x at 8 to 0"),
        ("U16", "[6,4,8]", "[0,192]", "gives x 192 bytes, and a shape that does not take as many"),
        ("U8", "[3,18446744073709551615,8]", "[0,192]", "gives x 192 bytes"),
        ("U8", "[3,-1]", "[0,192]", "the safetensors header is not understood"),
    ] {
        let said = error(one(dtype, shape, offsets));
        assert!(said.contains(words), "{said}");
    }
    let said = error(folder.bytes("cut.safetensors", &[&5000_u64.to_le_bytes()[..], b"{\"x\":"].concat()));
    assert!(said.contains("the safetensors header is cut short"), "{said}");
    let said = error(folder.bytes("long.safetensors", &[&90_000_000_u64.to_le_bytes()[..], b"{\"x\":"].concat()));
    assert!(said.contains("claims to be 90000000 bytes long; no more than 16777216 are accepted"), "{said}");
}

#[test]
fn matlab_matrices_open_as_they_are_in_matlab_packed_or_not() {
    for name in ["packed.mat", "plain.mat"] {
        let dataset = open(&[expected(name)]).unwrap();
        assert_eq!(facts(&dataset), ("mat".into(), "uint8".into(), ROWS, 10, 8, 3), "{name}");
        assert_drawings(&dataset, |row| color(row, 10, 8));
        assert_column(&dataset, "y", &labels());
        assert_eq!(columns(&dataset).len(), 2, "{name}: y and score");
    }
    let others = open(&[expected("others.mat")]).unwrap();
    assert_eq!(facts(&others), ("mat".into(), "bool".into(), ROWS, 10, 8, 1), "of as many drawings bytes go first");
    assert_said(&others, "left out: ink (7, 10, 8) float64; others.mat:ink opens that one");
    let path = format!("{}:ink", expected("others.mat").display());
    let ink_of = open_with(&[&path], &axes("NHW")).unwrap();
    assert_eq!(ink_of.dtype(), "float64");
    assert_drawings(&ink_of, |row| ink(row, 10, 8).iter().flat_map(|value| f64::from(*value).to_le_bytes()).collect());
    assert_column(&ink_of, "y", &labels());
    let name = format!("{}:name", expected("others.mat").display());
    assert!(
        error(&name).contains("its array name holds text; accepted are integers, floats and bools"),
        "{}",
        error(&name)
    );
}

/// A matrix of doubles that MATLAB saved as bytes, and one of another byte order.
#[test]
fn narrow_matrices_are_widened_to_what_they_are() {
    let folder = Folder::new();
    let file = |big_endian: bool, class: u8, kind: u32, values: &[u8]| {
        let number = |number: u32| if big_endian { number.to_be_bytes() } else { number.to_le_bytes() };
        let element = |kind: u32, bytes: &[u8]| {
            let mut element = [&number(kind)[..], &number(bytes.len() as u32), bytes].concat();
            element.resize(element.len().next_multiple_of(8), 0);
            element
        };
        let flags = element(6, &[number(u32::from(class)), number(0)].concat());
        let axes = element(5, &[number(9), number(8), number(3)].concat());
        let matrix = [flags, axes, element(1, b"a"), element(kind, values)].concat();
        let mut head = b"MATLAB 5.0 MAT-file".to_vec();
        head.resize(124, b' ');
        head.extend(if big_endian { *b"\x01\x00MI" } else { *b"\x00\x01IM" });
        folder.bytes("a.mat", &[head, element(14, &matrix)].concat())
    };
    // The first axis is the fastest: height, then width, then drawings.
    let places: Vec<(usize, usize, usize)> = (0..9 * 8 * 3).map(|at| (at / 72, at % 9, at / 9 % 8)).collect();
    let bytes: Vec<u8> = places.iter().map(|&(row, y, x)| value(row, y, x, 0)).collect();
    let own = |row: usize| -> Vec<f64> { ink(row, 9, 8).iter().map(|value| f64::from(*value)).collect() };
    let dataset = open_with(&[file(false, 6, 2, &bytes)], &axes("HWN")).unwrap();
    assert_eq!((dataset.dtype().as_str(), dataset.rows()), ("float64", 3));
    assert_drawings(&dataset, |row| own(row).iter().flat_map(|value| value.to_le_bytes()).collect());
    let wide: Vec<u8> = bytes.iter().flat_map(|value| (f32::from(*value) * 3.0).to_be_bytes()).collect();
    let dataset = open_with(&[file(true, 7, 7, &wide)], &axes("HWN")).unwrap();
    assert_eq!((dataset.dtype().as_str(), dataset.rows()), ("float32", 3));
    assert_drawings(&dataset, |row| own(row).iter().flat_map(|value| (*value as f32 * 3.0).to_le_bytes()).collect());
    let mut cut = std::fs::read(expected("packed.mat")).unwrap();
    cut.truncate(900);
    let said = error(folder.bytes("cut.mat", &cut));
    assert!(said.contains("this is a MATLAB file with an array that cannot be unpacked"), "{said}");
}

#[test]
fn batches_of_cifar_that_python_pickled_open_with_their_labels() {
    let dataset = open(&[expected("python2_train")]).unwrap();
    assert_eq!(facts(&dataset), ("cifar python".into(), "uint8".into(), 3, 32, 32, 3));
    assert_drawings(&dataset, |row| color(row, 32, 32));
    assert_column(&dataset, "label", &["3", "1", "4"]);
    assert_column(&dataset, "coarse_label", &["1", "0", "1"]);
    assert_column(&dataset, "file_name", &["ant_1.png", "bee_2.png", "cat_3.png"]);
    let dataset = open(&[expected("python3_batch")]).unwrap();
    assert_eq!(facts(&dataset), ("cifar python".into(), "uint8".into(), 3, 32, 32, 3));
    assert_drawings(&dataset, |row| color(row, 32, 32));
    assert_column(&dataset, "label", &["three", "one", "four"]);
    // Several are one set in the order of their names.
    let folder = Folder::new();
    for name in ["data_batch_1", "data_batch_2"] {
        std::fs::copy(expected("python3_batch"), folder.path(name)).unwrap();
    }
    let dataset = open(&[folder.path("")]).unwrap();
    assert_eq!(dataset.rows(), 6);
    assert_column(&dataset, "label", &["3", "1", "4", "3", "1", "4"]);
}

#[test]
fn other_pickles_are_refused_and_nothing_in_them_is_called() {
    let folder = Folder::new();
    let call = b"\x80\x02cos\nsystem\nq\x00U\x07touch aq\x01\x85q\x02Rq\x03.";
    let said = error(folder.bytes("call.pkl", call));
    assert!(said.contains("this is a Python pickle, which asks for os.system: load it in Python"), "{said}");
    // An array alone, and another protocol.
    for bytes in [&b"\x80\x02]q\x00(K\x01K\x02e."[..], b"\x80\x04\x95\x05\0\0\0\0\0\0\0]\x94K\x01a."] {
        let said = error(folder.bytes("list.pkl", bytes));
        assert!(said.contains("this is a Python pickle: load it in Python and save the array"), "{said}");
    }
    let cut = &std::fs::read(expected("python2_train")).unwrap()[..9000];
    assert!(error(folder.bytes("cut_batch", cut)).contains("this is a Python pickle"));
}

#[test]
fn a_folder_of_batches_without_endings_opens_by_what_they_hold() {
    let folder = Folder::new();
    let root = folder.path("cifar-100-python");
    std::fs::create_dir(&root).unwrap();
    for (name, from) in [("train", "python2_train"), ("batches.meta", "batches.meta")] {
        std::fs::copy(expected(from), root.join(name)).unwrap();
    }
    std::fs::write(root.join("file.txt~"), "notes").unwrap();
    std::fs::write(root.join("README"), "notes").unwrap();
    let alone = open(&[root.join("train")]).unwrap();
    let dataset = open(&[root]).unwrap();
    assert_eq!(facts(&dataset), facts(&alone));
    assert_drawings(&dataset, |row| color(row, 32, 32));
}

#[test]
fn matlab_4_is_refused_by_its_name() {
    let said = error(expected("v4.mat"));
    assert!(
        said.starts_with("this is a MATLAB file of version 4: save it again, in MATLAB by save(FILE, '-v7'), or"),
        "{said}"
    );
}
