//! Values that use a small part of 0 to 255.
