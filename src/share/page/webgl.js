// Draws by WebGL 2: an instanced quad a drawing, sums in float targets in any order, colours made of them in a second pass.

/// The square of a drawing by its place, in pixels from the left top corner.
const SQUARE_OF_PLACE = `
precision highp float; precision highp int; precision highp usampler2D;
in ivec2 place;
uniform ivec2 origin; uniform vec2 originPx, sizePx; uniform float perFixed, side; uniform int halfFixed;
vec2 px(ivec2 at) { vec2 d = vec2(at - origin) * perFixed; return originPx + vec2(d.x, -d.y); }
vec2 snap(vec2 at) { return floor(at * 1024.0 + 0.5) / 1024.0; }
vec4 squareOf() {
  float around = halfFixed == 0 ? side * 0.5 : 0.0;
  return vec4(snap(px(place + ivec2(-halfFixed, halfFixed)) - around), snap(px(place + ivec2(halfFixed, -halfFixed)) + around));
}`;

const POINT_VERTEX = `#version 300 es
${SQUARE_OF_PLACE}
in uvec2 look;
#ifdef TINTED
in uvec4 tint;
flat out vec4 meanColor;
#endif
uniform int columns, byCentre;
uniform sampler2D colors;
flat out vec4 square; flat out ivec2 cell; flat out vec4 color; flat out vec2 meanWeight;
void main() {
  square = squareOf();
  cell = ivec2(gl_InstanceID % columns, gl_InstanceID / columns);
  int entry = int(look.y & 255u);
  color = vec4(texelFetch(colors, ivec2(entry, 1), 0).rgb, entry == 0 ? 0.0 : 1.0);
  meanWeight = vec2(float(look.x) / 65535.0, (look.y & 512u) != 0u ? 0.15 : 1.0);
#ifdef TINTED
  meanColor = vec4(tint) / 255.0;
#endif
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  float margin = byCentre == 1 ? 0.0625 : 0.75;
  // The top line of the picture is the first of the target.
  gl_Position = vec4(mix(square.xy - margin, square.zw + margin, corner) / sizePx * 2.0 - 1.0, 0.0, 1.0);
}`;

const POINT_FRAGMENT = `#version 300 es
precision highp float; precision highp int; precision highp sampler2D;
flat in vec4 square; flat in ivec2 cell; flat in vec4 color; flat in vec2 meanWeight;
uniform sampler2D sheet; uniform int overlaps, nearest, byCentre, isThere; uniform ivec4 levels; uniform int canvas;
uniform float opacity, shape, far, blend; uniform vec4 stretch;
#ifdef TINTED
flat in vec4 meanColor;
uniform int pass; uniform float tinted;
#define Value vec4
#define MEAN meanColor
#define OF(texel) texel
#define PART part
#else
#define Value float
#define MEAN meanWeight.x
#define OF(texel) texel.r
#define PART area
#endif
layout(location = 0) out vec4 first; layout(location = 1) out vec4 second;
Value value(ivec2 at) { return OF(texelFetch(sheet, at, 0)); }
Value integral(int size, int start, vec2 whole, vec2 low, vec2 high) {
  vec2 per = float(size) / whole, from = low * per, to = high * per;
  ivec2 base = ivec2(cell.x * size, start + cell.y * size), last = min(ivec2(ceil(to)), size);
  Value sum = Value(0.0);
  for (int y = min(int(from.y), size - 1); y < last.y; y++) {
    float height = min(float(y + 1), to.y) - max(float(y), from.y);
    for (int x = min(int(from.x), size - 1); x < last.x; x++) {
      sum += value(base + ivec2(x, y)) * height * (min(float(x + 1), to.x) - max(float(x), from.x));
    }
  }
  return sum / (per.x * per.y);
}
float stretched(float mean) {
  if (stretch.z <= stretch.x) return mean;
  if (mean < stretch.y) return stretch.w * clamp((mean - stretch.x) / (stretch.y - stretch.x), 0.0, 1.0);
  return stretch.w + (1.0 - stretch.w) * clamp((mean - stretch.y) / (stretch.z - stretch.y), 0.0, 1.0);
}
void main() {
  vec2 size = square.zw - square.xy, middle = gl_FragCoord.xy - square.xy;
  vec2 low = clamp(middle - 0.5, vec2(0), size), high = clamp(middle + 0.5, vec2(0), size);
  bool covered = all(greaterThanEqual(gl_FragCoord.xy, square.xy)) && all(lessThan(gl_FragCoord.xy, square.zw));
  if (any(lessThanEqual(high, low)) || (byCentre == 1 && !covered)) discard;
  float part = (high.x - low.x) * (high.y - low.y), area = byCentre == 1 ? 1.0 : part;
  Value ink = MEAN * PART;
  if (isThere == 1 && nearest == 1) {
    ink = value(cell * canvas + min(ivec2(middle / size * float(canvas)), canvas - 1));
  } else if (isThere == 1) {
    ink = integral(levels.x, levels.y, size, low, high);
    if (blend > 0.0) ink = mix(ink, integral(levels.z, levels.w, size, low, high), blend);
  }
#ifdef TINTED
  if (overlaps == 1 && pass < 2 && (meanWeight.y < 1.0) != (pass == 0)) discard;
  first = mix(ink, MEAN * part, nearest == 1 ? 0.0 : far);
  first.rgb = mix(first.rgb, color.rgb * first.a, tinted * color.a);
  first *= meanWeight.y;
  second = overlaps == 1 ? vec4(0.0) : vec4(color.rgb, 1.0) * area * meanWeight.y * color.a;
#else
  float k = overlaps == 1 ? opacity * mix(1.0, ink, shape) : mix(ink, stretched(meanWeight.x) * area, far);
  k *= meanWeight.y;
  float wash = area * meanWeight.y * color.a;
  first = vec4(color.rgb * k, k);
  second = overlaps == 1 ? vec4(k, 0.0, 0.0, 0.0) : vec4(color.rgb * wash, wash);
#endif
}`;

