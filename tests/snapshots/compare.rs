//! Compares a picture with its snapshot, and writes what is needed to see why they differ.

use std::io::BufReader;
use std::path::PathBuf;

/// Most bytes of a snapshot file.
const MOST_BYTES: usize = 4096;
/// Colours may differ by this much …
const TOLERANCE: u8 = 2;
/// … and by more on one pixel in so many.
const PIXELS_PER_OUTLIER: usize = 1000;

fn path(name: &str, ending: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/snapshots/{name}{ending}"))
}

/// Holds RGBA rows against `tests/snapshots/NAME.png`.
pub fn check(name: &str, size_px: [u32; 2], rgba: &[u8]) {
    let rgb: Vec<[u8; 3]> = rgba.chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    assert!(rgba.chunks_exact(4).all(|pixel| pixel[3] == 255), "{name}: a picture with holes");
    let png = encode(size_px, &rgb);
    assert!(png.len() <= MOST_BYTES, "{name}: {} bytes, at most {MOST_BYTES} are kept: show less", png.len());
    if std::env::var_os("INKFIELD_ACCEPT").is_some_and(|accept| accept == "1") {
        std::fs::write(path(name, ".png"), png).unwrap();
        return;
    }
    let problem = match decode(&path(name, ".png")) {
        None => "there is no snapshot yet".to_owned(),
        Some((size, _)) if size != size_px => format!("its size is {size_px:?}, the snapshot's is {size:?}"),
        Some((_, kept)) => {
            let difference = |(a, b): (&[u8; 3], &[u8; 3])| (0..3).map(|i| a[i].abs_diff(b[i])).max().unwrap();
            let differences: Vec<u8> = rgb.iter().zip(&kept).map(difference).collect();
            let outliers = differences.iter().filter(|&&difference| difference > TOLERANCE).count();
            if outliers * PIXELS_PER_OUTLIER <= rgb.len() {
                return;
            }
            let marked: Vec<[u8; 3]> = differences.iter().map(|&d| [d.saturating_mul(8); 3]).collect();
            std::fs::write(path(name, ".diff.png"), encode(size_px, &marked)).unwrap();
            format!(
                "{outliers} of {} pixels differ by more than {TOLERANCE}, see {}",
                rgb.len(),
                path(name, ".diff.png").display()
            )
        }
    };
    let new = path(name, ".new.png");
    std::fs::write(&new, png).unwrap();
    panic!(
        "the picture `{name}` is not its snapshot: {problem}. The new one is {}. Look at it; this accepts it:\n  \
         INKFIELD_ACCEPT=1 cargo test --test snapshots {name}",
        new.display()
    );
}

/// A small PNG: with a palette where there are few colours.
fn encode([width, height]: [u32; 2], rgb: &[[u8; 3]]) -> Vec<u8> {
    let mut colors = rgb.to_vec();
    colors.sort_unstable();
    colors.dedup();
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_compression(png::Compression::High);
    let bytes = if colors.len() <= 256 {
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_palette(colors.concat());
        encoder.set_filter(png::Filter::NoFilter);
        rgb.iter().map(|color| colors.binary_search(color).unwrap() as u8).collect()
    } else {
        encoder.set_color(png::ColorType::Rgb);
        rgb.concat()
    };
    encoder.write_header().unwrap().write_image_data(&bytes).unwrap();
    out
}

/// Size and pixels of a PNG file, if it is there.
fn decode(path: &std::path::Path) -> Option<([u32; 2], Vec<[u8; 3]>)> {
    let file = std::fs::File::open(path).ok()?;
    let mut decoder = png::Decoder::new(BufReader::new(file));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    let pixels = bytes.chunks_exact(info.color_type.samples()).map(|pixel| [pixel[0], pixel[1], pixel[2]]);
    Some(([info.width, info.height], pixels.collect()))
}
