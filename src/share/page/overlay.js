// What lies over the picture: grid lines and ticks, headings, cards of the hovered and the pinned drawing, the crosshair.

/// A text, shortened to the room that there is.
function fitting(context, text, room) {
  if (context.measureText(text).width <= room) return text;
  let length = text.length;
  while (length > 0 && context.measureText(`${text.slice(0, length)}…`).width > room) length--;
  return length > 0 ? `${text.slice(0, length)}…` : "";
}

function drawOverlay(figure) {
  const { overlay, page, port, view, theme, pointer, pinned, hovered } = figure;
  const context = overlay.getContext("2d"), { scale } = port, { ui } = theme;
  const toX = (x) => view.width / 2 + (x - view.x) * view.px, toY = (y) => view.height / 2 - (y - view.y) * view.px;
  context.clearRect(0, 0, port.width, port.height);
  const font = (px, weight = "") => { context.font = `${weight} ${px * scale}px system-ui, sans-serif`; };
  const fill = (color, ...box) => {
    context.fillStyle = color;
    context.fillRect(...box);
  };
  const write = (color, text, x, y) => {
    context.fillStyle = color;
    context.fillText(text, x, y);
  };
  const frame = (color, [x, y, w, h], line) => {
    context.strokeStyle = color;
    context.lineWidth = line;
    context.strokeRect(x - line / 2, y - line / 2, w + line, h + line);
  };
  // A text on its own ground, so that it reads on any picture; where another one stands already it is left out.
  const taken = [];
  const place = (color, text, align, x, y) => {
    const width = context.measureText(text).width, left = clamp(x - width * align, 2 * scale, port.width - width - 2 * scale);
    const box = [left - 2 * scale, y - 12 * scale, width + 4 * scale, 16 * scale];
    if (taken.some(([l, t, w, h]) => l < box[0] + box[2] && box[0] < l + w && t < box[1] + box[3] && box[1] < t + h)) return;
    taken.push(box);
    fill(ui.halo, ...box);
    write(color, text, left, y);
  };
  context.textAlign = "left";
  if (page.axes) {
    const { x, y } = page.axes, [left, low, right, high] = page.bounds;
    const floor = Math.min(toY(low) + 15 * scale, port.height - 4 * scale), wall = Math.max(toX(left), 0) + 2 * scale;
    for (const { at } of x.ticks) fill(ui.hairline, Math.floor(toX(at)), toY(high), 1, toY(low) - toY(high));
    for (const { at } of y.ticks) fill(ui.hairline, toX(left), Math.floor(toY(at)), toX(right) - toX(left), 1);
    font(12, "600");
    place(ui.ink, x.title, 1, Math.min(toX(right), port.width), floor);
    place(ui.ink, y.title, 0, wall, Math.max(toY(high), 0) + 14 * scale);
    font(12);
    for (const { at, text } of x.ticks) if (toX(at) >= 0 && toX(at) <= port.width) place(ui.secondary, text, 0.5, toX(at), floor);
    for (const { at, text } of y.ticks) if (toY(at) >= 0 && toY(at) <= port.height) place(ui.secondary, text, 0, wall, toY(at) + 4 * scale);
  }
  for (const { text, detail, gap: [left, low, right, high] } of page.labels) {
    const gap = toY(low) - toY(high), px = Math.min(gap / scale * 0.78, 13), x = Math.max(toX(left), 0), room = toX(right) - x;
    if (px < 8 || room < 0 || x > port.width || toY(low) < 0 || toY(high) > port.height) continue;
    font(px, "600");
    const base = toY(low) - gap * 0.22, heading = fitting(context, text, room), end = x + context.measureText(heading).width + px * scale / 2;
    write(ui.ink, heading, x, base);
    font(px);
    // Less room would show a letter or two.
    if (x + room - end > 3 * px * scale) write(ui.secondary, fitting(context, detail, x + room - end), end, base);
  }
  if (pointer && hovered >= 0) {
    const [x, y] = pointer.map(Math.floor);
    fill(ui.halo, x - 1, 0, 3, port.height);
    fill(ui.halo, 0, y - 1, port.width, 3);
    fill(ui.secondary, x, 0, 1, port.height);
    fill(ui.secondary, 0, y, port.width, 1);
  }
  context.imageSmoothingEnabled = false;
  for (const [i, color] of [[hovered, ui.hover], [pinned, ui.selection]]) {
    const image = i < 0 ? null : figure.imageOf(i);
    if (!image) continue;
    const [left, top, right, bottom] = squareOf(page, view, i, []), grown = 2 * scale;
    const card = [Math.floor(left) - grown, Math.floor(top) - grown, Math.ceil(right) - Math.floor(left) + 2 * grown, Math.ceil(bottom) - Math.floor(top) + 2 * grown];
    fill(ui.ground, ...card);
    context.drawImage(image, left, top, right - left, bottom - top);
    frame(ui.ground, card, 2 * scale);
    frame(color, card, scale);
  }
}
