import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, ConsoleMessage, Page } from "playwright-core";
import { afterAll, inject, onTestFinished, type TestContext } from "vitest";
import { launch } from "./chromium";
import { base } from "./server";

export { axe } from "./axe";
export { type Product, startProduct } from "./product";
export { base } from "./server";

/** The password of every demo login. */
export const PASSWORD = "portico-demo-1";

const screenshots = fileURLToPath(new URL("../../../.cache/screenshots/", import.meta.url));

let browser: Promise<Browser> | undefined;
afterAll(async () => {
  await (await browser)?.close();
  browser = undefined;
});

export interface PersonOptions {
  /** Signs in as this demo login. */
  email?: string;
  /** The page to begin with; the start page, unless told otherwise. */
  path?: string;
  /** 390 px wide with touch, instead of a desktop of 1280 px. */
  phone?: boolean;
  dark?: boolean;
  /** Animations are off unless a test looks at them. */
  motion?: boolean;
  /** Refuses every WebSocket, as some networks do. */
  withoutSockets?: boolean;
  /** Runs no script in pages. */
  withoutScript?: boolean;
  /** Another server than the shared one. */
  base?: string;
}

/** Somebody at a browser of their own: own cookies, own storage. */
export interface Person {
  context: BrowserContext;
  page: Page;
  /** Console errors and uncaught exceptions so far that nobody expected. */
  errors: string[];
  /** Says that a console error of this text is part of the test. */
  expectError(pattern: RegExp): void;
}

/**
 * Opens a browser for one person, for the length of the running test. A console error or an uncaught
 * exception fails the test, unless `expectError` named it; a failed test leaves a screenshot.
 */
export async function newPerson(options: PersonOptions = {}): Promise<Person> {
  browser ??= launch(inject("chromium"));
  const at = options.base ?? base;
  const context = await (await browser).newContext({
    baseURL: at,
    locale: "en-US",
    timezoneId: "America/New_York",
    colorScheme: options.dark ? "dark" : "light",
    reducedMotion: options.motion ? "no-preference" : "reduce",
    viewport: options.phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
    hasTouch: options.phone ?? false,
    isMobile: options.phone ?? false,
    javaScriptEnabled: !options.withoutScript,
  });
  if (options.withoutSockets) await blockWebSockets(context);
  const page = await context.newPage();
  const errors: string[] = [];
  const expected: RegExp[] = [];
  const note = (text: string) => {
    if (!expected.some((pattern) => pattern.test(text))) errors.push(text);
  };
  context.on("console", (message) => {
    if (message.type() === "error" && !asksWhoIAm(message))
      note(`${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => note(`uncaught: ${error.error().message}`));
  onTestFinished(async (test) => {
    if (test.task.result?.state === "fail") await shot(page, failureName(test)).catch(() => undefined);
    await context.close();
    if (errors.length > 0) throw new Error(`The browser's console showed errors:\n  ${errors.join("\n  ")}`);
  });
  if (options.email) await login(page, options.email, { base: at, path: options.path });
  return { context, page, errors, expectError: (pattern) => expected.push(pattern) };
}

/** Signs a page in through the API, so that only the tests of the login screen depend on its form. */
export async function login(
  page: Page,
  email: string,
  { password = PASSWORD, path = "/", base: at = base } = {},
): Promise<void> {
  const answer = await page.request.post(`${at}/api/auth/login`, {
    data: { email, password },
    headers: { origin: at },
  });
  if (!answer.ok()) throw new Error(`${email} can't sign in: ${answer.status()} ${await answer.text()}`);
  await page.goto(at + path);
}

/** Saves a picture under .cache/screenshots. */
export async function shot(page: Page, name: string, { full = false } = {}): Promise<string> {
  mkdirSync(screenshots, { recursive: true });
  const path = `${screenshots}${name}.png`;
  await page.screenshot({ path, fullPage: full, animations: "disabled" });
  return path;
}

/**
 * Makes every WebSocket of the context fail as behind a proxy that refuses them: an error and a close,
 * never an open. To be called before the page loads.
 */
export async function blockWebSockets(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    class RefusedSocket extends EventTarget {
      static readonly CONNECTING = 0;
      static readonly OPEN = 1;
      static readonly CLOSING = 2;
      static readonly CLOSED = 3;
      static readonly real = globalThis.WebSocket;
      readonly CONNECTING = 0;
      readonly OPEN = 1;
      readonly CLOSING = 2;
      readonly CLOSED = 3;
      readyState = 0;
      readonly protocol = "";
      readonly extensions = "";
      readonly bufferedAmount = 0;
      binaryType = "blob";
      readonly url: string;
      onopen: ((event: Event) => void) | null = null;
      onmessage: ((event: Event) => void) | null = null;
      onerror: ((event: Event) => void) | null = null;
      onclose: ((event: Event) => void) | null = null;
      constructor(url: string | URL) {
        super();
        this.url = String(url);
        setTimeout(() => {
          this.readyState = 3;
          const error = new Event("error");
          this.onerror?.(error);
          this.dispatchEvent(error);
          const close = new CloseEvent("close", { code: 1006, wasClean: false });
          this.onclose?.(close);
          this.dispatchEvent(close);
        }, 20);
      }
      send(): void {
        throw new DOMException("Still in CONNECTING state.", "InvalidStateError");
      }
      close(): void {}
    }
    Object.defineProperty(globalThis, "WebSocket", {
      value: RefusedSocket,
      configurable: true,
      writable: true,
    });
  });
}

/** Lets the page have WebSockets again, and tells it that the network changed, as browsers do. */
export async function allowWebSockets(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { real } = WebSocket as unknown as { real: typeof WebSocket };
    Object.defineProperty(globalThis, "WebSocket", { value: real, configurable: true, writable: true });
    dispatchEvent(new Event("online"));
  });
}

/** A mail as the local outbox shows it. */
export interface Mail {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  at: string;
}

/** The mails that the product sent to an address. */
export async function outbox(to: string, at = base): Promise<Mail[]> {
  const answer = await fetch(`${at}/dev/outbox.json?to=${encodeURIComponent(to)}`);
  if (!answer.ok) throw new Error(`The outbox answered ${answer.status}`);
  const { data } = (await answer.json()) as { data: Mail[] };
  return data;
}

/** Moves the product's clock forward and runs what became due. All tests of a lane share it. */
export async function advanceClock(seconds: number, at = base): Promise<void> {
  const answer = await fetch(`${at}/dev/clock`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ advance: seconds }),
  });
  if (!answer.ok) throw new Error(`The clock answered ${answer.status} ${await answer.text()}`);
}

/** A visitor's first question is answered 401, which Chromium prints as an error that no page can prevent. */
function asksWhoIAm(message: ConsoleMessage): boolean {
  return /status of 401/.test(message.text()) && /\/api\/auth\/(me|refresh)$/.test(message.location().url);
}

function failureName({ task }: TestContext): string {
  return `failed-${task.name.replace(/[^a-z0-9]+/gi, "-").slice(0, 80)}-${task.id}`;
}
