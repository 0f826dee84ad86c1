// Draws by the processor alone, where there is no WebGL 2 with float targets. The rules stand here as docs/contract.md has them.

/// The integral of a level's ink, or of channel `c` of four, over a part of a drawing's square, in px: `low` .. `high` from its left top
/// corner, inside `size`.
function integral({ values, pitch, columns, starts, sides }, level, cell, size, low, high, c = 0, n = 1) {
  const side = sides[level], perX = side / size[0], perY = side / size[1];
  const x0 = low[0] * perX, x1 = high[0] * perX, y0 = low[1] * perY, y1 = high[1] * perY;
  const cx = (cell % columns) * side, cy = starts[level] + Math.floor(cell / columns) * side;
  let sum = 0;
  for (let y = Math.min(Math.floor(y0), side - 1); y < y1 && y < side; y++) {
    const height = Math.min(y + 1, y1) - Math.max(y, y0);
    for (let x = Math.min(Math.floor(x0), side - 1); x < x1 && x < side; x++) {
      sum += values[((cy + y) * pitch + cx + x) * n + c] * height * (Math.min(x + 1, x1) - Math.max(x, x0));
    }
  }
  return sum / (255 * perX * perY);
}

/// What a drawing in colour adds to a pixel: its colours multiplied by alpha, and alpha, 0 to 1 by the area that is covered.
function colorsAt(page, view, i, stack, [x, y], [left, top], size, low, high, area, out) {
  const cell = i % page.perSheet, inside = (at, start, side) => Math.min(Math.floor((at + 0.5 - start) / side * page.canvas), page.canvas - 1);
  for (let c = 0; c < 4; c++) {
    const mean = page.tints[4 * i + c] / 255 * area;
    out[c] = mean;
    if (stack && view.nearest) {
      const line = Math.floor(cell / stack.columns) * page.canvas + inside(y, top, size[1]);
      out[c] = stack.values[4 * (line * stack.pitch + (cell % stack.columns) * page.canvas + inside(x, left, size[0])) + c] / 255;
    } else if (stack) {
      const fine = integral(stack, view.fine, cell, size, low, high, c, 4);
      out[c] = mix(view.blend > 0 ? mix(fine, integral(stack, view.coarse, cell, size, low, high, c, 4), view.blend) : fine, mean, view.far);
    }
  }
}

