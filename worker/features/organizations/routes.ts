import { Hono } from "hono";
import { isLocal } from "../../env";
import { answer } from "../../http/answer";
import { ctxFor, endpoint } from "../../http/endpoint";
import { outsideCtx } from "../../http/outside";
import type { HttpEnv } from "../../http/types";
import { body, ifMatch } from "../../http/validate";
import { visitorOf } from "../../http/visitor";
import { DomainError } from "../../lib/errors";
import { newId } from "../../lib/ids";
import { previewCareers } from "../careers/preview";
import { takeTurn } from "../sessions/login";
import { signUp } from "../users/register";
import { removeLogo, setLogo } from "./logo";
import { readLogo } from "./logo-body";
import { getOrganization, updateOrganization } from "./organizations";
import {
  CareersPreview,
  CareersPreviewQuery,
  Organization,
  OrganizationChange,
  SignedUp,
  SignUp,
} from "./schema";

const tag = "Organization";

export const organizationsRoutes = new Hono<HttpEnv>().post(
  "/",
  endpoint({
    summary: "Sign up: a new organization with its first admin",
    tag,
    who: "public",
    answers: { 201: SignedUp },
    errors: [409, 422, 429],
  }),
  body(SignUp),
  async (c) => {
    if (!isLocal(c.env) && c.env.SIGN_UP !== "on") {
      throw new DomainError("denied", "Sign-up is closed here. Ask whoever runs this server to open it.");
    }
    await takeTurn(c.env, "registrations", visitorOf(c).address);
    const orgId = newId("org");
    return await answer(
      c,
      outsideCtx(c, orgId),
      (own) => signUp(own, c.req.valid("json"), visitorOf(c)),
      (made) => ({ status: 201, body: made, location: "/api/organization", session: made }),
    );
  },
);

export const organizationRoutes = new Hono<HttpEnv>()
  .get(
    "/",
    endpoint({ summary: "My organization", tag, who: "organization.read", answers: { 200: Organization } }),
    async (c) => {
      const organization = await getOrganization(ctxFor(c));
      c.header("etag", `"${organization.version}"`);
      return c.json(organization);
    },
  )
  .patch(
    "/",
    endpoint({
      summary: "Change my organization",
      tag,
      who: "organization.update",
      answers: { 200: Organization },
      errors: [409, 412, 422],
    }),
    body(OrganizationChange),
    async (c) => {
      const changed = await updateOrganization(ctxFor(c), c.req.valid("json"), ifMatch(c));
      c.header("etag", `"${changed.version}"`);
      return c.json(changed);
    },
  )
  .put(
    "/logo",
    endpoint({
      summary: "Give my organization a logo",
      tag,
      who: "organization.update",
      answers: { 200: Organization },
      errors: [409, 413, 415, 422],
      files: [],
    }),
    async (c) => {
      const changed = await setLogo(ctxFor(c), await readLogo(c));
      c.header("etag", `"${changed.version}"`);
      return c.json(changed);
    },
  )
  .delete(
    "/logo",
    endpoint({
      summary: "Take my organization's logo away",
      tag,
      who: "organization.update",
      answers: { 204: null },
      errors: [409],
    }),
    async (c) => {
      await removeLogo(ctxFor(c));
      return c.body(null, 204);
    },
  )
  .post(
    "/careers-preview",
    endpoint({
      summary: "My careers page with what is not saved yet",
      tag,
      who: "organization.update",
      answers: { 200: CareersPreview },
      errors: [422],
      unkeyed: true,
    }),
    body(CareersPreviewQuery),
    async (c) => c.json(await previewCareers(ctxFor(c), c.req.valid("json"))),
  );
