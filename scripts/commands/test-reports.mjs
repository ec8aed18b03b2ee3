// Reads what the two test runners wrote and counts it. What can't be read, or ran nothing, counts as a failure.
import { readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number }} Count */

/** @param {string} file @param {number} exitCode @returns {Count} */
export function countVitest(file, exitCode) {
  return counted(exitCode, () => {
    const report = JSON.parse(readFileSync(file, "utf8"));
    // A file that can't even be loaded has no tests in it to fail.
    const brokenFiles = report.testResults.filter(
      (/** @type {any} */ result) =>
        result.status === "failed" && result.assertionResults.every((/** @type {any} */ test) => test.status !== "failed"),
    );
    const leftOut = report.numPendingTests + report.numTodoTests;
    return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length + leftOut };
  });
}

/** @param {string} file @param {number} exitCode @returns {Count} */
export function countPlaywright(file, exitCode) {
  return counted(exitCode, () => {
    const { stats, errors } = JSON.parse(readFileSync(file, "utf8"));
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped + errors.length };
  });
}

/** @param {number} exitCode @param {() => Count} read @returns {Count} */
function counted(exitCode, read) {
  try {
    const count = read();
    const silent = count.failed === 0 && (exitCode !== 0 || count.passed === 0);
    return silent ? { passed: count.passed, failed: 1 } : count;
  } catch {
    return { passed: 0, failed: 1 };
  }
}
