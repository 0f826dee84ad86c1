// Paints a page's picture with the page's own script, without a browser: node paint.mjs PAGE OUT '[{"size": [w, h], "x", "y", "zoom"}, …]'
// writes the RGBA bytes of each view, one after the other.
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import vm from "node:vm";

const [page, out, views] = process.argv.slice(2);
const html = readFileSync(page, "utf8");
const element = (id) => html.match(new RegExp(`<script[^>]* id="${id}">([^<]*)</script>`))[1];
const script = html.slice(html.lastIndexOf("<script>") + 8, html.lastIndexOf("</script>"));
vm.runInThisContext(`${script};globalThis.api = { unpack, stackOf, pixelsOf, bytesOf, viewOf, paintSoftly, pick };`);
const { unpack, stackOf, pixelsOf, bytesOf, viewOf, paintSoftly } = globalThis.api;

const data = unpack(JSON.parse(element("data")));
const stacks = [];
for (let sheet = 0; sheet * data.perSheet < data.count; sheet++) {
  const count = Math.min(data.perSheet, data.count - sheet * data.perSheet);
  stacks.push(stackOf(data, count, await pixelsOf(bytesOf(element(`sheet-${sheet}`)))));
}
writeFileSync(out, "");
for (const { size: [width, height], x, y, zoom } of JSON.parse(views)) {
  const view = viewOf(data, { x, y, zoom }, { width, height, scale: 1 });
  appendFileSync(out, paintSoftly(data, view, data.themes[data.theme === "night" ? "night" : "paper"], (sheet) => stacks[sheet]));
}
