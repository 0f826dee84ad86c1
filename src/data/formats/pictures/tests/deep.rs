//! Pictures of 16 bits a channel by a range of their own values: v8 = round(255 · clamp((v − A) / (B − A))).

use image::{ImageBuffer, Luma, LumaA, Rgb};

use super::*;
use crate::data::source::OriginalPicture;

fn deep(values: &[u16]) -> Vec<u8> {
    let picture = ImageBuffer::<Luma<u16>, _>::from_raw(values.len() as u32, 1, values.to_vec()).unwrap();
    encoded(&picture.into(), ImageFormat::Png)
}

fn by(range: &str) -> OpenOptions {
    let mut options = OpenOptions::default();
    options.values.range = Some(range.parse().unwrap());
    options
}

fn reds(dataset: &Dataset, row: u32) -> Vec<u8> {
    pixels(dataset, row).iter().map(|[red, ..]| *red).collect()
}

/// numpy: np.floor(255 * np.clip((v - a) / (b - a), 0, 1) + .5).
#[test]
fn a_range_beyond_bytes_is_of_their_own_values() {
    let folder = Folder::new();
    let path = folder.bytes("a.png", &deep(&[0, 200, 999, 2048, 2500, 4095, 5000, 65_535]));
    for (range, expected) in [
        ("0:4095", [0, 12, 62, 128, 156, 255, 255, 255]),
        ("1000:4000", [0, 0, 0, 89, 128, 255, 255, 255]),
        ("-5000:65535", [18, 19, 22, 25, 27, 33, 36, 255]),
        // Within bytes, too, where no picture is of bytes.
        ("0:250", [0, 204, 255, 255, 255, 255, 255, 255]),
    ] {
        let dataset = try_open(&[&path], &by(range)).unwrap();
        assert_eq!(reds(&dataset, 0), expected, "{range}");
    }
    let mut inverted = by("0:4095");
    inverted.values.invert = true;
    assert_eq!(reds(&try_open(&[&path], &inverted).unwrap(), 0), [255, 243, 193, 127, 99, 0, 0, 0]);
}

#[test]
fn alpha_is_no_part_of_it_and_pictures_of_bytes_keep_their_values() {
    let folder = Folder::new();
    let with_alpha = ImageBuffer::<LumaA<u16>, _>::from_pixel(8, 8, LumaA([2048, 32_768]));
    let colour = ImageBuffer::<Rgb<u16>, _>::from_pixel(8, 8, Rgb([0, 1024, 4095]));
    folder.bytes("set/a.png", &encoded(&with_alpha.into(), ImageFormat::Png));
    folder.bytes("set/b.png", &encoded(&colour.clone().into(), ImageFormat::Png));
    folder.bytes("set/c.tif", &encoded(&colour.into(), ImageFormat::Tiff));
    folder.png("set/d.png", (8, 8), [1, 77, 200, 255]);
    let dataset = try_open(&[folder.path("set")], &by("0:4095")).unwrap();
    // 32768 / 257 is 127.5, 255 · 1024 / 4095 is 63.8.
    let colours = [[128, 128, 128, 128], [0, 64, 255, 255], [0, 64, 255, 255], [1, 77, 200, 255]];
    assert_eq!([0, 1, 2, 3].map(|row| middle(&dataset, row)), colours);
    let notes = dataset.report().to_string();
    assert!(notes.contains("--range is for 3 pictures of more than 8 bits a value, 1 of 8 bits"), "{notes}");
    // In an archive the same.
    let bytes: Vec<(&str, Vec<u8>)> =
        ["a.png", "d.png"].map(|name| (name, std::fs::read(folder.path(&format!("set/{name}"))).unwrap())).into();
    let files: Vec<(&str, &[u8])> = bytes.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let tar = folder.bytes("set.tar", &archives::archive(&files));
    let dataset = try_open(&[tar], &by("0:4095")).unwrap();
    assert_eq!([0, 1].map(|row| middle(&dataset, row)), [colours[0], colours[3]]);
}

/// Halves of lines are 0 and far beyond the range: by the mean of what is shown they are a mean grey, by the mean of the values white.
#[test]
fn values_are_cut_before_pictures_are_made_smaller() {
    let folder = Folder::new();
    let stripes = ImageBuffer::<Luma<u16>, _>::from_fn(64, 64, |x, _| Luma([if x % 2 == 0 { 0 } else { 60_000 }]));
    let path = folder.bytes("a.png", &encoded(&stripes.into(), ImageFormat::Png));
    let options = OpenOptions { cell: Some(32), ..by("0:4095") };
    let dataset = try_open(&[&path], &options).unwrap();
    assert!(reds(&dataset, 0).iter().all(|red| *red == 128));
    // In its own size it is shown so, too; its pixels are said by their own values.
    let original = dataset.original(Row(0)).unwrap().unwrap();
    assert_eq!((original.rgba[0], original.rgba[4]), (0, 255));
    assert_eq!([0, 1, 64].map(|column| said_of(&original, [column, 0])), ["0", "60000", ""]);
    assert_eq!(dataset.shown_picture(Row(0)).unwrap().unwrap().own, None);
}

/// A pixel's values in words; nothing beyond the edges.
fn said_of(original: &OriginalPicture, at: [u32; 2]) -> String {
    original.pixel(at).map(|value| value.to_string()).unwrap_or_default()
}

