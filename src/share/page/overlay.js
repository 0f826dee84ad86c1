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
  if (page.axes) {
    font(12);
    const [left, low, right, high] = page.bounds, floor = Math.min(toY(low), port.height - 18 * scale), wall = Math.max(toX(left), 4 * scale);
    for (const { at, text } of page.axes.x.ticks) {
      fill(ui.hairline, Math.floor(toX(at)), toY(high), 1, toY(low) - toY(high));
      context.textAlign = "center";
      write(ui.secondary, text, toX(at), floor + 14 * scale);
    }
    for (const { at, text } of page.axes.y.ticks) {
      fill(ui.hairline, toX(left), Math.floor(toY(at)), toX(right) - toX(left), 1);
      context.textAlign = "left";
      write(ui.secondary, text, wall + 2 * scale, toY(at) - 3 * scale);
    }
    font(12, "600");
    write(ui.ink, page.axes.y.title, wall + 2 * scale, Math.max(toY(high), 0) + 14 * scale);
    context.textAlign = "right";
    write(ui.ink, page.axes.x.title, Math.min(toX(right), port.width) - 4 * scale, floor - 6 * scale);
  }
  context.textAlign = "left";
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
