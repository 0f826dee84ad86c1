// The two figures: what hands do to the scatter, and what is said of the drawing under the pointer.

const byId = (id) => document.getElementById(id);

/// What is shown of a value: flags as yes and no, countries by their names.
function shownValue(field, i) {
  const value = field.codes ? field.values[field.codes[i]] : field.values[i];
  if (value === null || value === undefined) return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  const name = field.names && Object.hasOwn(field.names, value) ? field.names[value] : null;
  return name ? `${name} (${value})` : value === "" ? '""' : String(value);
}

class Figure {
  constructor(page) {
    Object.assign(this, { page, hovered: -1, pinned: -1, pointers: new Map(), pointer: null, moved: 0 });
    this.overlay = byId("overlay");
    this.sheets = new Sheets(page, (sheet) => byId(`sheet-${sheet}`).textContent, () => this.redraw());
    this.painter = this.makePainter();
    const [left, low, right, high] = page.bounds;
    this.camera = { x: (left + right) / 2, y: (low + high) / 2, zoom: 1 };
    if (page.center) [this.camera.x, this.camera.y] = page.center;
    this.camera.zoom = page.zoom;
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.listen();
    this.setTheme(page.theme);
    this.show(page.count > 0 ? 0 : -1);
  }

  makePainter() {
    try {
      if (new URLSearchParams(location.search).has("software")) throw new Error("asked for");
      return new GlPainter(byId("picture"), this.page, this.sheets);
    } catch {
      // A canvas that was asked for WebGL gives nothing else any more.
      const fresh = byId("picture").cloneNode();
      byId("picture").replaceWith(fresh);
      return new SoftPainter(fresh, this.page, this.sheets);
    }
  }

  setTheme(choice) {
    this.choice = choice;
    const name = choice === "system" ? (this.dark.matches ? "night" : "paper") : choice;
    document.documentElement.dataset.theme = name;
    this.theme = this.page.themes[name];
    this.showLegend();
    this.redraw();
  }

  /// Draws with the next frame of the screen.
  redraw() {
    this.due ??= requestAnimationFrame(() => {
      this.due = null;
      this.draw();
    });
  }

  draw() {
    const scale = devicePixelRatio, box = this.overlay.getBoundingClientRect();
    const port = { scale, width: Math.max(1, Math.round(box.width * scale)), height: Math.max(1, Math.round(box.height * scale)) };
    for (const id of ["picture", "overlay"]) {
      const canvas = byId(id);
      if (canvas.width !== port.width || canvas.height !== port.height) Object.assign(canvas, { width: port.width, height: port.height });
    }
    this.port = port;
    this.camera = permitted(this.page, this.camera, port);
    this.view = viewOf(this.page, this.camera, port);
    this.sheets.begin();
    this.painter.paint(this.view, this.theme);
    if (this.pointer) this.hover(pick(this.page, this.view, this.pointer[0], this.pointer[1], 6 * scale));
    drawOverlay(this);
    this.drawNear();
    this.sheets.trim((stack) => this.painter.forget(stack));
  }

  hover(found) {
    this.hovered = found;
    if (this.pinned < 0 && found >= 0) this.show(found);
    const tip = byId("tip");
    tip.hidden = found < 0 || this.pointers.size > 1;
    if (tip.hidden) return;
    const { page } = this, lines = page.tip.map((at) => [page.fields[at].label, shownValue(page.fields[at], found)]);
    if (!lines.length) lines.push(["row", rowOf(page, found).toLocaleString("en")]);
    tip.replaceChildren(...lines.map(([label, text]) => element("p", element("span", label), ` ${text}`)));
    const [x, y] = this.pointer.map((px) => px / this.port.scale), { offsetWidth: width, offsetHeight: height } = tip;
    const beside = (at, size, room) => clamp(at + 16 + size > room ? at - 16 - size : at + 16, 0, Math.max(0, room - size));
    const box = this.overlay.getBoundingClientRect();
    tip.style.left = `${beside(x, width, Math.max(box.width, width))}px`;
    tip.style.top = `${y + 16 + height > Math.max(box.height, 140) ? y - 16 - height : y + 16}px`;
  }

