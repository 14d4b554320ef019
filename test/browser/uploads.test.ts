import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { demoPdf } from "../../worker/dev/pdf";
import { newPerson, shot } from "./harness";
import { newScene } from "./harness/scene";

const pdf = (kilobytes = 1) => ({
  name: "w9.pdf",
  mimeType: "application/pdf",
  // A page of so many empty lines.
  buffer: Buffer.from(demoPdf("Form W-9", Array(kilobytes * 64).fill(""))),
});

async function agentAtHome(errors: RegExp) {
  const scene = await newScene("Paper Mill");
  const agent = await scene.agent("Ada Able");
  const person = await newPerson({ email: agent.email });
  person.expectError(errors);
  await person.page.getByText("Upload your W-9").waitFor();
  return { scene, agent, ...person };
}

const choose = (page: Page, file: { name: string; mimeType: string; buffer: Buffer }) =>
  page.locator(".next input[type=file]").first().setInputFiles(file);

const papersOf = async (agent: { get<T>(path: string): Promise<T> }) =>
  (await agent.get<{ data: unknown[] }>("/api/documents")).data.length;

test("a file that isn't what its name says is refused with the reason, and another one can follow", async () => {
  const { page, agent } = await agentAtHome(/status of 4(15|22)/);
  await choose(page, {
    name: "w9.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("<html><script>1</script>"),
  });
  const reason = page.locator(".next").getByRole("alert");
  await reason.waitFor();
  expect(await reason.textContent()).toMatch(/html|web page|PDF/i);
  await shot(page, "upload-refused");
  await choose(page, { name: "setup.exe", mimeType: "application/x-msdownload", buffer: Buffer.from("MZ") });
  await reason.getByText("setup.exe is of a kind that can’t be taken.").waitFor();
  await choose(page, { name: "w9.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(11 * 1024 * 1024) });
  await reason.getByText("at most 10 MB can be taken").waitFor();
  expect(await papersOf(agent)).toBe(0);
  await choose(page, pdf());
  await page.getByText("Upload your NDA").waitFor();
  expect(await papersOf(agent)).toBe(1);
});

test("an upload shows how far it is, can be cancelled, and leaves nothing behind", async () => {
  const { page, agent, context } = await agentAtHome(/ERR_/);
  const line = await context.newCDPSession(page);
  await line.send("Network.enable");
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 300 * 1024 };
  await line.send("Network.emulateNetworkConditions", slow);
  await choose(page, pdf(4000));
  const progress = page.getByRole("progressbar", { name: "Sending w9.pdf" });
  await progress.waitFor();
  await expect.poll(async () => Number(await progress.getAttribute("aria-valuenow"))).toBeGreaterThan(5);
  await shot(page, "upload-progress");
  await page.getByRole("button", { name: "Cancel" }).click();
  await progress.waitFor({ state: "detached" });
  await page
    .getByRole("button", { name: /^Choose a file/ })
    .first()
    .waitFor();
  expect(await papersOf(agent)).toBe(0);
});

test("an upload that breaks off says so, and the same file can be sent again", async () => {
  const { page, agent, context } = await agentAtHome(/ERR_|WebSocket/);
  await page.route("**/api/documents/upload", (route) => route.abort("connectionreset"));
  await choose(page, pdf());
  await page.locator(".next").getByRole("alert").getByText("Portico can't be reached").waitFor();
  expect(await papersOf(agent)).toBe(0);
  await page.unroute("**/api/documents/upload");

  await context.setOffline(true);
  await choose(page, pdf());
  await page.locator(".next").getByRole("alert").getByText("You are offline").waitFor();
  await context.setOffline(false);
  await choose(page, pdf());
  await page.getByText("Upload your NDA").waitFor();
  expect(await papersOf(agent)).toBe(1);
});

test("a document is taken back before anybody looked at it, and not after", async () => {
  const { page, agent, scene } = await agentAtHome(/status of 4(04|09)/);
  const bytes = demoPdf("Form W-9", ["Ada"]);
  const file = { name: "w9.pdf", type: "application/pdf", bytes };
  await agent.upload("w9", file);
  await page.goto("/documents");
  await page.getByRole("button", { name: "Take back w9.pdf" }).click();
  await page.getByRole("button", { name: "Take it back" }).click();
  await page.getByText("w9.pdf was taken back.").waitFor();
  expect(await papersOf(agent)).toBe(0);

  const second = await agent.upload("w9", file);
  await page.getByRole("button", { name: "Take back w9.pdf" }).click();
  await scene.admin.put(`/api/documents/${second.id}/status`, { status: "approved" });
  await page.getByRole("button", { name: "Take it back" }).click();
  await page.getByText("It was reviewed a moment ago, so it stays.").waitFor();
  await page.getByText("Approved", { exact: true }).waitFor();
});
