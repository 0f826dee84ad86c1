//! COCO annotations as a table: a line a picture, with the categories of what was found in it, and boxes around that.

use std::collections::{HashMap, HashSet};
use std::io::BufReader;

use serde::Deserialize;
use serde_json::json;

use super::lines::Lines;
use super::path_end::ByEnd;
use crate::data::file::PlainFile;
use crate::data::report::Severity;
use crate::data::source::Turned;
use crate::words::counted;

/// Bytes read at a time.
const BLOCK_BYTES: usize = 1 << 20;
/// Keys of the document, of which at least one stands near its beginning.
const KEYS: [&[u8]; 2] = [b"images", b"annotations"];

/// The boxes of all pictures.
#[derive(Debug)]
pub(in crate::data) struct Boxes {
    /// By the picture's name.
    pictures: HashMap<String, OfPicture>,
    by_end: ByEnd<OfPicture>,
    places: Vec<([f32; 4], u32)>,
    /// Names of categories, the one with most boxes first.
    categories: Vec<String>,
}

/// Which boxes are a picture's.
#[derive(Clone, Copy, Debug)]
struct OfPicture {
    /// The first, and one past the last.
    first: u32,
    end: u32,
    /// Width and height of the picture as the annotations have them.
    sides: [f64; 2],
}

/// A box around something in a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkedBox {
    /// Left, top, width and height, as parts of the picture's width and height: 0 to 1 within it.
    pub place: [f32; 4],
    /// What it is around.
    pub category: String,
    /// The place of that among all categories, the one with most boxes first.
    pub rank: usize,
}

#[derive(Deserialize)]
struct Document {
    images: Vec<Image>,
    #[serde(default)]
    annotations: Vec<Annotation>,
    #[serde(default)]
    categories: Vec<Category>,
}

/// Numbers in nearly all files, texts in some.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(untagged)]
enum Id {
    Number(i64),
    Text(String),
}

#[derive(Deserialize)]
struct Image {
    id: Id,
    file_name: String,
    width: Option<f64>,
    height: Option<f64>,
}

#[derive(Deserialize)]
struct Annotation {
    image_id: Id,
    category_id: Option<Id>,
    bbox: Option<Vec<f64>>,
    caption: Option<String>,
}

#[derive(Deserialize)]
struct Category {
    id: Id,
    name: String,
}

/// What is known of one picture.
#[derive(Debug, Default)]
struct Known {
    annotations: u32,
    /// Numbers of categories, each once, in their order of appearance.
    categories: Vec<usize>,
    captions: Vec<String>,
    boxes: Vec<([f32; 4], u32)>,
}

