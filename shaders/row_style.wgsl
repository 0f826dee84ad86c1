// How a row looks: hidden, faded, coloured. After view.wgsl, rows.wgsl and sums.wgsl.
//
// How it works: every painter reads the row table here, in row_style(), and nowhere else; `RowTable::style` in src/scene/rows.rs is its
// twin. A row's word in `row_data` holds its mean ink (16 bits), its entry of the palette (8 bits) and flags (8 bits). The
// palette is the second line of `colors`: 256 entries, then those of selected rows; entry 0 is the theme's ink, for rows without a
// colour. Whether selected rows have a colour of their own hangs on how large drawings are: `RowTable::paints` decides it.
//
// In coloured pictures a pixel needs sums over its drawings: `colored` are k * c and k, where k is what a drawing gives of ink
// and c its colour, `washed` are area * c and area of the coloured ones. styled_ink() and wash() fill them in; color_of_sums()
// makes the pixel of them. Where nothing is styled the pipeline constant STYLING compiles all of this away.

// 0: all rows look alike, nothing is read. 1: flags. 2: flags and colours.
override STYLING: u32 = 0u;
// Rows with no more than this of their ink are left out: 0 those that are hidden; picks leave faded ones out, too.
override LEAST_WEIGHT: f32 = 0.0;

const HIDDEN: u32 = 0x1000000u;
const FADED: u32 = 0x2000000u;
// The bit of selected rows, moved down to stand above the 8 bits of an entry.
const SELECTED_SHIFT: u32 = 18u;
const SELECTED_ENTRIES: u32 = 0x100u;
const FADED_INK: f32 = 0.15;

// Ink to colour in the first line, the palette in the second.
@group(2) @binding(0) var colors: texture_2d<f32>;

struct RowStyle {
    // What is drawn of its ink.
    weight: f32,
    // Entry of the palette.
    color: u32,
}

var<private> colored: vec4<f32> = vec4<f32>(0.0);
var<private> washed: vec4<f32> = vec4<f32>(0.0);
// How much of what styled_ink() is given counts in a pixel that blends several pictures of a drawing.
var<private> share: f32 = 1.0;

// What coloured pictures are resolved from where several draws add up in a pixel. Of a crowd the first one is what `ink` is
// elsewhere: what is left of the paper.
struct Sums {
    @location(0) washed: vec4<f32>,
    @location(1) colored: vec4<f32>,
}

fn row_style(place: Place) -> RowStyle {
    if STYLING == 0u {
        return RowStyle(1.0, 0u);
    }
    let word = textureLoad(row_data, place.cell, place.layer, 0).x;
    let weight = select(select(1.0, FADED_INK, (word & FADED) != 0u), 0.0, (word & HIDDEN) != 0u);
    return RowStyle(weight, ((word >> 16u) & 0xffu) | ((word >> SELECTED_SHIFT) & SELECTED_ENTRIES));
}

// The colour, and whether the ground takes some of it (1) or none (0).
fn row_paint(style: RowStyle) -> vec4<f32> {
    return textureLoad(colors, vec2<u32>(style.color, 1u), 0);
}

fn row_color(style: RowStyle) -> vec3<f32> {
    return row_paint(style).xyz;
}

// What a drawing gives of ink to a pixel, by the look of its row.
fn styled_ink(place: Place, ink: Ink) -> Ink {
    if STYLING == 0u {
        return ink;
    }
    let style = row_style(place);
    let drawn = ink * style.weight;
    if STYLING == 2u {
        colored += in_row_color(drawn * share, row_paint(style));
    }
    return drawn;
}

// The ground under a coloured drawing takes some of its colour: `area` is what the drawing has of the pixel.
fn wash(place: Place, area: f32) {
    if STYLING == 2u {
        let style = row_style(place);
        let paint = row_paint(style);
        washed += vec4<f32>(paint.xyz, 1.0) * (area * style.weight * paint.w);
    }
}

fn set_share(part: f32) {
    if STYLING == 2u {
        share = part;
    }
}

// The pixel of drawings that do not overlap.
fn color_of_sums(paper: vec3<f32>) -> vec3<f32> {
    return color_apart(paper, washed, colored);
}
