/** Two states of a thing laid side by side: only the fields that differ, each as it was and as it became. */
import { stableText } from "@switchboard/routing/stable-text";
import { z } from "zod";
import { fieldWord, isSilent } from "./field-words.ts";

type State = Record<string, unknown> | null;

/** Undefined: it was not there. `agentId`: the member of a group that it is about. */
export type FieldChange = { name: string; label: string; agentId?: string; was: unknown; is: unknown };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

const same = (a: unknown, b: unknown): boolean => stableText({ value: a }) === stableText({ value: b });

/** Settings and trunks are opened: each of theirs is a line of its own. A fallback, and a list, is one value. */
const isOpened = (name: string): boolean => name === "settings" || name === "trunkConfig" || name === "metadata";

type Flat = { label: string; agentId?: string; value: unknown };

const memberSchema = z.looseObject({ agentId: z.string() });

const membersOf = (value: unknown): [string, Flat][] => {
  const members = z.array(memberSchema).safeParse(value);
  if (!members.success) return [["members", { label: fieldWord("members"), value }]];
  return members.data.map(({ agentId, ...rest }) => [`members.${agentId}`, { label: "Member", agentId, value: rest }]);
};

const flattened = (state: State): Map<string, Flat> => {
  const fields = new Map<string, Flat>();
  for (const [name, value] of Object.entries(state ?? {})) {
    if (isSilent(name)) continue;
    if (name === "members") {
      for (const [key, member] of membersOf(value)) fields.set(key, member);
      continue;
    }
    if (isOpened(name) && isObject(value)) {
      for (const [inner, held] of Object.entries(value)) {
        fields.set(`${name}.${inner}`, { label: name === "metadata" ? `${fieldWord(name)}: ${inner}` : fieldWord(inner), value: held });
      }
    } else fields.set(name, { label: fieldWord(name), value });
  }
  return fields;
};

/** Nothing, however it is written. */
const isNothing = (value: unknown): boolean => value === undefined || value === null;

export const changesOf = (before: State, after: State): FieldChange[] => {
  const [was, is] = [flattened(before), flattened(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name) => {
    const [old, now] = [was.get(name), is.get(name)];
    if ((isNothing(old?.value) && isNothing(now?.value)) || same(old?.value, now?.value)) return [];
    const { label = name, agentId } = old ?? now ?? {};
    return [{ name, label, ...(agentId === undefined ? {} : { agentId }), was: old?.value, is: now?.value }];
  });
};
