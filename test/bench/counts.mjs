// What each hot route costs D1. Counts don't depend on the machine; the tests assert the important ones.

const PDF = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";

/** Routes, what they may cost, and how many rows their answer shows. */
function routes(org) {
  const [recruiter] = org.team;
  const { agent, people, pipelineId, hiring } = org;
  const rows = (body) => body.data.length;
  const cards = (body) => body.stages.reduce((sum, stage) => sum + stage.cards.length, 0);
  return [
    { what: "me", path: "/api/auth/me" },
    { what: "board", path: `/api/pipelines/${pipelineId}/board`, shows: cards },
    { what: "agents, 50 of all", path: "/api/agents?limit=50", shows: rows },
    { what: "agents, 50 of a status", path: "/api/agents?limit=50&status=documents", shows: rows },
    { what: "agents, 50 by name", path: "/api/agents?limit=50&q=lund%2012", free: true, shows: rows },
    { what: "one agent", path: `/api/agents/${people[7]}` },
    { what: "an agent's timeline", path: `/api/agents/${people[7]}/timeline`, shows: rows },
    { what: "changes, 50", path: `/api/pipelines/${pipelineId}/changes?since=0&limit=50`, shows: rows },
    { what: "documents, 50 to review", path: "/api/documents?status=pending&limit=50", shows: rows },
    { what: "a job's board", path: `/api/pipelines/${hiring.pipelineId}/board`, shows: cards },
    { what: "applications, 50 of all", path: "/api/applications?limit=50", shows: rows },
    {
      what: "applications, 50 of a job",
      path: `/api/applications?limit=50&jobId=${hiring.jobId}`,
      shows: rows,
    },
    {
      what: "applications, 50 of a status",
      path: "/api/applications?limit=50&status=IN_PROGRESS",
      shows: rows,
    },
    { what: "one application", path: `/api/applications/${hiring.applications[7]}` },
    { what: "candidates, 50 of all", path: "/api/candidates?limit=50", shows: rows },
    { what: "candidates, 50 by a word", path: "/api/candidates?limit=50&q=support", free: true, shows: rows },
    { what: "notifications", path: "/api/notifications", shows: rows },
    { what: "an agent's own home", path: "/api/me/home", token: agent },
    {
      what: "move",
      path: `/api/agents/${people[1]}/status`,
      method: "PUT",
      body: (round) => JSON.stringify({ status: round === 0 ? "screening" : "documents" }),
      type: "application/json",
    },
    {
      what: "move of an application",
      path: `/api/applications/${hiring.applications[3]}/move-stage`,
      method: "POST",
      body: (round) => JSON.stringify({ stage: round === 0 ? "initial-screening" : "phone-screen" }),
      type: "application/json",
    },
    {
      what: "upload",
      path: "/api/documents/upload?type=w9&fileName=w9.pdf",
      method: "POST",
      body: () => PDF,
      type: "application/pdf",
      token: agent,
    },
  ].map((route) => ({ method: "GET", token: recruiter, ...route }));
}

async function cost(ours, route, round) {
  const answer = await fetch(ours.base + route.path, {
    method: route.method,
    headers: {
      authorization: `Bearer ${route.token}`,
      ...(route.type ? { "content-type": route.type } : {}),
    },
    ...(route.body ? { body: route.body(round) } : {}),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(`${route.what} was answered ${answer.status}: ${JSON.stringify(body)}`);
  const found = /trips=(\d+) read=(\d+) written=(\d+)/.exec(answer.headers.get("server-timing") ?? "");
  if (!found) throw new Error(`${route.what} doesn't say what it cost.`);
  const [trips, read, written] = found.slice(1).map(Number);
  return { trips, read, written, shown: route.shows?.(body) };
}

/** Round trips, rows read and rows written of every hot route, in each of the organizations. */
export async function measureCounts({ ours, orgs }) {
  const names = Object.keys(orgs);
  const found = [];
  for (const [i, { what, method, shows, free }] of routes(orgs[names[0]]).entries()) {
    const costs = [];
    for (const name of names) {
      const route = routes(orgs[name])[i];
      // The first may look the session up, which is then believed for five seconds.
      await cost(ours, route, 0);
      costs.push(await cost(ours, route, 1));
    }
    const trips = method === "GET" ? 1 : 2;
    const rows = shows && !free ? 2 * costs[0].shown + 20 : null;
    const written = what.startsWith("move") ? 16 : null;
    const missed = costs.some(
      (one) =>
        one.trips > trips ||
        (rows !== null && one.read > rows) ||
        (written !== null && one.written > written),
    );
    // The same for a thousand people and for a million; by words, more may match.
    const grows = costs.at(-1).read > costs[0].read + 20;
    found.push({ what, costs, target: { trips, rows, written }, missed, grows });
  }
  return found;
}
