// Reads what the two test runners wrote and counts it. What can't be read, or ran nothing, counts as a failure.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "../setup/paths.mjs";

/** @typedef {{ passed: number, failed: number, failures?: string[] }} Count `failures`: which, and why, a line or two each */

const longestReason = 600;

/** @param {string} name @param {string | undefined} reason */
const failure = (name, reason) => {
  const words = stripVTControlCharacters(reason ?? "").slice(0, longestReason);
  return [name, ...words.split("\n")].join("\n      ");
};

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
    const failures = report.testResults.flatMap((/** @type {any} */ result) =>
      result.assertionResults
        .filter((/** @type {any} */ test) => test.status === "failed")
        .map((/** @type {any} */ test) => failure(test.fullName, test.failureMessages[0])),
    );
    for (const file of brokenFiles) failures.push(failure(relative(root, file.name), file.message));
    return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles.length + leftOut, failures };
  });
}

/** @param {string} file @param {number} exitCode @returns {Count} */
export function countPlaywright(file, exitCode) {
  return counted(exitCode, () => {
    const { stats, errors, suites } = JSON.parse(readFileSync(file, "utf8"));
    const failures = specsOf(suites)
      .filter((spec) => !spec.ok)
      .map((spec) => failure(spec.title, spec.tests[0]?.results.at(-1)?.error?.message));
    for (const error of errors) failures.push(failure("Playwright", error.message));
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped + errors.length, failures };
  });
}

/** @param {any[]} suites @returns {any[]} */
const specsOf = (suites) => suites.flatMap((suite) => [...suite.specs, ...specsOf(suite.suites ?? [])]);

/** @param {number} exitCode @param {() => Count} read @returns {Count} */
function counted(exitCode, read) {
  try {
    const count = read();
    const silent = count.failed === 0 && (exitCode !== 0 || count.passed === 0);
    return silent ? { ...count, failed: 1 } : count;
  } catch {
    return { passed: 0, failed: 1 };
  }
}
