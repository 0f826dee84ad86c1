// What the page carries, as numbers: places and looks of drawings, and sheets of them, unpacked when one comes into sight.

function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/// The values of a PNG of one channel, or of four, with lines that are not filtered, which is how sheets are written.
async function pixelsOf(png) {
  const numbers = new DataView(png.buffer, png.byteOffset);
  const width = numbers.getUint32(16), height = numbers.getUint32(20), pitch = width * (png[25] === 6 ? 4 : 1), parts = [];
  for (let at = 8; at < png.length;) {
    const length = numbers.getUint32(at);
    if (String.fromCharCode(...png.subarray(at + 4, at + 8)) === "IDAT") parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const stream = new Blob(parts).stream().pipeThrough(new DecompressionStream("deflate"));
  const lines = new Uint8Array(await new Response(stream).arrayBuffer());
  const pixels = new Uint8Array(pitch * height);
  for (let y = 0; y < height; y++) pixels.set(lines.subarray(y * (pitch + 1) + 1, (y + 1) * (pitch + 1)), y * pitch);
  return { width, pixels };
}

/// The page's data with its numbers unpacked.
function unpack(data) {
  const numbers = (Type, base64) => (base64 ? new Type(bytesOf(base64).buffer) : null);
  const colors = (hex) => hex && Uint8Array.from(hex.match(/../g), (byte) => parseInt(byte, 16));
  const themes = Object.fromEntries(Object.entries(data.themes).map(([name, theme]) =>
    [name, { ...theme, colors: colors(theme.colors), palette: colors(theme.palette) }]));
  return {
    ...data, themes, inks: colors(data.inks),
    places: numbers(Int32Array, data.places), means: numbers(Uint16Array, data.means),
    words: numbers(Uint16Array, data.words), tints: numbers(Uint8Array, data.tints), rows: numbers(Uint32Array, data.rows),
  };
}

/// How a drawing looks: what is left of its ink, and its entry of the palette.
const weightOf = (page, i) => (page.words && page.words[i] & 512 ? 0.15 : 1);
const entryOf = (page, i) => (page.words ? page.words[i] & 255 : 0);
const isFaded = (page, i) => weightOf(page, i) < 1;
const rowOf = (page, i) => (page.rows ? page.rows[i] : i);

/// The sheets with a drawing near the viewport; where each has its drawings is found once.
function sheetsInSight(page, view) {
  const { perSheet, count, places } = page, unit = 2 ** page.bits, reach = view.side / view.px;
  page.boxes ??= Array.from({ length: Math.ceil(count / perSheet) }, (_, sheet) => {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = sheet * perSheet; i < Math.min((sheet + 1) * perSheet, count); i++) for (const axis of [0, 1]) {
      box[axis] = Math.min(box[axis], places[2 * i + axis] / unit);
      box[axis + 2] = Math.max(box[axis + 2], places[2 * i + axis] / unit);
    }
    return box;
  });
  const isNear = (low, high, middle, size) => high + reach > middle - size / view.px / 2 && low - reach < middle + size / view.px / 2;
  const inSight = ([left, low, right, high]) => isNear(left, right, view.x, view.width) && isNear(low, high, view.y, view.height);
  return page.boxes.flatMap((box, sheet) => (inSight(box) ? [sheet] : []));
}

/// A sheet's drawings on all levels of the pyramid, ink or colours multiplied by alpha: each level is a grid of cells, one below the other.
function stackOf(page, count, { width, pixels }) {
  const { canvas, levels, size: [h, w] } = page, n = page.tints ? 4 : 1;
  const columns = width / w, lines = Math.ceil(count / columns), pitch = columns * canvas;
  const starts = [];
  let line = 0;
  for (const side of levels) {
    starts.push(line);
    line += lines * side;
  }
  const values = new Uint8Array(pitch * line * n);
  const left = (canvas - w) >> 1, top = (canvas - h) >> 1;
  for (let i = 0; i < count; i++) {
    const cx = i % columns, cy = (i / columns) | 0;
    for (let y = 0; y < h; y++) {
      let from = ((cy * h + y) * width + cx * w) * n, to = ((cy * canvas + top + y) * pitch + cx * canvas + left) * n;
      for (let x = 0; n === 4 && x < w; x++, from += 4, to += 4) {
        const alpha = values[to + 3] = pixels[from + 3];
        for (let c = 0; c < 3; c++) values[to + c] = Math.floor((pixels[from + c] * alpha + 127) / 255);
      }
      for (let x = 0; n === 1 && x < w; x++) values[to++] = page.inks ? page.inks[pixels[from++]] : pixels[from++];
    }
    levels.forEach((side, level) => {
      const block = canvas / side, area = block * block;
      for (let y = 0; level && y < side; y++) for (let x = 0; x < side; x++) for (let c = 0; c < n; c++) {
        let sum = area >> 1;
        for (let v = 0; v < block; v++) {
          const from = ((cy * canvas + y * block + v) * pitch + cx * canvas + x * block) * n + c;
          for (let u = 0; u < block; u++) sum += values[from + u * n];
        }
        values[((starts[level] + cy * side + y) * pitch + cx * side + x) * n + c] = Math.floor(sum / area);
      }
    });
  }
  return { values, pitch, height: line, columns, starts, sides: levels };
}

/// The sheets: what was unpacked stays as long as it is in sight, and beyond that as far as there is room.
class Sheets {
  constructor(page, textOf, onChange) {
    Object.assign(this, { page, textOf, onChange, kept: new Map(), wanted: [], used: new Set(), busy: false, room: 192e6, bytes: 0 });
  }

  /// The stack of a sheet, or nothing yet: then it comes.
  get(sheet) {
    this.used.add(sheet);
    const stack = this.kept.get(sheet);
    if (stack) {
      // The last used stand last.
      this.kept.delete(sheet);
      this.kept.set(sheet, stack);
      return stack;
    }
    if (!this.wanted.includes(sheet)) this.wanted.push(sheet);
    this.load();
    return null;
  }

  /// A picture begins: what only the last one wanted is not waited for.
  begin() {
    this.wanted = [];
    this.used.clear();
  }

  async load() {
    if (this.busy) return;
    this.busy = true;
    while (this.wanted.length) {
      const sheet = this.wanted.shift(), each = this.page.perSheet;
      if (this.kept.has(sheet)) continue;
      const count = Math.min(each, this.page.count - sheet * each);
      const stack = stackOf(this.page, count, await pixelsOf(bytesOf(this.textOf(sheet))));
      this.kept.set(sheet, stack);
      this.bytes += stack.values.length;
      this.onChange();
    }
    this.busy = false;
  }

  /// Gives up what was used longest ago, but nothing of what this picture used; `forget` hears of each.
  trim(forget) {
    for (const [sheet, stack] of this.kept) {
      if (this.bytes <= this.room) return;
      if (this.used.has(sheet)) continue;
      this.kept.delete(sheet);
      this.bytes -= stack.values.length;
      forget(stack);
    }
  }
}
