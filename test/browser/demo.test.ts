import { expect, test } from "vitest";
import { axe, newPerson, shot } from "./harness";

test.each(["admin", "recruiter", "client", "agent", "candidate"])(
  "the demo's %s signs in and finds a first screen, by desktop and by phone",
  async (role) => {
    for (const phone of [false, true]) {
      const { page } = await newPerson({ email: `${role}@acme.test`, phone });
      await page.getByRole("heading", { level: 1 }).waitFor();
      await axe(page);
      await shot(page, `${role}-first-${phone ? "phone" : "desktop"}`);
      expect(new URL(page.url()).pathname).not.toBe("/login");
    }
  },
);
