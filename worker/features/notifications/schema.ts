import { z } from "zod";
import { pageQuery, Time } from "../../http/shapes";

export const Notification = z
  .object({
    id: z.string(),
    type: z.string(),
    title: z.string(),
    message: z.string(),
    entityType: z.string().nullable(),
    entityId: z.string().nullable(),
    read: z.boolean(),
    createdAt: Time,
  })
  .meta({ id: "Notification" });
export type Notification = z.infer<typeof Notification>;
/** A page with the number of unread ones, counted up to 100. */
export const NotificationPage = z.object({
  data: z.array(Notification),
  nextCursor: z.string().nullable(),
  unread: z.number().int(),
});
export type NotificationPage = z.infer<typeof NotificationPage>;
export const NotificationQuery = z.strictObject({
  ...pageQuery,
  unread: z.enum(["true", "false"]).optional(),
});
export const NotificationChange = z.strictObject({ read: z.boolean() });
export const NewNotification = z.strictObject({
  userId: z.string().max(60),
  title: z.string().trim().min(1).max(200),
  message: z.string().trim().max(2000).default(""),
  type: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,59}$/)
    .default("message"),
  entityType: z.string().max(40).optional(),
  entityId: z.string().max(60).optional(),
});