const RESOLVE_VERTEX = `#version 300 es
void main() { gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0.0, 1.0); }`;

const RESOLVE_FRAGMENT = `#version 300 es
precision highp float; precision highp int; precision highp sampler2D;
uniform sampler2D colors, sums, more; uniform int overlaps, isColored, lines;
out vec4 shown;
void main() {
  ivec2 at = ivec2(int(gl_FragCoord.x), lines - 1 - int(gl_FragCoord.y));
  vec4 first = texelFetch(sums, at, 0), second = texelFetch(more, at, 0);
  float held = first.a, ink = overlaps == 1 ? 1.0 - held : held;
  vec3 paper = texelFetch(colors, ivec2(0), 0).rgb;
#ifdef TINTED
  vec3 ground = paper + 0.12 * (second.rgb - second.a * paper) / max(second.a, 1.0);
  shown = vec4(ground * (1.0 - min(held, 1.0)) + first.rgb, 1.0);
  return;
#endif
  shown = vec4(texelFetch(colors, ivec2(int(clamp(ink * 255.0 + 0.5, 0.0, 255.5)), 0), 0).rgb, 1.0);
  if (isColored == 0) return;
  if (overlaps == 1) {
    shown.rgb = paper * held + (1.0 - held) * first.rgb / max(second.r, 1e-6);
  } else {
    vec3 wash = paper + 0.12 * (second.rgb - second.a * paper) / max(second.a, 1.0);
    shown.rgb = wash * (1.0 - held / max(held, 1.0)) + first.rgb / max(held, 1.0);
  }
}`;

