import { submitApplication } from "../features/apply/apply";
import { applySteps } from "../features/apply/table";
import { APPLY_STEPS } from "../features/apply/words";
import type { Job } from "../features/jobs/schema";
import type { users } from "../features/users/table";
import { iso } from "../lib/clock";
import type { Scene } from "./hiring";
import { demoPdf } from "./pdf";

const DAY = 24 * 60 * 60 * 1000;
/** Rows of one statement: D1 takes a hundred values. */
const AT_ONCE = 20;
/** Of a hundred who open the form, how many come to each part of it. */
const SHARES = [100, 71, 66, 60, 41, 37, 34];

/** How people applied for a job from outside: how far they got, and one who may be a program. */
export async function seedApplying(
  scene: Scene,
  job: Job,
  recruiter: typeof users.$inferSelect,
): Promise<void> {
  const ctx = scene.as(recruiter);
  const rows = Array.from({ length: 20 }, (_, ago) => {
    const opened = 3 + scene.random.below(9);
    return APPLY_STEPS.map((step, i) => ({
      jobId: job.id,
      day: iso(scene.start - ago * DAY).slice(0, 10),
      step,
      count: Math.round((opened * (SHARES[i] ?? 0)) / 100),
    }));
  }).flat();
  const chunks = Array.from({ length: Math.ceil(rows.length / AT_ONCE) }, (_, i) =>
    rows.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
  );
  await ctx.db.write(chunks.map((some) => ctx.db.insert(applySteps, some)));

  scene.at(scene.start - DAY / 4);
  await submitApplication(
    { ...ctx, actor: { kind: "system", id: "portico" } },
    {
      job: job.id,
      candidateData: {
        firstName: "Best",
        lastName: "Offers www.best-offers.example",
        email: "win@example.test",
      },
      formAnswers: {
        why: "Earn more from home: https://best-offers.example/a https://best-offers.example/b",
        years: 9,
        permit: "yes",
      },
      equalOpportunity: {},
      files: [
        {
          field: "cv",
          bytes: demoPdf("Best Offers", ["Work from home", "Demo document. No real person's data."]),
          fileName: "offer.pdf",
          declaredType: "application/pdf",
        },
      ],
      signs: { by: "page", trap: "https://best-offers.example" },
    },
    { device: "Demo", address: null },
  );
  await scene.follow();
}
