import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Me } from "../../worker/features/users/schema";
import { errorText } from "../lib/client";
import { Button, EmptyState, IconButton, Loading, Popover, Skeleton, Trouble, toast } from "../ui";
import { NoticeList } from "./notice-list";
import { loadNotices, markAllRead, notices, unread } from "./notices";

/** The bell: the number of unread notifications, live, and the newest of them on a click. */
export function Bell({ person }: { person: Me }) {
  const count = unread.value;
  const label =
    count === 0 ? "Notifications" : `Notifications, ${count > 99 ? "more than 99" : count} unread`;
  return (
    <Popover
      label="Notifications"
      width="24rem"
      trigger={<IconButton icon="bell" label={label} count={count} />}
    >
      {(close) => <Newest person={person} close={close} />}
    </Popover>
  );
}

function Newest({ person, close }: { person: Me; close: () => void }) {
  const trouble = useSignal<string | null>(null);
  const load = () => {
    trouble.value = null;
    loadNotices().catch((error) => {
      trouble.value = errorText(error);
    });
  };
  useEffect(load, []);
  const list = notices.value;
  return (
    <div class="bell">
      <div class="bell-head">
        <h2>Notifications</h2>
        {unread.value > 0 && (
          <Button
            size="s"
            variant="plain"
            icon="check-check"
            onClick={() => markAllRead().catch((error) => toast({ text: errorText(error), tone: "bad" }))}
          >
            Mark all read
          </Button>
        )}
      </div>
      {list === undefined && trouble.value && (
        <Trouble title="Notifications could not be loaded" onRetry={load}>
          {trouble.value}
        </Trouble>
      )}
      {list === undefined && !trouble.value && (
        <Loading label="Loading notifications">
          <div class="bell-wait">
            <Skeleton lines={2} />
            <Skeleton lines={2} />
            <Skeleton lines={2} />
          </div>
        </Loading>
      )}
      {list?.length === 0 && (
        <EmptyState icon="bell" title="Nothing yet">
          When something happens that concerns you, it is told here.
        </EmptyState>
      )}
      {list && list.length > 0 && (
        <>
          <NoticeList notices={list.slice(0, 8)} person={person} onFollow={close} />
          <div class="bell-foot">
            <a href="/notifications" onClick={close}>
              See all notifications
            </a>
          </div>
        </>
      )}
    </div>
  );
}
