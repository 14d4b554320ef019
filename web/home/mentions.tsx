import type { MyDay } from "../../worker/features/dashboard/schema";
import type { Notification } from "../../worker/features/notifications/schema";
import { Ago } from "../lib/ago";
import { errorText } from "../lib/client";
import { me } from "../lib/session";
import { markNotice, noticePath } from "../shell/notices";
import { Card, IconButton, toast } from "../ui";

type Mention = MyDay["mentions"][number];

export interface MentionsProps {
  mentions: readonly Mention[];
  onGone: (id: string) => void;
}

/** Where colleagues wrote my name and I haven't looked yet. Following one, or the tick, puts it away. */
export function Mentions({ mentions, onGone }: MentionsProps) {
  const person = me.value;
  if (mentions.length === 0 || !person) return null;
  const read = async (notice: Notification) => {
    try {
      await markNotice(notice, true);
      onGone(notice.id);
    } catch (error) {
      toast({ text: errorText(error), tone: "warn" });
    }
  };
  return (
    <Card title="You are mentioned" flush>
      <ul class="lines">
        {mentions.map((mention) => {
          const notice: Notification = { ...mention, type: "mention", read: false };
          const href = noticePath(notice, person);
          return (
            <li key={mention.id} class="line">
              <span class="line-main">
                {href ? (
                  <a class="day-link" href={href} onClick={() => void read(notice)}>
                    {mention.title}
                  </a>
                ) : (
                  <strong>{mention.title}</strong>
                )}
                <span class="line-under">
                  {mention.message && `${mention.message} · `}
                  <Ago at={mention.createdAt} />
                </span>
              </span>
              <IconButton
                icon="check"
                size="s"
                label={`Mark as read: ${mention.title}`}
                onClick={() => void read(notice)}
              />
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
