//! Which axis counts the drawings, one picture, flat arrays.
