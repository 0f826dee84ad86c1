// Pictures in colour and the colours of their rows: large ones are outlined, small ones take something of them.

/// From this side in pixels on pictures are outlined.
const OUTLINED_FROM = 8;

/// How much pictures take of the colours of their rows.
const tintOf = (view) => (view.side < OUTLINED_FROM ? 0.5 : 0);

/// How wide outlines are in pixels; 0 where there are none.
function outlineOf(page, view, theme) {
  if (!page.tints || !theme.palette || view.side < OUTLINED_FROM) return 0;
  const line = Math.max(1, Math.round(view.scale));
  return clamp(Math.round(view.side / 16), line, 4 * line);
}

/// Outlines over a picture of RGBA bytes: inside the pixels that a square touches, later entries of the palette over earlier ones.
function outlineSoftly(page, view, theme, out) {
  const line = outlineOf(page, view, theme), square = [0, 0, 0, 0];
  const fill = (entry, left, top, right, bottom) => {
    for (let y = Math.max(top, 0); y < Math.min(bottom, view.height); y++) for (let x = Math.max(left, 0); x < Math.min(right, view.width); x++) {
      for (let c = 0; c < 3; c++) out[4 * (y * view.width + x) + c] = theme.palette[3 * entry + c];
    }
  };
  const rows = line ? Array.from({ length: page.count }, (_, i) => i).filter((i) => entryOf(page, i) > 0) : [];
  for (const i of rows.sort((a, b) => entryOf(page, a) - entryOf(page, b))) {
    squareOf(page, view, i, square);
    const entry = entryOf(page, i), [left, top] = square.map(Math.floor), [, , right, bottom] = square.map(Math.ceil);
    fill(entry, left, top, right, top + line);
    fill(entry, left, bottom - line, right, bottom);
    fill(entry, left, top, left + line, bottom);
    fill(entry, right - line, top, right, bottom);
  }
}

const OUTLINE_VERTEX = `#version 300 es
${SQUARE_OF_PLACE}
in uvec2 look;
uniform sampler2D colors;
flat out vec4 box; flat out vec3 color;
void main() {
  vec4 square = squareOf();
  box = vec4(floor(square.xy), ceil(square.zw));
  int entry = int(look.y & 255u);
  color = texelFetch(colors, ivec2(entry, 1), 0).rgb;
  vec2 at = mix(box.xy, box.zw, vec2(gl_VertexID & 1, gl_VertexID >> 1)) / sizePx * 2.0 - 1.0;
  // Depths let the last entry win; rows without a colour lie outside.
  gl_Position = entry == 0 ? vec4(2.0, 2.0, 2.0, 1.0) : vec4(at.x, -at.y, 1.0 - float(entry) / 128.0, 1.0);
}`;

const OUTLINE_FRAGMENT = `#version 300 es
precision highp float;
flat in vec4 box; flat in vec3 color;
uniform float line, lines;
out vec4 shown;
void main() {
  vec2 at = vec2(gl_FragCoord.x, lines - gl_FragCoord.y), inside = min(at - box.xy, box.zw - at);
  if (min(inside.x, inside.y) > line) discard;
  shown = vec4(color, 1.0);
}`;

/// Outlines over what a painter with WebGL 2 has painted; `drawSheet` draws a quad for each drawing of a sheet in sight.
function outlineByGl(painter, view, theme, drawSheet) {
  const { gl, page } = painter, line = outlineOf(page, view, theme);
  if (!line) return;
  const { program, set } = painter.outlines ??= painter.program(OUTLINE_VERTEX, OUTLINE_FRAGMENT);
  gl.useProgram(program);
  painter.place(set, view);
  painter.bind(1, painter.colors);
  set("1i", "colors", 1);
  set("1f", "line", line);
  set("1f", "lines", view.height);
  gl.enable(gl.DEPTH_TEST);
  gl.depthFunc(gl.LEQUAL);
  gl.clear(gl.DEPTH_BUFFER_BIT);
  sheetsInSight(page, view).forEach(drawSheet);
  gl.disable(gl.DEPTH_TEST);
}
