import type { Notification } from "../../worker/features/notifications/schema";
import type { Me } from "../../worker/features/users/schema";
import { Ago } from "../lib/ago";
import { errorText } from "../lib/client";
import { IconButton, toast } from "../ui";
import { markNotice, noticePath } from "./notices";

export interface NoticeListProps {
  notices: readonly Notification[];
  person: Me;
  /** A link was followed. */
  onFollow?: () => void;
}

/** Notifications, newest first. Following one marks it as read. */
export function NoticeList({ notices, person, onFollow }: NoticeListProps) {
  const mark = (notice: Notification, read: boolean) =>
    markNotice(notice, read).catch((error) => toast({ text: errorText(error), tone: "bad" }));
  return (
    <ul class="notices">
      {notices.map((notice) => {
        const href = noticePath(notice, person);
        const title = (
          <>
            {!notice.read && <span class="sr-only">Unread: </span>}
            {notice.title}
          </>
        );
        return (
          <li key={notice.id} class={notice.read ? "notice" : "notice notice-unread"}>
            <div class="notice-words">
              {href ? (
                <a
                  class="notice-title"
                  href={href}
                  onClick={() => {
                    void mark(notice, true);
                    onFollow?.();
                  }}
                >
                  {title}
                </a>
              ) : (
                <span class="notice-title">{title}</span>
              )}
              {notice.message && <p class="notice-message">{notice.message}</p>}
              <Ago at={notice.createdAt} class="notice-time" />
            </div>
            <IconButton
              icon={notice.read ? "circle" : "check"}
              size="s"
              label={notice.read ? `Mark as unread: ${notice.title}` : `Mark as read: ${notice.title}`}
              onClick={() => mark(notice, !notice.read)}
            />
          </li>
        );
      })}
    </ul>
  );
}
