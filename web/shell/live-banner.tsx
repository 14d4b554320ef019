import { useSignal, useSignalEffect } from "@preact/signals";
import { online } from "../lib/online";
import { Banner, IconButton } from "../ui";
import { ownState } from "./own-channel";

const PATIENCE_MS = 3000;

/** Says when news can't reach this page at once: offline, reconnecting, or asking every 30 seconds. */
export function LiveBanner() {
  const late = useSignal(false);
  const closed = useSignal(false);

  // Most breaks are over before anybody would notice.
  useSignalEffect(() => {
    if (ownState.value !== "reconnecting") {
      late.value = false;
      return;
    }
    const timer = setTimeout(() => {
      late.value = true;
    }, PATIENCE_MS);
    return () => clearTimeout(timer);
  });
  useSignalEffect(() => {
    if (ownState.value === "live") closed.value = false;
  });

  let shown = null;
  if (!online.value) {
    shown = (
      <Banner tone="warn" icon="wifi-off" role="none">
        You are offline. What you see is from before; it is brought up to date when the connection is back.
      </Banner>
    );
  } else if (ownState.value === "polling" && !closed.value) {
    shown = (
      <Banner
        icon="refresh-cw"
        role="none"
        action={
          <IconButton
            icon="x"
            size="s"
            label="Close message"
            onClick={() => {
              closed.value = true;
            }}
          />
        }
      >
        Live updates can’t get through this network. This page looks for news every 30 seconds instead.
      </Banner>
    );
  } else if (late.value) {
    shown = (
      <Banner icon="refresh-cw" role="none">
        Reconnecting. What you see may be a few seconds old.
      </Banner>
    );
  }
  return (
    <div class="live-banner" role="status">
      {shown}
    </div>
  );
}
