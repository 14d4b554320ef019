import { signal } from "@preact/signals";

/** Whether the browser believes that it has a network. */
export const online = signal(typeof navigator === "undefined" || navigator.onLine !== false);

if (typeof addEventListener === "function") {
  addEventListener("online", () => {
    online.value = true;
  });
  addEventListener("offline", () => {
    online.value = false;
  });
}