  /// Fills the second figure.
  show(i) {
    if (this.shown === i) return;
    this.shown = i;
    const { page } = this;
    byId("row").textContent = i < 0 ? "" : `row ${rowOf(page, i).toLocaleString("en")}`;
    byId("fields").replaceChildren(...page.fields.flatMap((field) => [element("dt", field.label), element("dd", shownValue(field, i))]));
    this.redraw();
  }

  /// The shown drawing by itself, by whole pixels.
  drawNear() {
    const { page, shown } = this, canvas = byId("near"), context = canvas.getContext("2d");
    const side = Math.round(canvas.clientWidth * devicePixelRatio), times = Math.max(1, Math.floor(side / page.canvas));
    Object.assign(canvas, { width: side, height: side });
    context.imageSmoothingEnabled = false;
    const image = shown < 0 ? null : this.imageOf(shown), size = Math.min(times * page.canvas, side), from = (side - size) >> 1;
    if (image) context.drawImage(image, from, from, size, size);
  }

  /// A drawing as a small canvas in the theme's colours; nothing while its sheet is on the way.
  imageOf(i) {
    const { page } = this, stack = this.sheets.get(Math.floor(i / page.perSheet)), cell = i % page.perSheet, side = page.canvas;
    if (!stack) return null;
    const image = new ImageData(side, side);
    for (let at = 0; at < side * side; at++) {
      const y = Math.floor(cell / stack.columns) * side + Math.floor(at / side), x = (cell % stack.columns) * side + (at % side);
      const value = y * stack.pitch + x, { values } = stack, { colors } = this.theme;
      for (let c = 0; c < 3; c++) {
        const over = () => values[4 * value + c] + colors[c] * (1 - values[4 * value + 3] / 255);
        image.data[4 * at + c] = page.tints ? over() : colors[3 * values[value] + c];
      }
      image.data[4 * at + 3] = 255;
    }
    const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
    canvas.getContext("2d").putImageData(image, 0, 0);
    return canvas;
  }

  showLegend() {
    const { legend } = this.theme, rgb = (color) => `rgb(${color.join(" ")})`;
    byId("legend").hidden = !legend;
    if (!legend) return;
    const parts = [element("h2", legend.title)];
    if (legend.scale.length) {
      const bar = element("div");
      bar.className = "bar";
      bar.style.background = `linear-gradient(to right, ${legend.scale.map(rgb).join(", ")})`;
      parts.push(bar, element("p", element("span", legend.ends[0]), element("span", legend.ends[1])));
    }
    parts.push(element("ul", ...legend.entries.map(([color, text, count]) => {
      const swatch = element("i");
      swatch.style.background = rgb(color);
      return element("li", swatch, element("span", text), element("b", count));
    })));
    byId("legend").replaceChildren(...parts);
  }

  /// Pins a drawing, or lets it go.
  pin(i) {
    this.pinned = i === this.pinned ? -1 : i;
    if (this.pinned >= 0) this.show(this.pinned);
    this.redraw();
  }

  pan(dx, dy) {
    this.camera = permitted(this.page, { ...this.camera, x: this.camera.x - dx / this.view.px, y: this.camera.y + dy / this.view.px }, this.port);
    this.redraw();
  }

  zoom(factor, at = [this.port.width / 2, this.port.height / 2]) {
    this.camera = zoomedAbout(this.page, this.camera, this.port, at[0], at[1], factor);
    this.view = viewOf(this.page, this.camera, this.port);
    this.redraw();
  }

  fit() {
    const [left, low, right, high] = this.page.bounds;
    this.camera = { x: (left + right) / 2, y: (low + high) / 2, zoom: 1 };
    this.redraw();
  }

