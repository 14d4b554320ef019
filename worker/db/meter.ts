/** What a request cost D1; hot routes have their figures asserted. */
export interface Meter {
  roundTrips: number;
  rowsRead: number;
  rowsWritten: number;
}

export function newMeter(): Meter {
  return { roundTrips: 0, rowsRead: 0, rowsWritten: 0 };
}

/**
 * D1 with its costs counted. Everything goes through `batch`: it is one round trip and one transaction,
 * and the only call that keeps `meta` whatever shape the rows are asked in.
 */
export function metered(d1: D1Database, meter: Meter): D1Database {
  return {
    prepare: (query: string) => d1.prepare(query),
    batch: async <T>(statements: D1PreparedStatement[]) => {
      meter.roundTrips += 1;
      const results = await d1.batch<T>(statements);
      for (const result of results) {
        meter.rowsRead += result.meta.rows_read ?? 0;
        meter.rowsWritten += result.meta.rows_written ?? 0;
      }
      return results;
    },
  } as unknown as D1Database;
}
