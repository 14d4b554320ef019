import { Hono } from "hono";
import { renderList } from "#careers/list";
import type { HttpEnv } from "../../http/types";
import { pageAnswer } from "./send";
import { siteOf } from "./site";
import { PUBLIC_STYLE } from "./style";

/** Pages for people who look for a job. */
export const careersPages = new Hono<HttpEnv>().get("/:org", async (c) => {
  const { site } = await siteOf(c.env, c.req.param("org"), c.get("meter"));
  return await pageAnswer(renderList({ site }, PUBLIC_STYLE));
});
