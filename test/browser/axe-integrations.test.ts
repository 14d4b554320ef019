import type { Page } from "playwright-core";
import { test } from "vitest";
import { newPerson } from "./harness";
import { newIntegrations } from "./harness/integrations-scene";
import { newScene } from "./harness/scene";
import { broken, keys, lookAt, press } from "./harness/tour";

test("axe finds nothing on the screens of the integrations", async () => {
  const scene = await newScene("Open Lines");
  const { endpointId, deliveryId, sourceId, inboxId } = await newIntegrations(scene);
  const { page, expectError } = await newPerson({ email: scene.admin.email });
  expectError(/status of (503|404|422)/);
  const endpoint = `/settings/webhooks/${endpointId}`;
  const source = `/settings/sources/${sourceId}`;
  const choose = (menu: RegExp | string, name: string) => async (at: Page) => {
    await at.getByRole("button", { name: menu, exact: true }).last().click();
    await at.getByRole("menuitem", { name }).click();
    await at.getByRole("dialog").waitFor();
  };
  const opened = (name: RegExp | string) => async (at: Page) => {
    await press(name)(at);
    await at.getByRole("dialog").waitFor();
  };
  await lookAt(
    [
      ["/settings/webhooks"],
      ["/settings/webhooks", "with the settings", press("Settings")],
      ["/settings/webhooks", "broken", broken("**/api/webhooks/endpoints?*")],
      ["/settings/webhooks/new"],
      [
        "/settings/webhooks/new",
        "with errors",
        async (at) => {
          await at.getByLabel("Every event").uncheck();
          await at.getByLabel("job.posted").waitFor();
          await press("Add the endpoint")(at);
        },
      ],
      [
        "/settings/webhooks/new",
        "made, not copied",
        async (at) => {
          await at.getByLabel("Address").fill("https://example.com/hooks");
          await press("Add the endpoint")(at);
          await at.getByRole("dialog").waitFor();
          await keys("Escape")(at);
          await at.getByText("It is not copied yet").waitFor();
        },
      ],
      [endpoint],
      [
        endpoint,
        "with a test",
        async (at) => {
          await press("Send a test")(at);
          await at.getByRole("region", { name: "The test" }).waitFor();
        },
      ],
      [endpoint, "changing", choose("More", "Change…")],
      [endpoint, "asking for a new secret", choose("More", "New secret…")],
      [endpoint, "asking to remove", choose("More", "Remove…")],
      ["/settings/webhooks/whe_nobody", "gone"],
      ["/settings/webhooks/events"],
      [
        "/settings/webhooks/events#job.posted",
        "unfolded",
        (at) => at.locator("details[open]").getByText("clientId", { exact: true }).waitFor(),
      ],
      ["/settings/webhooks/events", "broken", broken("**/api/webhooks/event-types")],
      ["/settings/webhooks/deliveries"],
      ["/settings/webhooks/deliveries?status=exhausted", "nothing fits"],
      ["/settings/webhooks/deliveries", "sending many again", opened("Send many again")],
      [`/settings/webhooks/deliveries/${deliveryId}`],
      ["/settings/webhooks/deliveries/whd_nobody", "gone"],
      ["/settings/webhooks/dead-letters"],
      ["/settings/webhooks/health"],
      ["/settings/webhooks/health", "broken", broken("**/api/webhooks/health*")],
      ["/settings/sources"],
      ["/settings/sources/new", "with errors", press("Connect")],
      [source],
      [source, "asking for a new secret", opened("New secret")],
      ["/settings/inbox"],
      [`/settings/inbox/${inboxId}`],
      ["/settings/api-keys"],
      ["/settings/api-keys", "adding", opened("New key")],
      ["/settings/api-keys", "asking to revoke", opened("Revoke Monitoring")],
    ],
    page,
  );
});
