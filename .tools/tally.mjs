// Counting what ran, from vitest's own report.
import { existsSync, readFileSync } from "node:fs";

/**
 * Passed and failed tests of a report. What went wrong outside of any test counts as one failure each: a
 * file that could not be loaded, a run that ended badly without saying which test it was.
 */
export function countTests(file, exitCode) {
  const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  const passed = report?.numPassedTests ?? 0;
  const inTests = report?.numFailedTests ?? 0;
  const broken = (report?.testResults ?? []).filter(
    (one) => one.status === "failed" && !one.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = inTests + broken;
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}

/** Adds counts up. */
export function sum(counts) {
  return counts.reduce(
    (total, one) => ({ passed: total.passed + one.passed, failed: total.failed + one.failed }),
    { passed: 0, failed: 0 },
  );
}

/** The last line of `npm test`. */
export const closingLine = ({ passed, failed }) => `${passed} passed, ${failed} failed`;
