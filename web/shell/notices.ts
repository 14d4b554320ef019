import { signal } from "@preact/signals";
import type { Notification, NotificationPage } from "../../worker/features/notifications/schema";
import type { LiveEvent } from "../../worker/features/pipelines/schema";
import type { Me } from "../../worker/features/users/schema";
import { get, patch, post } from "../lib/client";
import { me } from "../lib/session";
import { toast } from "../ui";
import { HIRING, PORTAL, TEAM } from "./access";

/** How many notifications are unread; the server counts up to 100. */
export const unread = signal(0);

/** The newest notifications, once the bell or the page has asked for them. */
export const notices = signal<Notification[] | undefined>(undefined);

const PAGE = 20;

/** Loads the newest notifications; answers where the next page begins. */
export async function loadNotices(signal?: AbortSignal): Promise<string | null> {
  const page = await get<NotificationPage>("/api/notifications", { limit: PAGE }, { signal });
  notices.value = page.data;
  unread.value = page.unread;
  return page.nextCursor;
}

/** Adds the page that begins at a cursor; answers where the next one begins. */
export async function loadMoreNotices(cursor: string): Promise<string | null> {
  const page = await get<NotificationPage>("/api/notifications", { limit: PAGE, cursor });
  const known = new Set(notices.value?.map((notice) => notice.id));
  notices.value = [...(notices.value ?? []), ...page.data.filter((notice) => !known.has(notice.id))];
  unread.value = page.unread;
  return page.nextCursor;
}

/** Asks only for the count. */
export async function refreshUnread(): Promise<void> {
  const page = await get<NotificationPage>("/api/notifications", { limit: notices.value ? PAGE : 1 });
  unread.value = page.unread;
  if (notices.value) notices.value = page.data;
}

/** Marks one as read or unread; the page shows it at once and takes it back when the server refuses. */
export async function markNotice(notice: Notification, read: boolean): Promise<void> {
  if (notice.read === read) return;
  show(notice.id, read);
  try {
    await patch(`/api/notifications/${notice.id}`, { read });
  } catch (error) {
    show(notice.id, !read);
    throw error;
  }
}

/** Marks all as read. */
export async function markAllRead(): Promise<void> {
  await post("/api/notifications/read-all", {});
  clear();
}

function show(id: string, read: boolean): void {
  const known = notices.value?.find((notice) => notice.id === id);
  if (known?.read === read) return;
  notices.value = notices.value?.map((notice) => (notice.id === id ? { ...notice, read } : notice));
  unread.value = Math.max(0, unread.value + (read ? -1 : 1));
}

function clear(): void {
  unread.value = 0;
  notices.value = notices.value?.map((notice) => ({ ...notice, read: true }));
}

/** Takes what the own channel says about notifications: new ones, and those read on another device. */
export function hearNotices(events: readonly LiveEvent[]): void {
  for (const event of events) {
    const data = event.data as Partial<Notification> & { notificationId?: string | null };
    if (event.type === "notification.created" && data.notificationId) {
      if (notices.value?.some((notice) => notice.id === data.notificationId)) continue;
      const made: Notification = {
        id: data.notificationId,
        type: data.type ?? "message",
        title: data.title ?? "",
        message: data.message ?? "",
        entityType: data.entityType ?? null,
        entityId: data.entityId ?? null,
        read: false,
        createdAt: event.at,
      };
      unread.value += 1;
      if (notices.value) notices.value = [made, ...notices.value];
      // The home says it in its own words already, and a team has its boards and the count.
      const tell = me.value && PORTAL.includes(me.value.role) && location.pathname !== "/home";
      if (tell && made.title) toast(made.title);
    } else if (event.type === "notification.read") {
      if (data.notificationId) show(data.notificationId, data.read ?? true);
      else clear();
    }
  }
}

/** The page that a notification speaks of. */
export function noticePath(notice: Notification, person: Me): string | null {
  const team = TEAM.includes(person.role);
  if (notice.entityType === "document") return team ? "/documents/review" : "/documents";
  const { entityType, entityId } = notice;
  const hiring = HIRING.includes(person.role);
  if (hiring && entityId && (entityType === "application" || entityType === "job")) {
    return entityType === "job" ? `/jobs/${entityId}` : `/applications/${entityId}`;
  }
  if (hiring && entityId && entityType === "interview") return `/interviews/${entityId}`;
  if (!team) return "/home";
  if (entityType === "held_application") return "/applications/held";
  if (entityType === "webhook_endpoint" && entityId) return `/settings/webhooks/${entityId}`;
  if (entityType === "integration") return "/settings/webhooks/health";
  if (entityType === "agent" && entityId) return `/agents/${entityId}`;
  if (entityType === "candidate" && entityId) return `/candidates/${entityId}`;
  return entityType === "task" ? "/tasks" : null;
}
