/** Passwords: argon2id, no more than two at a time, so that a flood of logins can't starve calls of the processor. */
import { hash, verify } from "@node-rs/argon2";
import { ControlError } from "../control-error.ts";

/** argon2id is what the library takes when no algorithm is named; its test holds it to that. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const fewestCharacters = 12;
const mostCharacters = 200;
const mostAtOnce = 2;
/** Behind them; at some 30 ms each whoever came later would wait longer than anybody does. */
const mostWaiting = 50;

const commonPasswords = new Set(
  [
    "123456789012 1234567890123 1234567890ab 12345678910 password1234 password12345 password123456 passwordpassword passw0rd1234",
    "qwertyuiop12 qwertyuiop123 qwerty123456 qwerty1234567 qwertyuiopasdf 1q2w3e4r5t6y 1qaz2wsx3edc abcdefghijkl abcdef123456 abcd12345678",
    "letmeinletmein adminadminadmin administrator administrator1 admin1234567 admin12345678 changemechangeme changeme1234 welcome12345 welcome123456",
    "iloveyou1234 iloveyouiloveyou sunshine1234 football1234 baseball1234 dragon123456 monkey123456 trustno1trustno1 111111111111 000000000000",
    "aaaaaaaaaaaa asdfghjkl123 asdfghjklqwe zxcvbnm12345 switchboard1 switchboard12 switchboard123 switchboard1234 cloudonix123 cloudonix1234",
  ].flatMap((line) => line.split(" ")),
);

/** Throws ControlError `rule_broken` with words for the person who chose it in `field`. */
export function refuseWeakPassword(password: string, field = "password"): void {
  const message = problemOf(password);
  if (message !== null) throw new ControlError("rule_broken", message, { issues: [{ path: [field], message }] });
}

function problemOf(password: string): string | null {
  const length = [...password].length;
  if (length < fewestCharacters) return `A password needs at least ${fewestCharacters} characters.`;
  if (length > mostCharacters) return `A password has at most ${mostCharacters} characters.`;
  if (commonPasswords.has(password.toLowerCase()) || new Set(password).size < 4) return "This password is too easy to guess.";
  return null;
}

/** Both throw ControlError `unavailable` when too many wait already. */
export type Passwords = {
  hash: (password: string) => Promise<string>;
  /** `hashed` null, for a person who does not exist, takes as long and is false. */
  matches: (hashed: string | null, password: string) => Promise<boolean>;
};

export function createPasswords(): Passwords {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (waiting.length >= mostWaiting)
      throw new ControlError("unavailable", "Too many people are signing in at this moment. Try again in a few seconds.");
    if (running >= mostAtOnce) await new Promise<void>((resume) => waiting.push(resume));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place is handed on, not given back, so nobody slips in between.
      if (next) next();
      else running -= 1;
    }
  }

  let decoy: Promise<string> | null = null;

  return {
    hash: (password) => inTurn(() => hash(password.normalize("NFKC"), cost)),
    async matches(hashed, password) {
      if (password.length > mostCharacters * 2) return false;
      decoy ??= inTurn(() => hash("nobody has this password", cost)).catch((error: unknown) => {
        decoy = null;
        throw error;
      });
      const against = hashed ?? (await decoy);
      const same = await inTurn(() => verify(against, password.normalize("NFKC")));
      return same && hashed !== null;
    },
  };
}
