import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["google-chrome", "chromium", "chromium-browser"];
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Parts of a browser's own window that nobody looks at here and that cost a third of each new one, behind what
 * Playwright leaves out: of two such lists Chromium heeds the last.
 */
const WITHOUT = [
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "PreloadTopChromeWebUI",
  "SpareRendererForSitePerProcess",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "OptimizationHints",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
];

/** The Chromium of this machine, if it has one: named by the environment, on the PATH, or Playwright's own. */
export function findChromium(): string | undefined {
  for (const name of ["PORTICO_CHROMIUM", "CHROME_PATH"]) {
    const named = process.env[name];
    if (!named) continue;
    if (!isProgram(named)) throw new Error(`${name} is ${named}, and there is no program there.`);
    return named;
  }
  for (const name of NAMES) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      if (folder && isProgram(join(folder, name))) return join(folder, name);
    }
  }
  const own = chromium.executablePath();
  return own && existsSync(own) ? own : undefined;
}

/** Finds Chromium, installing it where the machine has none: Debian's package as root, else Playwright's. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  console.log("No Chromium found; installing one for the browser tests.");
  if (isDebian() && process.getuid?.() === 0) {
    // A failed update (a mirror that is down) may still leave lists that are good enough.
    command("apt-get", ["update"], false);
    command("apt-get", ["install", "-y", "chromium"], false);
    const installed = findChromium();
    if (installed) return installed;
  }
  const cli = fileURLToPath(new URL("../../../node_modules/playwright-core/cli.js", import.meta.url));
  command(process.execPath, [cli, "install", "chromium"], true);
  const downloaded = findChromium();
  if (!downloaded) throw new Error("No Chromium could be installed. Set PORTICO_CHROMIUM to its path.");
  return downloaded;
}

/** Starts Chromium without a window. */
export function launch(executablePath: string): Promise<Browser> {
  const args = [...FLAGS, `--disable-features=${WITHOUT.join(",")}`];
  return chromium.launch({ executablePath, headless: true, args });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isDebian(): boolean {
  if (process.platform !== "linux" || !existsSync("/etc/os-release")) return false;
  // Ubuntu's package of that name only points at a snap.
  return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}

function command(name: string, args: string[], required: boolean): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const { status, error } = spawnSync(name, args, { stdio: "inherit", env });
  if (required && status !== 0) {
    throw new Error(
      `No Chromium was found and \`${name} ${args.join(" ")}\` failed${error ? `: ${error.message}` : "."} ` +
        "Install Chromium, or set PORTICO_CHROMIUM to its path.",
    );
  }
}
