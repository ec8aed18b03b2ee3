/** Which columns of a list this person has put away, kept in this browser. */
import { useState } from "react";
import { z } from "zod";
import { useSession } from "./use-session.ts";

const keptSchema = z.array(z.string()).nullable().catch(null);

/** Storage that the browser refuses is as good as empty. */
const read = (key: string): readonly string[] | null => {
  try {
    return keptSchema.parse(JSON.parse(localStorage.getItem(key) ?? "null"));
  } catch {
    return null;
  }
};

const write = (key: string, hidden: readonly string[] | null): void => {
  try {
    if (hidden === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(hidden));
  } catch {
    // It is chosen until the page is left.
  }
};

/** `usual`: those that are not shown until somebody wants them. */
export const useHiddenColumns = (list: string, usual: readonly string[]) => {
  const state = useSession();
  const key = `switchboard.columns.${list}.${state.kind === "signed_in" ? state.session.user.id : ""}`;
  const [chosen, setChosen] = useState(() => read(key));
  const choose = (hidden: readonly string[] | null) => {
    write(key, hidden);
    setChosen(hidden);
  };
  return { hidden: chosen ?? usual, choose, reset: chosen === null ? null : () => choose(null) };
};