/// By hand. Alpha is said where it is not full, and lines and columns are those of the picture as it is seen.
#[test]
fn the_values_of_a_file_are_said_of_its_picture_whatever_it_is_shown_with() {
    let folder = Folder::new();
    let with_alpha = ImageBuffer::<LumaA<u16>, _>::from_raw(2, 1, vec![2048, 32_768, 7, 65_535]).unwrap();
    let colour = ImageBuffer::<Rgb<u16>, _>::from_raw(2, 1, vec![1, 1024, 65_535, 300, 301, 302]).unwrap();
    let floats = ImageBuffer::<Rgb<f32>, _>::from_raw(2, 1, vec![0.5, -2.25, 7.0, 0.1, 0.2, 0.3]).unwrap();
    folder.bytes("set/a.png", &encoded(&with_alpha.into(), ImageFormat::Png));
    folder.bytes("set/b.png", &encoded(&colour.into(), ImageFormat::Png));
    folder.bytes("set/c.tif", &encoded(&DynamicImage::from(floats), ImageFormat::Tiff));
    for options in [OpenOptions::default(), by("0:4095"), by("0:200")] {
        let dataset = try_open(&[folder.path("set")], &options).unwrap();
        let said = [0, 1, 2].map(|row| {
            let original = dataset.original(Row(row)).unwrap().unwrap();
            [0, 1].map(|column| said_of(&original, [column, 0]))
        });
        assert_eq!(said[0], ["2048, 32768", "7"]);
        assert_eq!(said[1], ["1, 1024, 65535", "300, 301, 302"]);
        assert_eq!(said[2], ["0.5, -2.25, 7", "0.1, 0.2, 0.3"]);
    }
}

#[test]
fn near_a_picture_of_bytes_is_shown_by_the_range_as_its_cell_is() {
    let folder = Folder::new();
    let mask = ImageBuffer::<Luma<u8>, _>::from_fn(64, 64, |x, _| Luma([x as u8 / 16]));
    let path = folder.bytes("mask.png", &encoded(&mask.into(), ImageFormat::Png));
    let mut options = OpenOptions { cell: Some(32), ..by("0:3") };
    for (inverted, expected) in [(false, [0, 85, 170, 255]), (true, [255, 170, 85, 0])] {
        options.values.invert = inverted;
        let dataset = try_open(&[&path], &options).unwrap();
        let cell = reds(&dataset, 0);
        assert_eq!([4, 12, 20, 28].map(|column| cell[column]), expected);
        let original = dataset.original(Row(0)).unwrap().unwrap();
        assert_eq!([8, 24, 40, 56].map(|column| original.rgba[4 * column]), expected);
        assert!(original.rgba.chunks(4).all(|pixel| pixel[3] == 255));
        assert_eq!(said_of(&original, [24, 9]), "1, 1, 1", "the file's own");
        assert_eq!(dataset.shown_picture(Row(0)).unwrap().unwrap().rgba, original.rgba);
    }
}

#[test]
fn drawings_are_said_by_the_upper_bytes_of_their_pictures_whatever_the_range() {
    let folder = Folder::new();
    let path = folder.bytes("a.png", &deep(&[0, 2048, 65_535, 257]));
    let said = |options: &OpenOptions| {
        let dataset = try_open(&[&path], options).unwrap();
        [0, 1, 2, 3].map(|at| dataset.pixel(Row(0), at).unwrap().unwrap().numbers()[0].value() as u8)
    };
    assert_eq!(said(&OpenOptions::default()), [0, 8, 255, 1]);
    assert_eq!(said(&by("0:4095")), [0, 8, 255, 1]);
}

#[test]
fn cells_are_kept_by_the_range_that_made_them() {
    let folder = Folder::new();
    for row in 0..18_u16 {
        folder.bytes(&format!("in/{row:02}.png"), &deep(&[row * 200, 65_535]));
    }
    folder.png("in/zz.png", (1, 2), [9, 9, 9, 255]);
    let keeping = |range: Option<&str>| {
        let kept = crate::kept::Folder::new(folder.path("kept"), 1 << 24);
        let options = OpenOptions { kept: Some(kept), ..range.map_or_else(OpenOptions::default, by) };
        let dataset = try_open(&[folder.path("in")], &options).unwrap();
        let shown = (reds(&dataset, 10)[0], reds(&dataset, 18)[0]);
        let mut all = vec![0; dataset.rows() as usize * dataset.drawing_bytes()];
        dataset.read_rows(0, &mut all).unwrap();
        let known = dataset.report().to_string();
        let known =
            known.split_once(" cells are known").map(|(before, _)| before.rsplit('\n').next().unwrap().to_owned());
        (shown, known, dataset.count_values(&mut |_| {}).unwrap().1.report.to_string())
    };
    // 2000 of 4095 and of 65535; 2000 / 257.
    assert_eq!(keeping(Some("0:4095")).0, (125, 9));
    let (shown, known, _) = keeping(Some("0:4095"));
    assert_eq!(shown, (125, 9));
    assert!(known.unwrap().ends_with("19 of 19"));
    // Another range makes other cells of all but the one of 8 bits.
    let (shown, known, _) = keeping(Some("0:8190"));
    assert_eq!(shown, (62, 9));
    assert!(known.unwrap().ends_with("1 of 19"));
    assert_eq!(keeping(None).0, (8, 9));
    let (shown, known, _) = keeping(Some("0:200"));
    assert_eq!(shown, (10, 11));
    assert!(known.unwrap().ends_with("19 of 19"), "a range of bytes is applied to kept cells");
}
