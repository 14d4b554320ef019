// What a fault tool reads at the end, and what it says.

const started = Date.now();

/** A line of what happens, with the seconds since the start. */
export function say(text) {
  console.error(`${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s  ${text}`);
}

/**
 * The organization's committed events that leave the building, from the moment its last endpoint was there, with
 * their deliveries and all attempts.
 */
export async function truth(product, client) {
  const { data } = await client.get("/api/webhooks/event-types");
  const types = data.map((entry) => `'${entry.type}'`).join(",");
  const org = `org_id = '${client.orgId}'`;
  const [events, deliveries, attempts, counts] = await product.tables(
    `select id, seq, type, entity_id, entity_seq from events where ${org} and type in (${types})
      and seq > (select max(from_seq) from webhook_periods where ${org}) order by seq`,
    `select id, endpoint_id, event_id, event_seq, status, attempts, failures, next_at, last_cause, replays, reason
      from webhook_deliveries where ${org}`,
    `select a.delivery_id, d.endpoint_id, a.n, a.at, a.cause, a.status_code, a.latency_ms
      from webhook_attempts a join webhook_deliveries d on d.id = a.delivery_id where a.${org}`,
    `select endpoint_id, status, n from webhook_counts where ${org} and n > 0`,
  );
  return { events, deliveries, attempts, counts };
}

/** Prints what was broken and one closing line; ends the process, badly where something was. */
export function finish(what, seed, summary, found) {
  const broken = Object.entries(found).filter(([, wrong]) => wrong.length > 0);
  for (const [name, wrong] of broken) {
    console.error(`\nBROKEN: ${name} (${wrong.length})`);
    for (const line of wrong.slice(0, 12)) console.error(`  ${line}`);
  }
  const checks = Object.keys(found).length;
  const verdict =
    broken.length > 0
      ? `${broken.length} of ${checks} invariants BROKEN; node test/faults/${what}.mjs --seed=${seed} makes the same choices again`
      : `${checks} invariants hold`;
  console.log(`${what}: seed ${seed}, ${summary}: ${verdict}`);
  process.exit(broken.length > 0 ? 1 : 0);
}