/// The painter of a canvas with WebGL 2; throws where that is missing, or has no float targets.
class GlPainter {
  constructor(canvas, page, sheets) {
    const gl = canvas.getContext("webgl2", { alpha: false, antialias: false, depth: !!page.tints });
    const float = gl && gl.getExtension("EXT_color_buffer_float");
    if (!float && !(gl && gl.getExtension("EXT_color_buffer_half_float"))) throw new Error("no WebGL 2 with float targets");
    const wide = float && gl.getExtension("EXT_float_blend");
    Object.assign(this, { gl, page, sheets, textures: new Map(), format: wide ? gl.RGBA32F : gl.RGBA16F, size: "" });
    const pitch = page.columns * page.canvas, lines = page.columns * page.levels.reduce((sum, side) => sum + side, 0);
    if (Math.max(pitch, lines) > gl.getParameter(gl.MAX_TEXTURE_SIZE)) throw new Error("drawings too large for a texture");
    this.points = this.program(POINT_VERTEX, POINT_FRAGMENT);
    this.resolve = this.program(RESOLVE_VERTEX, RESOLVE_FRAGMENT);
    const buffer = (values) => {
      const made = gl.createBuffer();
      gl.bindBuffer(gl.ARRAY_BUFFER, made);
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
      return made;
    };
    const looks = new Uint16Array(2 * page.count);
    for (let i = 0; i < page.count; i++) [looks[2 * i], looks[2 * i + 1]] = [page.means[i], page.words ? page.words[i] : 0];
    this.buffers = [buffer(page.places), buffer(looks), ...(page.tints ? [buffer(page.tints)] : [])];
    this.colors = this.texture();
    this.target = gl.createFramebuffer();
  }

  program(vertex, fragment) {
    const { gl } = this, program = gl.createProgram();
    for (const [kind, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, this.page.tints ? text.replace("\n", "\n#define TINTED\n") : text);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    ["place", "look", "tint"].forEach((name, i) => gl.bindAttribLocation(program, i, name));
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) throw new Error(gl.getProgramInfoLog(program));
    const at = new Map(), place = (name) => at.get(name) ?? at.set(name, gl.getUniformLocation(program, name)).get(name);
    return { program, set: (kind, name, ...values) => gl[`uniform${kind}`](place(name), ...values) };
  }

