// Rows: which of them are drawn, where a drawing lies in the atlas, and what the row table says of it. After view.wgsl.
//
// How it works: a chunk is an array of pages, a page a square of cells, and rows fill cells in reading order, page after page. What
// is known of a row beside its ink lies in `row_data`, a texel a row at the same cell and page, which every tier can read. Every
// painter, the picking pass and the cards ask here and nowhere else.

struct Place {
    cell: vec2<u32>,
    layer: u32,
}

@group(1) @binding(3) var row_data: texture_2d_array<u32>;

// Whether a row takes part in the picture: what has not been read yet does not.
fn is_drawn(row: u32) -> bool {
    return row < view.rows_ready;
}

fn place_of(row: u32) -> Place {
    let in_chunk = row - chunk.first_row;
    let cells = 1u << chunk.cell_bits;
    let cell = vec2<u32>(in_chunk & (cells - 1u), (in_chunk >> chunk.cell_bits) & (cells - 1u));
    return Place(cell, in_chunk >> (2u * chunk.cell_bits));
}

// Mean ink of a drawing, 0..1 (the low 16 bits of its row data).
fn mean_ink(place: Place) -> f32 {
    return f32(textureLoad(row_data, place.cell, place.layer, 0).x & 0xffffu) / 65535.0;
}