  listen() {
    const { overlay } = this, on = (target, name, does, options) => target.addEventListener(name, does, options);
    const place = ({ clientX, clientY }) => {
      const box = overlay.getBoundingClientRect();
      return [(clientX - box.left) * devicePixelRatio, (clientY - box.top) * devicePixelRatio];
    };
    on(overlay, "pointerdown", (event) => {
      overlay.setPointerCapture(event.pointerId);
      this.pointers.set(event.pointerId, place(event));
      this.moved = this.pointers.size > 1 ? Infinity : 0;
    });
    on(overlay, "pointermove", (event) => {
      const to = place(event), from = this.pointers.get(event.pointerId);
      this.pointer = to;
      if (!from) return this.redraw();
      const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
      const [dx, dy] = [to[0] - from[0], to[1] - from[1]], far = (a) => Math.hypot(a[0] - other[0], a[1] - other[1]);
      this.moved += Math.hypot(dx, dy);
      // A hand that clicks trembles.
      if (this.moved < 4 * devicePixelRatio && !other) return;
      this.pointers.set(event.pointerId, to);
      if (other) this.zoom(far(to) / Math.max(far(from), 1), other);
      this.pan(other ? dx / 2 : dx, other ? dy / 2 : dy);
    });
    on(overlay, "pointerup", (event) => {
      this.pointers.delete(event.pointerId);
      if (this.moved < 4 * devicePixelRatio) {
        const [x, y] = place(event);
        const found = pick(this.page, this.view, x, y, 6 * devicePixelRatio);
        if (found >= 0) this.pin(found);
      }
      if (event.pointerType === "touch") this.pointer = null;
    });
    on(overlay, "pointercancel", (event) => this.pointers.delete(event.pointerId));
    on(overlay, "pointerleave", () => {
      this.pointer = null;
      this.hover(-1);
      this.redraw();
    });
    on(overlay, "wheel", (event) => {
      event.preventDefault();
      this.zoom(2 ** (-event.deltaY * [1, 33, 400][event.deltaMode] / 300), place(event));
    }, { passive: false });
    on(overlay, "dblclick", (event) => this.zoom(2, place(event)));
    const step = (by) => {
      let i = clamp(this.shown + by, 0, this.page.count - 1);
      while (i > 0 && i < this.page.count - 1 && isFaded(this.page, i)) i += by;
      this.pinned = -1;
      this.pin(i);
    };
    const keys = {
      "+": () => this.zoom(1.5), "=": () => this.zoom(1.5), "-": () => this.zoom(1 / 1.5), 0: () => this.fit(), f: () => this.fit(),
      ArrowLeft: () => this.pan(60, 0), ArrowRight: () => this.pan(-60, 0), ArrowUp: () => this.pan(0, 60), ArrowDown: () => this.pan(0, -60),
      n: () => step(1), p: () => step(-1), Escape: () => this.pin(this.pinned), t: () => this.setTheme(document.documentElement.dataset.theme === "night" ? "paper" : "night"),
    };
    on(document, "keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
      event.preventDefault();
      keys[event.key]();
    });
    on(this.dark, "change", () => this.choice === "system" && this.setTheme("system"));
    const picture = byId("picture");
    on(picture, "webglcontextlost", (event) => event.preventDefault());
    on(picture, "webglcontextrestored", () => {
      this.painter = this.makePainter();
      this.redraw();
    });
    new ResizeObserver(() => this.redraw()).observe(overlay);
    // Another scale of the screen changes no size.
    on(window, "resize", () => this.redraw());
  }
}

/// An element with children; texts stay texts.
function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

function start() {
  const fail = (error) => byId("counts").append(element("strong", ` This browser cannot show the page: ${error?.message ?? error}`));
  addEventListener("unhandledrejection", (event) => fail(event.reason));
  try {
    globalThis.figure = new Figure(unpack(JSON.parse(byId("data").textContent)));
  } catch (error) {
    fail(error);
  }
}

if (typeof document !== "undefined") start();
