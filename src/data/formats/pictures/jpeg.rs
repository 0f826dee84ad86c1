//! The decoder of JPEG pictures as one of those of the library `image`, which itself reads the head of such a picture once more for each
//! question, its tables among it: that adds up where there are many small pictures.

use image::error::{DecodingError, UnsupportedError, UnsupportedErrorKind};
use image::{ColorType, ImageDecoder, ImageError, ImageFormat, ImageResult};
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// A picture whose head has been read.
pub(super) struct Jpeg<'a> {
    decoder: JpegDecoder<ZCursor<&'a [u8]>>,
    size: (u32, u32),
    color: ColorType,
}

impl<'a> Jpeg<'a> {
    /// Of bytes that begin with a head.
    pub(super) fn new(bytes: &'a [u8]) -> ImageResult<Self> {
        // Sizes are bounded by whoever sets limits.
        let options = DecoderOptions::default().set_strict_mode(false);
        let options = options.set_max_width(usize::MAX).set_max_height(usize::MAX);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
        decoder.decode_headers().map_err(in_its_words)?;
        let (Some((width, height)), Some(stored)) = (decoder.dimensions(), decoder.input_colorspace()) else {
            return Err(in_its_words(DecodeErrors::FormatStatic("it has no size")));
        };
        let (shown, color) = match stored {
            ColorSpace::Luma => (stored, ColorType::L8),
            ColorSpace::LumaA => (stored, ColorType::La8),
            ColorSpace::RGBA => (stored, ColorType::Rgba8),
            _ => (ColorSpace::RGB, ColorType::Rgb8),
        };
        decoder.set_options(options.jpeg_set_out_colorspace(shown));
        // Either side takes 16 bits in the file.
        Ok(Self { decoder, size: (width as u32, height as u32), color })
    }
}

impl ImageDecoder for Jpeg<'_> {
    fn dimensions(&self) -> (u32, u32) {
        self.size
    }

    fn color_type(&self) -> ColorType {
        self.color
    }

    fn exif_metadata(&mut self) -> ImageResult<Option<Vec<u8>>> {
        Ok(self.decoder.exif().cloned())
    }

    fn read_image(mut self, buf: &mut [u8]) -> ImageResult<()> {
        self.decoder.decode_into(buf).map_err(in_its_words)
    }

    fn read_image_boxed(self: Box<Self>, buf: &mut [u8]) -> ImageResult<()> {
        (*self).read_image(buf)
    }
}

fn in_its_words(error: DecodeErrors) -> ImageError {
    let format = ImageFormat::Jpeg.into();
    match error {
        DecodeErrors::Unsupported(what) => {
            let kind = UnsupportedErrorKind::GenericFeature(format!("{what:?}"));
            ImageError::Unsupported(UnsupportedError::from_format_and_kind(format, kind))
        }
        error => ImageError::Decoding(DecodingError::new(format, error)),
    }
}
