/** Keeps the page of a personal link true while it is open: by a socket, and by looking where none can be had. */
import { LOOK_SECONDS } from "../../../worker/features/status/words";
import { listen } from "./listen";
import { inReadersWords } from "./times";

const root = document.querySelector<HTMLElement>(".status");
if (root) begin(root);

function begin(root: HTMLElement): void {
  const path = location.pathname;
  const news = root.querySelector<HTMLElement>(".status-news");
  const body = () => root.querySelector<HTMLElement>(".status-body");
  /** The page as it was sent, before its times were put into the reader's words. */
  let sent = body()?.outerHTML ?? "";
  let etag: string | null = null;
  let looking: Promise<void> | null = null;
  let again = false;

  const show = (next: HTMLElement, html: string) => {
    const old = body();
    if (!old || html === sent) return;
    sent = html;
    const moved = next.dataset.now !== old.dataset.now;
    // What one had opened stays open, and the keyboard stays where it was.
    const opened = old.querySelector("details")?.open ?? false;
    const at = focusables(old).indexOf(document.activeElement as HTMLElement);
    old.replaceWith(next);
    const details = next.querySelector("details");
    if (details) details.open = opened;
    if (at >= 0) focusables(next)[at]?.focus({ preventScroll: true });
    inReadersWords(next);
    tellLive(listener.isLive());
    if (moved && news) news.textContent = next.dataset.news ?? "";
  };

  const lookOnce = async () => {
    const headers = { "x-look": "1", ...(etag ? { "if-none-match": etag } : {}) };
    const answer = await fetch(path, { headers, cache: "no-store" });
    if (answer.status === 404) return location.reload();
    if (!answer.ok) return;
    etag = answer.headers.get("etag");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector<HTMLElement>(".status-body");
    if (next) show(document.importNode(next, true), next.outerHTML);
  };

  /** Looks for something new; what is asked for while one look is under way is looked for after it. */
  const look = (): void => {
    if (looking) {
      again = true;
      return;
    }
    looking = lookOnce()
      // Out of reach for a moment: the next look finds it.
      .catch(() => undefined)
      .finally(() => {
        looking = null;
        if (!again) return;
        again = false;
        look();
      });
  };

  const tellLive = (isLive: boolean) => {
    const hint = root.querySelector<HTMLElement>(".status-live");
    if (hint) hint.hidden = !isLive;
  };

  const listener = listen(root.dataset.live ?? "", { onNews: look, onLive: tellLive });
  inReadersWords(root);
  setInterval(() => {
    if (!listener.isLive() && document.visibilityState === "visible") look();
  }, LOOK_SECONDS * 1000);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });
  addEventListener("online", look);
  keepOnce(root.dataset.keep ?? "");
}

/** What a mail service opens by itself keeps no link; somebody who does something is a person, and keeps it. */
function keepOnce(path: string): void {
  const signs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;
  const keep = () => {
    for (const sign of signs) removeEventListener(sign, keep);
    void fetch(path, { method: "POST", keepalive: true }).catch(() => undefined);
  };
  for (const sign of signs) addEventListener(sign, keep, { passive: true });
}

const focusables = (within: HTMLElement) => [
  ...within.querySelectorAll<HTMLElement>("a[href], button, summary, input"),
];
