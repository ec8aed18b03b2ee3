/** Who is signed in, in this tab: the access token and its owner, kept while the tab lives. */
import { userSchema } from "@switchboard/api/schemas/auth";
import { z } from "zod";

const sessionSchema = z.object({ accessToken: z.string(), user: userSchema });
export type Session = z.infer<typeof sessionSchema>;

export type SessionState =
  | { kind: "signed_in"; session: Session }
  /** `notice` says why, when it was not the person's own doing. */
  | { kind: "signed_out"; notice: string | null };

const storageKey = "switchboard.session";
const listeners = new Set<() => void>();

const restore = (): SessionState => {
  try {
    const text = sessionStorage.getItem(storageKey);
    const parsed = text === null ? null : sessionSchema.safeParse(JSON.parse(text));
    if (parsed?.success === true) return { kind: "signed_in", session: parsed.data };
  } catch {
    // Storage refused, or not what we wrote: as good as empty.
  }
  return { kind: "signed_out", notice: null };
};

const keep = (state: SessionState) => {
  try {
    if (state.kind === "signed_in") sessionStorage.setItem(storageKey, JSON.stringify(state.session));
    else sessionStorage.removeItem(storageKey);
  } catch {
    // Storage refused: signed in until the page is left.
  }
};

let state = restore();

const become = (next: SessionState) => {
  state = next;
  keep(next);
  for (const listener of listeners) listener();
};

export const session = {
  get: (): SessionState => state,
  token: (): string | null => (state.kind === "signed_in" ? state.session.accessToken : null),
  signIn: (next: Session) => become({ kind: "signed_in", session: next }),
  signOut: () => become({ kind: "signed_out", notice: null }),
  /** The server no longer knows us. */
  expire: () => {
    if (state.kind === "signed_in") become({ kind: "signed_out", notice: "Your session has ended. Please sign in again." });
  },
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};
