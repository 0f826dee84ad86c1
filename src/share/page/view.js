// Camera and pixel rules, the same numbers as those of `inkfield render`: see docs/contract.md, "What a pixel shows".

const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
const mix = (a, b, t) => a + (b - a) * t;

/// Pixels per world unit at zoom 1: the bounds fit with a margin of 12 logical pixels.
function fitScale([left, low, right, high], port) {
  const free = (side) => Math.max(side - 24 * port.scale, side / 8);
  return Math.min(free(port.width) / Math.max(right - left, 1e-6), free(port.height) / Math.max(high - low, 1e-6));
}

/// The nearest camera that is permitted: the zoom from 0.5 to one drawing that fills the viewport, the middle within the bounds.
function permitted(page, { x, y, zoom }, port) {
  const [left, low, right, high] = page.bounds;
  const most = Math.max(1, Math.min(port.width, port.height) / fitScale(page.bounds, port));
  return { x: clamp(x, left, right), y: clamp(y, low, high), zoom: clamp(zoom, 0.5, most) };
}

/// The camera after zooming with the world point under a pixel held there.
function zoomedAbout(page, camera, port, px, py, factor) {
  const next = permitted(page, { ...camera, zoom: camera.zoom * factor }, port);
  const fit = fitScale(page.bounds, port), dx = px - port.width / 2, dy = port.height / 2 - py;
  const shift = 1 / (fit * camera.zoom) - 1 / (fit * next.zoom);
  return permitted(page, { x: camera.x + dx * shift, y: camera.y + dy * shift, zoom: next.zoom }, port);
}

/// Everything that decides a pixel.
function viewOf(page, camera, port) {
  const scale = camera.zoom * fitScale(page.bounds, port), point = page.pointSize * port.scale;
  const side = Math.max(scale, point), overlaps = page.overlaps || point > scale;
  const drawn = overlaps ? clamp((side - 7) / 7, 0, 1) : 1, levels = page.levels;
  let fine = levels.length - 1, coarse = fine, blend = 0;
  for (let i = 0; i + 1 < levels.length && fine === levels.length - 1; i++) {
    if (side >= levels[i]) [fine, coarse] = [i, i];
    else if (side > levels[i + 1]) [fine, coarse, blend] = [i, i + 1, Math.log(levels[i] / side) / Math.log(levels[i] / levels[i + 1])];
  }
  return {
    ...port, x: camera.x, y: camera.y, px: scale, side, overlaps, shape: drawn, nearest: side >= levels[0], fine, coarse, blend,
    opacity: overlaps ? mix(page.opacity, 1, drawn) : 1,
    far: farOf(page, overlaps, side),
  };
}

/// How much of a drawing is its mean: of ink under far contrast; of colours where no more is seen of them, or, where they overlap, where
/// drawings in ink are dots: no sheet need be unpacked for them.
function farOf(page, overlaps, side) {
  if (page.tints) return overlaps ? clamp(8 - side, 0, 1) : side > 1 ? 0 : 1;
  return overlaps || page.contrast !== "far" ? 0 : clamp((3.5 - side) / 0.5, 0, 1);
}

/// Mean ink under far contrast.
function stretched([low, knee, high, kneeTo], mean) {
  if (high <= low) return mean;
  if (mean < knee) return kneeTo * clamp((mean - low) / (knee - low), 0, 1);
  return kneeTo + (1 - kneeTo) * clamp((mean - knee) / (high - knee), 0, 1);
}

/// Edges lie on multiples of 1/1024 px.
const snap = (px) => Math.floor(px * 1024 + 0.5) / 1024;

/// The square of a drawing in pixels, y down: left, top, right, bottom, into `out`.
function squareOf(page, view, i, out) {
  const unit = 2 ** page.bits, x = page.places[2 * i] / unit - view.x, y = view.y - page.places[2 * i + 1] / unit;
  // Neighbours compute a shared edge from the same place; squares larger than their cells lie around their middle.
  const isCell = view.side === view.px, cell = isCell ? 0.5 : 0, half = isCell ? 0 : view.side / 2;
  out[0] = snap(view.width / 2 + (x - cell) * view.px - half);
  out[1] = snap(view.height / 2 + (y - cell) * view.px - half);
  out[2] = snap(view.width / 2 + (x + cell) * view.px + half);
  out[3] = snap(view.height / 2 + (y + cell) * view.px + half);
  return out;
}

/// The drawing on top of a pixel, else the one with the nearest covered pixel within a radius, the highest row first; -1 for none.
function pick(page, view, px, py, radius) {
  const square = [0, 0, 0, 0], x = Math.floor(px), y = Math.floor(py);
  const gap = (at, low, high, size) => {
    const first = Math.max(Math.ceil(low - 0.5), 0), last = Math.min(Math.ceil(high - 0.5) - 1, size - 1);
    return first > last ? Infinity : Math.max(first - at, at - last, 0);
  };
  let found = -1, nearest = radius * radius;
  for (let i = 0; i < page.count; i++) {
    squareOf(page, view, i, square);
    if (square[0] > px + radius + 1 || square[2] < px - radius - 1 || square[1] > py + radius + 1 || square[3] < py - radius - 1) continue;
    const dx = gap(x, square[0], square[2], view.width), dy = gap(y, square[1], square[3], view.height);
    const distance = dx * dx + dy * dy;
    if (distance <= nearest && !isFaded(page, i)) [found, nearest] = [i, distance];
  }
  return found;
}