  texture() {
    const { gl } = this, made = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, made);
    for (const name of ["MIN_FILTER", "MAG_FILTER"]) gl.texParameteri(gl.TEXTURE_2D, gl[`TEXTURE_${name}`], gl.NEAREST);
    for (const name of ["WRAP_S", "WRAP_T"]) gl.texParameteri(gl.TEXTURE_2D, gl[`TEXTURE_${name}`], gl.CLAMP_TO_EDGE);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    return made;
  }

  /// The texture of a stack, made when it is first in sight.
  textureOf(stack) {
    const { gl } = this;
    if (!this.textures.has(stack)) {
      this.textures.set(stack, this.texture());
      const [kept, given] = this.page.tints ? [gl.RGBA8, gl.RGBA] : [gl.R8, gl.RED];
      gl.texImage2D(gl.TEXTURE_2D, 0, kept, stack.pitch, stack.height, 0, given, gl.UNSIGNED_BYTE, stack.values);
    }
    return this.textures.get(stack);
  }

  resize(view) {
    const { gl } = this, size = `${view.width}x${view.height}`;
    if (this.size === size) return;
    (this.sums || []).forEach((texture) => gl.deleteTexture(texture));
    this.size = size;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.target);
    this.sums = [0, 1].map((i) => {
      const made = this.texture();
      gl.texStorage2D(gl.TEXTURE_2D, 1, this.format, view.width, view.height);
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + i, gl.TEXTURE_2D, made, 0);
      return made;
    });
    gl.drawBuffers([gl.COLOR_ATTACHMENT0, gl.COLOR_ATTACHMENT1]);
  }

  bind(unit, texture) {
    this.gl.activeTexture(this.gl.TEXTURE0 + unit);
    this.gl.bindTexture(this.gl.TEXTURE_2D, texture);
  }

  paint(view, theme) {
    const { gl, page, points, resolve } = this;
    gl.activeTexture(gl.TEXTURE0);
    if (this.theme !== theme) {
      const both = new Uint8Array(256 * 2 * 3);
      both.set(theme.colors);
      both.set(theme.palette || [], 768);
      gl.bindTexture(gl.TEXTURE_2D, this.colors);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB8, 256, 2, 0, gl.RGB, gl.UNSIGNED_BYTE, both);
      this.theme = theme;
    }
    this.resize(view);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.target);
    gl.viewport(0, 0, view.width, view.height);
    gl.clearBufferfv(gl.COLOR, 0, [0, 0, 0, view.overlaps && !page.tints ? 1 : 0]);
    gl.clearBufferfv(gl.COLOR, 1, [0, 0, 0, 0]);
    gl.useProgram(points.program);
    const flag = (is) => (is ? 1 : 0);
    this.place(points.set, view);
    points.set("4f", "stretch", ...page.stretch);
    for (const name of ["opacity", "shape", "far", "blend"]) points.set("1f", name, view[name]);
    points.set("1f", "tinted", tintOf(view));
    for (const name of ["overlaps", "nearest"]) points.set("1i", name, flag(view[name]));
    points.set("1i", "byCentre", flag(view.overlaps || view.nearest));
    points.set("1i", "canvas", page.canvas);
    points.set("1i", "colors", 1);
    this.bind(1, this.colors);
    gl.enable(gl.BLEND);
    if (page.tints) gl.blendFunc(gl.ONE, view.overlaps ? gl.ZERO : gl.ONE);
    else gl.blendFuncSeparate(gl.ONE, gl.ONE, view.overlaps ? gl.ZERO : gl.ONE, view.overlaps ? gl.ONE_MINUS_SRC_ALPHA : gl.ONE);
    const needsInk = page.tints ? view.far < 1 : view.overlaps ? view.shape > 0 : view.far < 1;
    // Where pictures in colour overlap those that are not faded lie over those that are.
    const passes = page.tints && view.overlaps && page.words ? [0, 1] : [2], inSight = sheetsInSight(page, view);
    for (const [pass, sheet] of passes.flatMap((pass) => inSight.map((sheet) => [pass, sheet]))) {
      if (page.tints) points.set("1i", "pass", pass);
      const stack = needsInk ? this.sheets.get(sheet) : null;
      points.set("1i", "isThere", flag(stack));
      points.set("1i", "columns", page.columns);
      this.bind(0, stack ? this.textureOf(stack) : this.colors);
      if (stack) points.set("4i", "levels", page.levels[view.fine], stack.starts[view.fine], page.levels[view.coarse], stack.starts[view.coarse]);
      this.drawSheet(sheet);
    }
    gl.disable(gl.BLEND);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.useProgram(resolve.program);
    [this.sums[0], this.colors, this.sums[1]].forEach((texture, i) => this.bind(i, texture));
    ["sums", "colors", "more"].forEach((name, i) => resolve.set("1i", name, i));
    resolve.set("1i", "overlaps", flag(view.overlaps));
    resolve.set("1i", "isColored", flag(theme.palette));
    resolve.set("1i", "lines", view.height);
    this.buffers.forEach((_, i) => gl.disableVertexAttribArray(i));
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    outlineByGl(this, view, theme, (sheet) => this.drawSheet(sheet));
  }

  /// Says to a program where drawings lie.
  place(set, view) {
    const unit = 2 ** this.page.bits, origin = [Math.round(view.x * unit), Math.round(view.y * unit)];
    set("2i", "origin", ...origin);
    set("2f", "originPx", view.width / 2 + (origin[0] / unit - view.x) * view.px, view.height / 2 - (origin[1] / unit - view.y) * view.px);
    set("2f", "sizePx", view.width, view.height);
    set("1f", "perFixed", view.px / unit);
    set("1f", "side", view.side);
    set("1i", "halfFixed", view.side === view.px ? unit / 2 : 0);
  }

  /// A quad for each drawing of a sheet, with the program that is used.
  drawSheet(sheet) {
    const { gl, page } = this, first = sheet * page.perSheet;
    [[gl.INT, 2, 8], [gl.UNSIGNED_SHORT, 2, 4], [gl.UNSIGNED_BYTE, 4, 4]].slice(0, this.buffers.length).forEach(([kind, size, bytes], i) => {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers[i]);
      gl.enableVertexAttribArray(i);
      gl.vertexAttribIPointer(i, size, kind, bytes, first * bytes);
      gl.vertexAttribDivisor(i, 1);
    });
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, Math.min(page.perSheet, page.count - first));
  }

  /// A stack was given up.
  forget(stack) {
    this.gl.deleteTexture(this.textures.get(stack) || null);
    this.textures.delete(stack);
  }
}
