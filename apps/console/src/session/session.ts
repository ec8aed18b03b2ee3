/**
 * Who is signed in, in this tab. The access token lasts ten minutes and is kept while the tab lives; before it ends a new one is
 * fetched with the cookie that the browser keeps out of our reach, and so is the first one of a new tab.
 */
import { z } from "zod/mini";
import { fetchSignIn } from "./fetch-sign-in.ts";
import { type SignIn, userShape } from "./sign-in-shape.ts";

const sessionSchema = z.object({ accessToken: z.string(), /** Milliseconds since the epoch. */ expiresAt: z.number(), user: userShape });
export type Session = z.infer<typeof sessionSchema>;

export type SessionState =
  /** A cookie may be there: one moment. */
  | { kind: "restoring" }
  /** `epoch` changes when everything is to begin anew: somebody else, or other rights. */
  | { kind: "signed_in"; session: Session; epoch: number }
  /** `notice` says why, when it was not the person's own doing. */
  | { kind: "signed_out"; notice: string | null };

const storageKey = "switchboard.session";
/** Whether this browser has been signed in: whoever never was isn't asked about. */
const hintKey = "switchboard.signed-in";
const renewBeforeMs = 60_000;
/** A token that is refused right after it was renewed would be refused again. */
const pauseMs = 5_000;
const ended = "Your session has ended. Please sign in again.";

const listeners = new Set<() => void>();
let epoch = 0;
let renewedAt = Number.NEGATIVE_INFINITY;

/** Storage that the browser refuses is as good as empty. */
const stored = <Result>(work: () => Result): Result | null => {
  try {
    return work();
  } catch {
    return null;
  }
};

const restore = (): SessionState => {
  const parsed = stored(() => sessionSchema.safeParse(JSON.parse(sessionStorage.getItem(storageKey) ?? "null")));
  if (parsed?.success === true) return { kind: "signed_in", session: parsed.data, epoch };
  return stored(() => localStorage.getItem(hintKey)) === null ? { kind: "signed_out", notice: null } : { kind: "restoring" };
};

const keep = (next: SessionState) => {
  stored(() => {
    if (next.kind === "signed_in") {
      sessionStorage.setItem(storageKey, JSON.stringify(next.session));
      localStorage.setItem(hintKey, "1");
    } else if (next.kind === "signed_out") {
      sessionStorage.removeItem(storageKey);
      localStorage.removeItem(hintKey);
    }
  });
};

let state = restore();

const become = (next: SessionState) => {
  state = next;
  keep(next);
  for (const listener of listeners) listener();
};

const signIn = ({ accessToken, expiresInSeconds, user }: SignIn) => {
  const session = { accessToken, expiresAt: Date.now() + expiresInSeconds * 1_000, user };
  become({ kind: "signed_in", session, epoch });
};

const isSomebodyElse = ({ user }: SignIn): boolean =>
  state.kind === "signed_in" && (state.session.user.id !== user.id || state.session.user.role !== user.role);

let renewing: Promise<boolean> | null = null;

/** One at a time, however many ask; false when nothing new could be had. */
const renew = (): Promise<boolean> => {
  renewing ??= fetchSignIn()
    .then((answer) => {
      if (answer.kind === "signed_in") {
        if (isSomebodyElse(answer.signIn)) epoch += 1;
        renewedAt = performance.now();
        signIn(answer.signIn);
        return true;
      }
      // An outage ends nobody's session.
      if (answer.kind === "refused") become({ kind: "signed_out", notice: state.kind === "signed_in" ? ended : null });
      else if (state.kind === "restoring") become({ kind: "signed_out", notice: null });
      return false;
    })
    .finally(() => {
      renewing = null;
    });
  return renewing;
};

if (state.kind === "restoring") void renew();

export const session = {
  get: (): SessionState => state,
  /** One that will still be good when it arrives. */
  token: async (): Promise<string | null> => {
    if (state.kind === "signed_in" && state.session.expiresAt - Date.now() < renewBeforeMs) await renew();
    return state.kind === "signed_in" ? state.session.accessToken : null;
  },
  signIn: (next: SignIn) => {
    epoch += 1;
    signIn(next);
  },
  /** The person's own name has changed. */
  nowKnownAs: (user: Session["user"]) => {
    if (state.kind === "signed_in" && state.session.user.id === user.id) become({ ...state, session: { ...state.session, user } });
  },
  signOut: () => become({ kind: "signed_out", notice: null }),
  /** The server no longer takes our token: with a new one everything begins anew, without one it is over. */
  refused: async (): Promise<void> => {
    if (state.kind !== "signed_in") return;
    if (performance.now() - renewedAt < pauseMs) return become({ kind: "signed_out", notice: ended });
    epoch += 1;
    await renew();
  },
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};
