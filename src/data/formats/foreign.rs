//! Signs of files that are refused by name: those that say more than a few first bytes. Each is what the format's own description
//! demands of a file.

pub(super) const AS_PNG: &str = "convert it to PNG, TIFF or JPEG, by ImageMagick's magick FILE FILE.png, and open that";
pub(super) const AS_PARQUET: &str = "write it as Parquet: pandas reads it, and has to_parquet";

/// The bytes from `start` on begin with one of these.
fn has(head: &[u8], start: usize, one_of: &[&[u8]]) -> bool {
    head.get(start..).is_some_and(|rest| one_of.iter().any(|bytes| rest.starts_with(bytes)))
}

/// The name of the first member of a zip archive.
fn first_in_zip(head: &[u8]) -> Option<&[u8]> {
    let len = head.strip_prefix(b"PK\x03\x04")?.get(22..24)?.try_into().ok().map(u16::from_le_bytes)?;
    head.get(30..30 + usize::from(len))
}

/// A zip archive that begins with a pickle, or from before version 1.6 the number that a pickle begins with.
pub(super) fn is_pytorch(head: &[u8]) -> bool {
    first_in_zip(head).is_some_and(|name| name.ends_with(b"/data.pkl"))
        || head.starts_with(b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.")
}

/// A zip archive of Office Open XML, or what Office wrote before.
pub(super) fn is_office(head: &[u8]) -> bool {
    let is_part =
        |name: &[u8]| has(name, 0, &[b"[Content_Types].xml", b"_rels/.rels", b"docProps/", b"xl/", b"mimetype"]);
    first_in_zip(head).is_some_and(is_part) || head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

/// A length of 64 bits, and its masked CRC-32C.
pub(super) fn is_tfrecord(head: &[u8]) -> bool {
    let Some((len, rest)) = head.split_first_chunk::<8>() else { return false };
    let sum = rest.first_chunk().copied().map(u32::from_le_bytes);
    sum == Some(crc_32c(len).rotate_right(15).wrapping_add(0xa282_ead8))
}

/// CRC-32C (Castagnoli) of a few bytes.
fn crc_32c(bytes: &[u8]) -> u32 {
    let bit = |sum: u32| (sum >> 1) ^ if sum & 1 == 1 { 0x82f6_3b78 } else { 0 };
    !bytes.iter().fold(!0, |sum, &byte| (0..8).fold(sum ^ u32::from(byte), |sum, _| bit(sum)))
}

const HEIF: [&[u8]; 10] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"];
const MP4: [&[u8]; 11] =
    [b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"qt  ", b"3gp"];

pub(super) fn is_heif(head: &[u8]) -> bool {
    has(head, 4, &[b"ftyp"]) && has(head, 8, &HEIF)
}

/// MP4 and its kin, Matroska, AVI.
pub(super) fn is_film(head: &[u8]) -> bool {
    (has(head, 4, &[b"ftyp"]) && has(head, 8, &MP4))
        || has(head, 0, &[b"\x1a\x45\xdf\xa3"])
        || (has(head, 0, &[b"RIFF"]) && has(head, 8, &[b"AVI "]))
}

/// The bare stream, or a file of boxes.
pub(super) fn is_jpeg_xl(head: &[u8]) -> bool {
    has(head, 0, &[b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n"])
}

/// A file of boxes, or the bare stream.
pub(super) fn is_jpeg_2000(head: &[u8]) -> bool {
    has(head, 0, &[b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51"])
}

/// P1 to P6 alone on a line, before a size or a comment.
pub(super) fn is_netpbm(head: &[u8]) -> bool {
    matches!(head, [b'P', b'1'..=b'6', b'\n' | b'\r' | b' ' | b'\t', b'0'..=b'9' | b'#' | b'\n', ..])
}

pub(super) fn is_dicom(head: &[u8]) -> bool {
    has(head, 128, &[b"DICM"])
}

/// The length of its header in either byte order, and its version.
pub(super) fn is_nifti(head: &[u8]) -> bool {
    let is_first = has(head, 0, &[&348_i32.to_le_bytes(), &348_i32.to_be_bytes()]);
    let is_second = has(head, 0, &[&540_i32.to_le_bytes(), &540_i32.to_be_bytes()]);
    (is_first && has(head, 344, &[b"n+1\0", b"ni1\0"])) || (is_second && has(head, 4, &[b"n+2\0", b"ni2\0"]))
}

/// The number behind the header of its first page.
pub(super) fn is_lmdb(head: &[u8]) -> bool {
    has(head, 16, &[b"\xde\xc0\xef\xbe", b"\xbe\xef\xc0\xde"])
}

/// Three letters, and no text behind them.
pub(super) fn is_orc(head: &[u8]) -> bool {
    head.starts_with(b"ORC") && head.contains(&0)
}

/// What `save` and `saveRDS` write, unpacked.
pub(super) fn is_r(head: &[u8]) -> bool {
    has(head, 0, &[b"RDX2\n", b"RDX3\n", b"RDA2\n", b"RDA3\n", b"X\n\0\0\0\x02", b"X\n\0\0\0\x03"])
}

#[cfg(test)]
mod tests {
    use super::super::refused;

    /// As their own programs write them; of `TFRecord` a record of 10 bytes, its CRC-32C computed
    /// elsewhere.
    #[test]
    fn what_is_refused_is_called_by_its_name() {
        let zip = |name: &[u8]| [b"PK\x03\x04", &[0; 22][..], &[name.len() as u8, 0, 0, 0], name].concat();
        let after = |zeros: usize, bytes: &[u8]| [&vec![0; zeros], bytes, &[0; 20]].concat();
        let nifti = [&348_i32.to_le_bytes()[..], &[0; 340], b"n+1\0"].concat();
        for (head, what) in [
            (b"\x0a\x00\x00\x00\x00\x00\x00\x00\xae\xa3\xbf\x3a".to_vec(), "a TFRecord file"),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), "a HEIC or AVIF picture"),
            (b"\0\0\0\x20ftypavif\0\0\0\0avifmif1".to_vec(), "a HEIC or AVIF picture"),
            (b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2".to_vec(), "a film"),
            (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ".to_vec(), "a film"),
            (b"\xff\x0a\xfa\x1f\x41\x90".to_vec(), "a JPEG XL picture"),
            (b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 ".to_vec(), "a JPEG 2000 picture"),
            (b"P6\n2 2\n255\n\0\0\0".to_vec(), "a PPM, PGM or PBM picture"),
            (b"P5\n# made by hand\n2 2\n255\n".to_vec(), "a PPM, PGM or PBM picture"),
            (b"v/1\x01\x02\0\0\0".to_vec(), "an OpenEXR picture"),
            (b"8BPS\0\x01".to_vec(), "a Photoshop document"),
            (after(128, b"DICM\x02\0\0\0UL"), "a DICOM file"),
            (nifti, "a NIfTI volume"),
            (b"SQLite format 3\0\x10\0".to_vec(), "an SQLite database"),
            (after(16, b"\xde\xc0\xef\xbe\x01\0\0\0"), "an LMDB database"),
            (b"ORC\x0a\x0b\0\0\x03".to_vec(), "an ORC file"),
            (b"Obj\x01\x04\x16avro.schema".to_vec(), "an Avro file"),
            (b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), "a 7z archive"),
            (b"Rar!\x1a\x07\x01\0".to_vec(), "a RAR archive"),
            (b"RDX3\nX\n\0\0\0\x03".to_vec(), "a file of R's"),
            (b"X\n\0\0\0\x03\0\x04\x01\0".to_vec(), "a file of R's"),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), "an SVG drawing"),
            (b"<?xml version=\"1.0\"?>\n<!-- a pen -->\n<svg width=\"9\"/>".to_vec(), "an SVG drawing"),
            (b"<?xml version=\"1.0\"?><Error/>".to_vec(), "an XML answer, not the data"),
            (zip(b"archive/data.pkl"), "a PyTorch file"),
            (zip(b"digits/data.pkl"), "a PyTorch file"),
            (zip(b"[Content_Types].xml"), "an Office document, such as .xlsx"),
            (zip(b"a.txt"), "a zip or .npz archive"),
        ] {
            assert_eq!(refused(&head).map(|(what, _)| what), Some(what), "{}", head.escape_ascii());
        }
        // Texts that begin alike.
        for text in ["ORCHID,1\n", "P6 of the set\n", "Rar, but there\n", "X\n1\n2\n"] {
            assert_eq!(refused(text.as_bytes()), None, "{text}");
        }
    }
}
