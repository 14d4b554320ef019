// Changes that people make, each of which is one event that has to arrive.

/** A job that people can be added to. */
export async function newJob(client) {
  const company = await client.post("/api/clients", { companyName: "Nordwind" });
  return await client.post("/api/jobs/complete", { job: { clientId: company.id, title: "Support lead" } });
}

let counter = 0;

/**
 * Somebody is added to a job and moved through its first stages, each step by a key of its own.
 *
 * @param run a word that no other run on the same data has
 * @param steps how many moves
 * @param acknowledged told of every change that was acknowledged: the event's type and what names it
 */
export async function hire(client, job, { run, steps, acknowledged, pause = async () => {} }) {
  const n = ++counter;
  const key = (what) => `${run}-${n}-${what}`;
  const person = { firstName: "Kim", lastName: `Park ${n}`, email: `kim.${n}.${run}@example.test` };
  const made = await client.insist("/api/candidates", person, key("person"));
  acknowledged("candidate.created", { candidateId: made.body.id });
  await pause();
  const added = await client.insist(
    "/api/applications",
    { job: job.id, candidateId: made.body.id },
    key("application"),
  );
  acknowledged("application.received", { applicationId: added.body.id });
  const open = job.stages.filter((stage) => stage.kind === "open").map((stage) => stage.key);
  for (let step = 1; step <= steps && step < open.length; step++) {
    await pause();
    await client.insist(`/api/applications/${added.body.id}/move-stage`, { stage: open[step] }, key(step));
    acknowledged("application.status_changed", { applicationId: added.body.id, newStatus: open[step] });
  }
}

/** Whether an event's body is the one of an acknowledged change. */
export function tells({ type, data }, change) {
  return type === change.type && Object.entries(change.names).every(([name, value]) => data[name] === value);
}