/// A picture as RGBA bytes; `stackOf(sheet)` gives what has been unpacked of it.
function paintSoftly(page, view, theme, stackOfSheet) {
  const { width, height, overlaps } = view, pixels = width * height, isColored = !!theme.palette;
  const value = new Float32Array(pixels).fill(overlaps ? 1 : 0);
  // Sums of k·c and k, and of area·c and area of coloured drawings.
  const inked = isColored ? new Float32Array(pixels * 4) : null, washed = isColored ? new Float32Array(pixels * 4) : null;
  const square = [0, 0, 0, 0], size = [0, 0], low = [0, 0], high = [0, 0], color = [0, 0, 0];
  const byCentre = overlaps || view.nearest;
  const tinted = page.tints ? new Float32Array(pixels * 4) : null, tint = [0, 0, 0, 0];
  // Where pictures in colour overlap those that are not faded lie over those that are.
  const passes = tinted && overlaps && page.words ? 2 : 1;
  for (let pass = 0; pass < passes; pass++) for (let i = 0; i < page.count; i++) {
    if (passes === 2 && isFaded(page, i) !== (pass === 0)) continue;
    squareOf(page, view, i, square);
    const [left, top, right, bottom] = square, edge = byCentre ? 0.5 : 0;
    const x0 = Math.max(byCentre ? Math.ceil(left - edge) : Math.floor(left), 0), y0 = Math.max(byCentre ? Math.ceil(top - edge) : Math.floor(top), 0);
    const x1 = Math.min(Math.ceil(right - edge), width), y1 = Math.min(Math.ceil(bottom - edge), height);
    if (x0 >= x1 || y0 >= y1) continue;
    const weight = weightOf(page, i), entry = entryOf(page, i), mean = page.means[i] / 65535;
    for (let c = 0; isColored && c < 3; c++) color[c] = theme.palette[3 * entry + c] / 255;
    const needsMeanAlone = tinted ? view.far >= 1 : overlaps ? view.shape <= 0 : view.far >= 1;
    const stack = needsMeanAlone ? null : stackOfSheet(Math.floor(i / page.perSheet));
    const cell = i % page.perSheet, far = view.far > 0 ? stretched(page.stretch, mean) : 0;
    size[0] = right - left;
    size[1] = bottom - top;
    for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) {
      low[0] = Math.max(x - left, 0);
      low[1] = Math.max(y - top, 0);
      high[0] = Math.min(x + 1 - left, size[0]);
      high[1] = Math.min(y + 1 - top, size[1]);
      const part = (high[0] - low[0]) * (high[1] - low[1]), area = byCentre ? 1 : part;
      const at = y * width + x;
      if (tinted) {
        colorsAt(page, view, i, stack, [x, y], square, size, low, high, part, tint);
        for (let c = 0; entry > 0 && c < 3; c++) tint[c] = mix(tint[c], color[c] * tint[3], tintOf(view));
        for (let c = 0; c < 4; c++) {
          tinted[4 * at + c] = (overlaps ? 0 : tinted[4 * at + c]) + weight * tint[c];
          if (entry > 0 && !overlaps) washed[4 * at + c] += weight * area * (c < 3 ? color[c] : 1);
        }
        continue;
      }
      let ink = mean * area;
      if (stack && view.nearest) {
        const u = Math.min(Math.floor((x + 0.5 - left) / size[0] * page.canvas), page.canvas - 1);
        const v = Math.min(Math.floor((y + 0.5 - top) / size[1] * page.canvas), page.canvas - 1);
        const line = Math.floor(cell / stack.columns) * page.canvas + v;
        ink = stack.values[line * stack.pitch + (cell % stack.columns) * page.canvas + u] / 255;
      } else if (stack) {
        ink = integral(stack, view.fine, cell, size, low, high);
        if (view.blend > 0) ink = mix(ink, integral(stack, view.coarse, cell, size, low, high), view.blend);
      }
      const k = weight * (overlaps ? view.opacity * mix(1, ink, view.shape) : mix(ink, far * area, view.far));
      if (overlaps) value[at] *= 1 - k;
      else value[at] += k;
      for (let c = 0; isColored && c < 4; c++) {
        inked[4 * at + c] += c < 3 ? k * color[c] : k;
        if (entry > 0) washed[4 * at + c] += weight * area * (c < 3 ? color[c] : 1);
      }
    }
  }
  const out = new Uint8ClampedArray(pixels * 4), ground = theme.colors;
  for (let at = 0; at < pixels; at++) {
    const held = value[at], ink = Math.floor(clamp((overlaps ? 1 - held : held) * 255 + 0.5, 0, 255));
    for (let c = 0; c < 3; c++) {
      let shown = theme.colors[3 * ink + c];
      if (tinted) {
        const paper = ground[c] / 255, area = isColored ? washed[4 * at + 3] : 0;
        const wash = area > 0 ? paper + 0.12 * (washed[4 * at + c] - area * paper) / Math.max(area, 1) : paper;
        shown = 255 * (wash * (1 - Math.min(tinted[4 * at + 3], 1)) + tinted[4 * at + c]);
      } else if (isColored) {
        const paper = ground[c] / 255, sum = inked[4 * at + c], all = inked[4 * at + 3], area = washed[4 * at + 3];
        const wash = paper + 0.12 * (washed[4 * at + c] - area * paper) / Math.max(area, 1), most = Math.max(held, 1);
        shown = 255 * (overlaps ? paper * held + (1 - held) * (all > 0 ? sum / all : 0) : wash * (1 - held / most) + sum / most);
      }
      out[4 * at + c] = shown;
    }
    out[4 * at + 3] = 255;
  }
  outlineSoftly(page, view, theme, out);
  return out;
}

/// The painter of a canvas without WebGL.
class SoftPainter {
  constructor(canvas, page, sheets) {
    Object.assign(this, { page, sheets, context: canvas.getContext("2d") });
  }

  paint(view, theme) {
    const bytes = paintSoftly(this.page, view, theme, (sheet) => this.sheets.get(sheet));
    this.context.putImageData(new ImageData(bytes, view.width, view.height), 0, 0);
  }

  forget() {}
}