/// Whether a file that begins so may hold annotations: an object with a list of images or annotations, which are objects.
pub(in crate::data) fn may_be(head: &[u8]) -> bool {
    let (mut depth, mut in_text, mut escaped, mut start) = (0_u32, false, false, 0);
    for (at, &byte) in head.iter().enumerate() {
        if in_text {
            in_text = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            let key = head.get(start..at).filter(|_| !in_text && depth == 1);
            let is_list = |rest: &[u8]| {
                let mut signs = rest.iter().filter(|byte| !byte.is_ascii_whitespace());
                [b':', b'[', b'{'].iter().all(|sign| signs.next() == Some(sign))
            };
            if key.is_some_and(|key| KEYS.contains(&key)) && head.get(at + 1..).is_some_and(is_list) {
                return true;
            }
            continue;
        }
        match byte {
            b'"' => (in_text, start) = (true, at + 1),
            b'{' | b'[' => depth = depth.saturating_add(1),
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

/// Reads annotations. Fails with what is wrong where the file holds something else, or ends early.
pub(super) fn read(file: &PlainFile) -> Result<(Lines, Boxes), String> {
    let reader = BufReader::with_capacity(BLOCK_BYTES, file.reader(0..file.len()));
    let Document { images, annotations, categories } =
        serde_json::from_reader(reader).map_err(|error| error.to_string())?;
    let mut known: Vec<Known> = images.iter().map(|_| Known::default()).collect();
    let by_id: HashMap<&Id, usize> = images.iter().zip(0..).map(|(image, number)| (&image.id, number)).collect();
    let of_category: HashMap<&Id, usize> = categories.iter().zip(0..).map(|(one, number)| (&one.id, number)).collect();
    let mut counts = vec![0_u32; categories.len()];
    let (total, mut lost, mut odd, mut unlisted) = (annotations.len() as u64, 0_u64, 0_u64, 0_u64);
    for Annotation { image_id, category_id, bbox, caption } in annotations {
        let place = by_id.get(&image_id).copied();
        let Some((image, known)) = place.and_then(|at| images.get(at).zip(known.get_mut(at))) else {
            lost += 1;
            continue;
        };
        known.annotations += 1;
        known.captions.extend(caption);
        let Some(category) = category_id.as_ref().and_then(|id| of_category.get(id)).copied() else {
            unlisted += u64::from(category_id.is_some());
            continue;
        };
        let (bbox, sides) = (bbox.unwrap_or_default(), [image.width, image.height].map(Option::unwrap_or_default));
        if !known.categories.contains(&category) {
            known.categories.push(category);
        }
        if let Some(count) = counts.get_mut(category) {
            *count += 1;
        }
        match of_picture(&bbox, sides) {
            Some(place) => known.boxes.push((place, category as u32)),
            None => odd += u64::from(!bbox.is_empty()),
        }
    }
    let mut lines = Lines::default();
    let pictures = counted(images.len() as u64, "picture", "pictures");
    let (annotations, names) =
        (counted(total, "annotation", "annotations"), counted(categories.len() as u64, "category", "categories"));
    lines.notes.push((Severity::Info, format!("COCO: {pictures}, {annotations}, {names}")));
    if lost > 0 {
        let text = format!("{} of no picture that it lists", counted(lost, "annotation is", "annotations are"));
        lines.notes.push((Severity::Warning, text));
    }
    if unlisted > 0 {
        let text = format!("{} of no category that it lists", counted(unlisted, "annotation is", "annotations are"));
        lines.notes.push((Severity::Warning, text));
    }
    if odd > 0 {
        let text =
            format!("{} no box within a picture of a known size, and not drawn", counted(odd, "box is", "boxes are"));
        lines.notes.push((Severity::Warning, text));
    }
    let boxes = Boxes::of(&images, &known, &categories, &counts);
    for (image, known) in images.iter().zip(known) {
        let names: Vec<&str> =
            known.categories.iter().filter_map(|at| Some(categories.get(*at)?.name.as_str())).collect();
        let mut line = json!({"file_name": image.file_name, "annotations": known.annotations});
        if let Some(fields) = line.as_object_mut() {
            if !categories.is_empty() {
                fields.insert("categories".to_owned(), names.into());
            }
            if !known.captions.is_empty() {
                fields.insert("captions".to_owned(), known.captions.join("\n").into());
            }
        }
        lines.push(line.to_string().as_bytes());
    }
    Ok((lines.finish(), boxes))
}

/// A box in pixels as parts of its picture; `None` where it is no box, or lies outside.
fn of_picture(bbox: &[f64], [width, height]: [f64; 2]) -> Option<[f32; 4]> {
    let &[x, y, w, h] = bbox else { return None };
    let is_there = [x, y, w, h].iter().all(|number| number.is_finite()) && w >= 0.0 && h >= 0.0;
    let is_within = x < width && y < height && x + w > 0.0 && y + h > 0.0;
    (is_there && is_within).then(|| [x / width, y / height, w / width, h / height].map(|part| part as f32))
}

impl Boxes {
    fn of(images: &[Image], known: &[Known], categories: &[Category], counts: &[u32]) -> Self {
        let mut order: Vec<usize> = (0..categories.len()).collect();
        let name = |at: &usize| categories.get(*at).map(|category| category.name.as_str());
        order.sort_by_key(|at| (std::cmp::Reverse(counts.get(*at)), name(at)));
        let mut ranks = vec![0_u32; categories.len()];
        for (rank, at) in order.iter().enumerate() {
            ranks.iter_mut().skip(*at).take(1).for_each(|slot| *slot = rank as u32);
        }
        let (mut pictures, mut places) = (HashMap::new(), Vec::new());
        for (image, known) in images.iter().zip(known) {
            let first = places.len() as u32;
            let ranked = |(place, at): &([f32; 4], u32)| (*place, ranks.get(*at as usize).copied().unwrap_or_default());
            places.extend(known.boxes.iter().map(ranked));
            let sides = [image.width, image.height].map(Option::unwrap_or_default);
            pictures.insert(image.file_name.clone(), OfPicture { first, end: places.len() as u32, sides });
        }
        let by_end = ByEnd::of(pictures.iter().map(|(name, of)| (name.as_str(), *of)));
        let categories = order.iter().filter_map(name).map(str::to_owned).collect();
        Self { pictures, by_end, places, categories }
    }

    /// Those of the picture of this name, as lines of the table are found: by the end of it where the whole is unknown and no
    /// other picture has that. Where a picture is turned to be seen they are turned with it, unless the annotations have its size as it
    /// is seen.
    pub(in crate::data) fn of_name(
        &self,
        name: &str,
        shared: Option<&HashSet<String>>,
        turned: Option<Turned>,
    ) -> Vec<MarkedBox> {
        let by_end = || self.by_end.get(name, shared?);
        let Some(OfPicture { first, end, sides }) = self.pictures.get(name).copied().or_else(by_end) else {
            return Vec::new();
        };
        let turned = turned.filter(|turned| !turned.is_known_as_seen(sides));
        let boxes = self.places.get(first as usize..end as usize).unwrap_or_default().iter();
        let marked = |(place, rank): &([f32; 4], u32)| {
            let rank = *rank as usize;
            MarkedBox {
                place: turned.map_or(*place, |turned| turned.place(*place)),
                category: self.categories.get(rank).cloned().unwrap_or_default(),
                rank,
            }
        };
        boxes.map(marked).collect()
    }
}

#[cfg(test)]
mod tests;
