/** Prints what breaks the house's architecture, and fails if anything does, or if nothing was looked at. */
import { resolve } from "node:path";
import { checkArrows } from "./arrows.ts";
import { checkStructure } from "./structure.ts";

const root = resolve(import.meta.dirname, "../..");
const arrows = await checkArrows(root);
const structure = checkStructure(root);
const findings = [...arrows.findings, ...structure.findings];
for (const { file, rule, message } of findings) console.log(`${file}: ${rule}: ${message}`);
console.log(`${arrows.files} modules followed, ${structure.files} files read, ${findings.length} findings`);
if (findings.length > 0 || arrows.files === 0 || structure.files === 0) process.exitCode = 1;
