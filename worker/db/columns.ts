import { integer, text } from "drizzle-orm/sqlite-core";

/** The id of a row: typed by prefix, sortable by time. */
export const id = () => text("id").primaryKey();
/** The organization that owns the row; first in every index. */
export const orgId = () => text("org_id").notNull();
/** Milliseconds since 1970. */
export const time = (name: string) => integer(name);
export const json = <T>(name: string) => text(name, { mode: "json" }).$type<T>();
/** Counts the changes of a resource; `If-Match` names it. */
export const version = () => integer("version").notNull().default(1);
/** The commit that last won this row; later statements of its batch select by it. */
export const changeId = () => text("change_id");
