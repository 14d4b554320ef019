// `npm run bench:phone`: the public pages on a slow phone, against a blank page of the same size in the same run.
//
//   npm run bench:phone              starts the product with its demo data, measures, and stops it
//   npm run bench:phone -- URL       measures a product that runs already, like http://localhost:8787
//
// Chromium with a quarter of this machine's speed and Lighthouse's slow 4G: 150 ms for each round trip, 1.6 Mbit/s
// down, 750 kbit/s up. A connection is not opened anew: figures are those of a visitor's first page all the same,
// since nothing is kept from one round to the next.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { freePort, root, sleep, stopTree } from "../../.tools/processes.mjs";
import { kB, machine, median, ms, table, times } from "./table.mjs";

const ROUNDS = 7;
const SLOWER = 4;
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};
/** Of each page: all its bytes, and when its largest part stands on the screen. */
const MOST = { bytes: 20_000, paint: 800 };

const base = process.argv[2];
const state = mkdtempSync(join(tmpdir(), "portico-phone-"));
let product;

try {
  const at = base ? base.replace(/\/$/, "") : await startProduct();
  await measure(at);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  if (product) await stopTree(product.pid, { grace: 5000 });
  rmSync(state, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

async function startProduct() {
  const port = await freePort();
  console.log("Starting the product with its demo data…");
  product = spawn(process.execPath, [join(root, ".tools", "start.mjs")], {
    env: { ...process.env, PORT: String(port), PORTICO_STATE: state, PORTICO_QUIET: "1" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const at = `http://localhost:${port}`;
  for (let tries = 0; tries < 600; tries++) {
    if (product.exitCode !== null) throw new Error("The product did not start.");
    // The demo's careers page is there once everything is.
    const page = await fetch(`${at}/careers/acme`).catch(() => null);
    if (page?.ok && (await page.text()).includes('class="job"')) return at;
    await sleep(300);
  }
  throw new Error("The product did not get ready.");
}

function findChromium() {
  const named = process.env.PORTICO_CHROMIUM ?? process.env.CHROME_PATH;
  if (named) return named;
  for (const name of ["google-chrome", "chromium", "chromium-browser"]) {
    for (const folder of (process.env.PATH ?? "").split(":")) {
      if (folder && existsSync(join(folder, name))) return join(folder, name);
    }
  }
  return chromium.executablePath();
}

/** A page without style or script that has as many bytes as another one, and one line to paint. */
function blankServer() {
  const server = createServer((request, response) => {
    const size = Number(new URL(request.url ?? "/", "http://blank").searchParams.get("bytes"));
    const page = (filling) =>
      `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Blank</title><link rel="icon" href="data:,"><p>Blank page</p><!--${filling}-->`;
    const html = page("x".repeat(Math.max(0, size - page("").length)));
    response
      .writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" })
      .end(html);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function measure(at) {
  const list = await (await fetch(`${at}/careers/acme`)).text();
  const job = /<li class="job">.*?href="([^"]+)"/s.exec(list)?.[1];
  if (!job) throw new Error(`There is no open job at ${at}/careers/acme.`);
  const pages = [
    ["List of jobs", "/careers/acme"],
    ["A job", job],
    ["Applying", `${job}/apply`],
  ];
  const blank = await blankServer();
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const rows = [["page", "in all", "gzipped", "first byte", "largest paint", "blank page", "ratio", ""]];
  try {
    for (const [name, path] of pages) {
      const sizes = await weigh(browser, at + path);
      const blankAddress = `http://127.0.0.1:${blank.address().port}/?bytes=${sizes.bytes}`;
      const ours = [];
      const bare = [];
      // In turns, so that what else the machine does falls on both.
      for (let round = 0; round < ROUNDS; round++) {
        ours.push(await visit(browser, at + path));
        bare.push(await visit(browser, blankAddress));
      }
      const paint = median(ours.map((one) => one.paint));
      const other = median(bare.map((one) => one.paint));
      const good = sizes.bytes < MOST.bytes && paint < MOST.paint;
      rows.push([
        name,
        kB(sizes.bytes),
        kB(sizes.gzipped),
        ms(median(ours.map((one) => one.firstByte))),
        ms(paint),
        ms(other),
        times(paint / other),
        good ? "within" : "beyond",
      ]);
    }
  } finally {
    await browser.close();
    blank.close();
  }
  console.log(
    `\nPublic pages on a slow phone: ${SLOWER}x slower, 150 ms round trips, 1.6 Mbit/s; median of ${ROUNDS}`,
  );
  console.log(`${machine()}\n`);
  console.log(table(rows));
  console.log(
    `\nIn all: the page with its style, and its script where it has one. Targets of the list and of a job: under ${kB(MOST.bytes)}, largest paint under ${ms(MOST.paint)}.`,
  );
}

/** The bytes of a page and of all that it fetches. */
async function weigh(browser, address) {
  const page = await browser.newPage();
  const bodies = [];
  page.on("response", (response) => {
    if (new URL(response.url()).protocol.startsWith("http"))
      bodies.push(response.body().catch(() => Buffer.alloc(0)));
  });
  await page.goto(address, { waitUntil: "networkidle" });
  const found = (await Promise.all(bodies)).filter((body) => body.byteLength > 0);
  await page.close();
  const sum = (of) => found.reduce((total, body) => total + of(body), 0);
  return { bytes: sum((body) => body.byteLength), gzipped: sum((body) => gzipSync(body).byteLength) };
}

/** One first visit on a slow phone. */
async function visit(browser, address) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    deviceScaleFactor: 2,
  });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW_4G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.addInitScript(() => {
    window.paint = 0;
    new PerformanceObserver((entries) => {
      for (const entry of entries.getEntries()) window.paint = entry.startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
  });
  await page.goto(address, { waitUntil: "networkidle" });
  await sleep(300);
  const found = await page.evaluate(() => ({
    paint: window.paint,
    firstByte: performance.getEntriesByType("navigation")[0]?.responseStart ?? 0,
  }));
  await context.close();
  if (!found.paint) throw new Error(`${address} painted nothing.`);
  return found;
}
