/** The habits that no linter knows: file names that say nothing, files that only pass on, files that don't say what they are for. */
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

export type Finding = { file: string; rule: string; message: string };

const sources = ["packages/*/src/**/*.{ts,tsx}", "apps/*/{src,test,e2e,bench}/**/*.{ts,tsx}", "scripts/**/*.{ts,mjs}", "tests/**/*.ts"];
const saysNothing = /^(index|utils?|helpers?|common|misc|types?|shared|stuff)\.(tsx?|mjs)$/;
const passesOn = /^export\s+(type\s+)?(\*|\{[^}]*\})\s*(as\s+\w+\s+)?from\b/m;
const opensWithAComment = /^(#!.*\n)?\s*(\/\*\*|\/\/)/;

/** Every finding under `root`, a checkout of this repository or something laid out like one. */
export function checkStructure(root: string): { files: number; findings: Finding[] } {
  const files = globSync(sources, { cwd: root }).filter((file) => !/(^|\/)(generated|node_modules|\.planted[^/]*)\//.test(file));
  return { files: files.length, findings: files.flatMap((file) => checkFile(file, readFileSync(join(root, file), "utf8"))) };
}

function checkFile(file: string, text: string): Finding[] {
  const findings: Finding[] = [];
  if (saysNothing.test(basename(file))) findings.push({ file, rule: "telling-name", message: "name the one idea in it" });
  if (passesOn.test(text)) findings.push({ file, rule: "no-barrel", message: "import from the file that declares it" });
  if (!/\.test\.tsx?$/.test(file) && !opensWithAComment.test(text))
    findings.push({ file, rule: "opening-sentence", message: "say in one sentence atop the file what it is for" });
  return findings;
}
