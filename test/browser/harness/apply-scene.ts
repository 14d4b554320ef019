import type { Page } from "playwright-core";
import { demoPdf } from "../../../worker/dev/pdf";
import type { Application } from "../../../worker/features/applications/schema";
import type { Client } from "../../../worker/features/clients/schema";
import type { Job } from "../../../worker/features/jobs/schema";
import { axe, newPerson } from "./index";
import type { Scene } from "./scene";

/** One question of every type. */
export const QUESTIONS = [
  { key: "start", label: "When could you start?", type: "date", required: true },
  {
    key: "nights",
    label: "Can you work nights?",
    type: "yes_no",
    required: true,
    help: "About two a month.",
  },
  {
    key: "shift",
    label: "Which shift do you like best?",
    type: "select",
    options: ["Early", "Late", "Night"],
  },
  {
    key: "town",
    label: "Which office is nearest?",
    type: "select",
    options: ["Oslo", "Bergen", "Tromsø", "Malmö", "Turku", "Tartu"],
  },
  {
    key: "tools",
    label: "What have you worked with?",
    type: "multi_select",
    options: ["Radio", "Maps", "Excel"],
  },
  { key: "years", label: "Years in dispatch", type: "number", knockOut: { min: 1 } },
  { key: "why", label: "What makes a night go well?", type: "long_text" },
  { key: "nick", label: "What do people call you?", type: "text" },
  { key: "licence", label: "Your licence", type: "file", required: true },
  {
    key: "privacy",
    label: "I agree that Orchard keeps my application for six months",
    type: "consent",
    required: true,
    consentText:
      "We keep what you send for six months after the job is filled.\nYou can take this back at any time.",
  },
];

/** An open job that asks these questions. */
export async function jobWithForm(scene: Scene, questions: object[] = QUESTIONS): Promise<Job> {
  const client = await scene.admin.post<Client>("/api/clients", { companyName: "Orchard & Sons" });
  const job = await scene.admin.post<Job>("/api/jobs", {
    clientId: client.id,
    title: "Night dispatcher",
    location: "Oslo",
    department: "Operations",
    description: "You keep the night calm.",
  });
  if (questions.length > 0) await scene.admin.put(`/api/jobs/${job.id}/form`, { fields: questions });
  return job;
}

/** A file for an input. */
export const pdfFile = (name: string, title: string, lines: string[]) => ({
  name,
  mimeType: "application/pdf",
  buffer: Buffer.from(demoPdf(title, lines)),
});

export const cvOf = (name: string, email: string) =>
  pdfFile("cv.pdf", name, [
    "Dispatcher",
    email,
    "+47 912 34 567",
    "linkedin.com/in/mara-lindqvist",
    "2015 - 2019 Port of Oslo",
  ]);
export const licence = pdfFile("licence.pdf", "Licence", ["B"]);

/** Where the pages of a job are. */
export const pathOf = (scene: Scene, job: Job) => `/careers/${scene.slug}/${job.slug}`;

/** A question of the page, with its hint and error. */
export const field = (page: Page, key: string) => page.locator(`[data-field="${key}"]`);

/**
 * Asks axe about a page that runs no script, where axe itself can't run: about the same markup, elsewhere.
 */
export async function axeOf(page: Page, phone = true, dark = false): Promise<void> {
  const html = (await page.content()).replace(/<script\b[^>]*type="module"[^>]*><\/script>/g, "");
  const { page: copy } = await newPerson({ phone, dark });
  await copy.route(page.url(), (route) => route.fulfill({ contentType: "text/html", body: html }));
  await copy.goto(page.url());
  await axe(copy);
}

/** Who applied, as the team sees it. */
export async function applications(scene: Scene, job: Job) {
  return (await scene.admin.get<{ data: Application[] }>(`/api/applications?jobId=${job.id}`)).data;
}
