/** Milliseconds between two signs of life, and how long one is waited for. */
const PING_MS = 25_000;
const PONG_MS = 10_000;
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 60_000;

export interface Listener {
  isLive(): boolean;
}

/**
 * Opens the socket of a personal link, and opens it again whenever it breaks.
 * @param told `onNews` when there may be something new, which is also after each gap
 */
export function listen(
  path: string,
  told: { onNews: () => void; onLive: (isLive: boolean) => void },
): Listener {
  let live = false;
  let retry = FIRST_RETRY_MS;
  const set = (isLive: boolean) => {
    live = isLive;
    told.onLive(isLive);
  };

  const open = () => {
    let socket: WebSocket;
    try {
      socket = new WebSocket(new URL(path, location.href.replace(/^http/, "ws")));
    } catch {
      // Not to be had in this browser: the page goes on looking.
      return;
    }
    let pong: ReturnType<typeof setTimeout> | undefined;
    const ping = setInterval(() => {
      if (socket.readyState !== WebSocket.OPEN) return;
      socket.send("ping");
      clearTimeout(pong);
      pong = setTimeout(() => socket.close(), PONG_MS);
    }, PING_MS);
    socket.addEventListener("message", ({ data }) => {
      clearTimeout(pong);
      if (data === "pong") return;
      if (!live) {
        retry = FIRST_RETRY_MS;
        set(true);
      }
      told.onNews();
    });
    socket.addEventListener("close", () => {
      clearInterval(ping);
      clearTimeout(pong);
      set(false);
      // At different moments, so that not everybody comes back at once.
      setTimeout(open, retry * (0.75 + Math.random() / 2));
      retry = Math.min(retry * 2, LAST_RETRY_MS);
    });
  };
  open();
  return { isLive: () => live };
}
