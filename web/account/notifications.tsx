import { useEffect, useState } from "preact/hooks";
import { errorText } from "../lib/client";
import { me } from "../lib/session";
import { NoticeList } from "../shell/notice-list";
import { loadMoreNotices, loadNotices, markAllRead, notices, unread } from "../shell/notices";
import { Button, Card, EmptyState, Loading, Page, Skeleton, Trouble, toast } from "../ui";

/** All notifications, newest first, live. */
export default function Notifications() {
  const [cursor, setCursor] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [more, setMore] = useState(false);
  const person = me.value;

  const load = () => {
    setProblem(null);
    loadNotices().then(setCursor, (error) => setProblem(errorText(error)));
  };
  useEffect(load, []);
  if (!person) return null;

  const loadMore = async () => {
    if (!cursor) return;
    setMore(true);
    try {
      setCursor(await loadMoreNotices(cursor));
    } catch (error) {
      toast({ text: errorText(error), tone: "bad" });
    } finally {
      setMore(false);
    }
  };
  const readAll = () => markAllRead().catch((error) => toast({ text: errorText(error), tone: "bad" }));

  const list = notices.value;
  return (
    <Page
      title="Notifications"
      actions={
        unread.value > 0 && (
          <Button icon="check-check" onClick={readAll}>
            Mark all read
          </Button>
        )
      }
    >
      <Card flush>
        {!list && problem ? (
          <Trouble title="Your notifications could not be loaded" onRetry={load}>
            {problem}
          </Trouble>
        ) : !list ? (
          <Loading label="Loading your notifications">
            <div class="bell-wait">
              <Skeleton lines={2} />
              <Skeleton lines={2} />
              <Skeleton lines={2} />
            </div>
          </Loading>
        ) : list.length === 0 ? (
          <EmptyState icon="bell" title="Nothing yet">
            When something happens that concerns you, it is told here, at the bell above, and by mail.
          </EmptyState>
        ) : (
          <NoticeList notices={list} person={person} />
        )}
      </Card>
      {cursor && (
        <div class="row more">
          <Button busy={more} onClick={loadMore}>
            Show older ones
          </Button>
        </div>
      )}
    </Page>
  );
}
