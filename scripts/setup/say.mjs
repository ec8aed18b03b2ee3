// Speaks to the person at the terminal. Everything goes to standard error for a command whose output is data.
import { writeSync } from "node:fs";

let descriptor = 1;

/** From now on speak on standard error. */
export function leaveStandardOutputToTheProgram() {
  descriptor = 2;
}

/** @param {string} line */
export function say(line) {
  try {
    writeSync(descriptor, `${line}\n`);
  } catch {
    // A closed pipe (`npm test | head`) is no reason to fail.
  }
}

/** An error whose message is all that a person needs: it is printed without a stack. */
export class PlainError extends Error {}
