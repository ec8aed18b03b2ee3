/** Follows every import and holds it against the arrows in .dependency-cruiser.mjs. */
import { cruise } from "dependency-cruiser";
import rules from "../../.dependency-cruiser.mjs";
import type { Finding } from "./structure.ts";

const folders = ["packages", "apps", "scripts", "tests"];

/** Every forbidden import under `root`. `files` counts what was read: none means that nothing was checked. */
export async function checkArrows(root: string, places: string[] = folders): Promise<{ files: number; findings: Finding[] }> {
  const { output } = await cruise(places, { ...rules.options, baseDir: root, ruleSet: { forbidden: rules.forbidden }, validate: true });
  if (typeof output === "string") throw new Error("The report on the architecture can't be read.");
  const findings = output.summary.violations.map((violation) => ({
    file: violation.from,
    rule: violation.rule.name,
    message: `→ ${violation.to}`,
  }));
  return { files: output.modules.filter((module) => /^(packages|apps)\//.test(module.source)).length, findings };
}
