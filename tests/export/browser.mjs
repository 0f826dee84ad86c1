// Drives a headless Chromium through its debugging pipe: node browser.mjs CHROMIUM PAGE WxH STEPS
// STEPS is a JSON list of [method, parameters] of the DevTools protocol; the result of each is printed as a JSON line.
// ["wait", "expression"] waits until it is true, ["shot", path] saves a screenshot.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [chromium, page, size, list] = process.argv.slice(2);
const [width, height] = size.split("x").map(Number);
const profile = mkdtempSync(join(tmpdir(), "inkfield-browser-"));
const flags = ["--headless=new", "--no-sandbox", "--disable-gpu-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--hide-scrollbars",
  "--no-first-run", "--force-color-profile=srgb", `--user-data-dir=${profile}`, "--remote-debugging-pipe", `--window-size=${width},${height}`];
const browser = spawn(chromium, flags, { detached: true, stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
const end = (code, text) => {
  if (text) console.error(text);
  browser.once("exit", async () => {
    // Children of the browser end a little later than it does, and write to the profile until then.
    for (let tries = 0; tries < 50; tries++) {
      try {
        rmSync(profile, { recursive: true, force: true });
        break;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    // What was printed may still be on its way into a pipe.
    process.stdout.write("", () => process.exit(code));
  });
  try {
    process.kill(-browser.pid, "SIGKILL");
  } catch {
    browser.kill("SIGKILL");
  }
};
browser.once("error", (error) => {
  console.error(error.message);
  process.exit(3);
});

const waiting = new Map();
const problems = [];
let text = "", last = 0;
browser.stdio[4].on("data", (bytes) => {
  text += bytes;
  const messages = text.split("\0");
  text = messages.pop();
  for (const message of messages.map((one) => JSON.parse(one))) {
    if (message.id) waiting.get(message.id)(message);
    if (message.method === "Runtime.exceptionThrown") problems.push(message.params.exceptionDetails.exception?.description);
    if (message.method === "Network.requestWillBeSent" && !/^(data|file|blob):/.test(message.params.request.url)) problems.push(message.params.request.url);
    if (message.method === "Log.entryAdded" && message.params.entry.level === "error") problems.push(message.params.entry.text);
  }
});
let session;
const send = (method, params = {}) => new Promise((resolve, reject) => {
  const id = ++last;
  waiting.set(id, (message) => (message.error ? reject(new Error(`${method}: ${message.error.message}`)) : resolve(message.result)));
  browser.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId: session })}\0`);
});
const evaluate = async (expression) => {
  const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value ?? null;
};
// What is asked while another page takes the place of one is not answered: it is asked again.
const isTrue = (expression) => evaluate(expression).catch((error) => {
  if (!error.message.includes("Inspected target navigated")) throw error;
});
const wait = async (expression) => {
  const until = Date.now() + 60_000;
  while (!(await isTrue(expression))) {
    if (Date.now() > until) throw new Error(`never true: ${expression}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

try {
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  ({ sessionId: session } = await send("Target.attachToTarget", { targetId, flatten: true }));
  for (const domain of ["Page", "Runtime", "Network", "Log"]) await send(`${domain}.enable`);
  await send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
  await send("Page.navigate", { url: pathToFileURL(page).href });
  await wait("document.readyState === 'complete'");
  for (const [method, params] of JSON.parse(list)) {
    let result = null;
    if (method === "wait") await wait(params);
    else if (method === "eval") result = await evaluate(params);
    else if (method === "shot") writeFileSync(params, Buffer.from((await send("Page.captureScreenshot")).data, "base64"));
    else result = await send(method, params);
    console.log(JSON.stringify(result));
  }
  console.log(JSON.stringify({ problems }));
  end(0);
} catch (error) {
  end(1, `${error.message}; ${problems.join("; ")}`);
}
