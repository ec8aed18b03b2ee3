/** Three versions of one thing: as it was, as somebody else made it, as it stands in a form; where they part, and how two become one. */
import { stableText } from "@switchboard/routing/stable-text";

/** A field of a form in words; `say` answers what it holds, as a person would say it. */
export type FieldInWords<Values> = { name: keyof Values & string; label: string; say: (values: Values) => string };

export type Versions<Values> = { was: Values; theirs: Values; mine: Values };

export type Difference = {
  name: string;
  label: string;
  was: string;
  /** Null: left as it was. */
  theirs: string | null;
  mine: string | null;
};

const same = (a: unknown, b: unknown): boolean => stableText({ value: a }) === stableText({ value: b });

/** The names of the fields that are not what they were. */
export const changedNames = <Values extends object>(before: Values, after: Values): Set<string> => {
  const names = new Set<string>();
  for (const name in after) if (!same(before[name], after[name])) names.add(name);
  return names;
};

/** Only the named fields of `values`. */
export const onlyNamed = <Values extends object>(values: Values, names: ReadonlySet<string>): Partial<Values> => {
  const part: Partial<Values> = { ...values };
  for (const name in part) if (!names.has(name)) delete part[name];
  return part;
};

/** What I changed stays as I made it, everything else is as they made it. */
export const mineOnTheirs = <Values extends object>({ was, theirs, mine }: Versions<Values>): Values => ({
  ...theirs,
  ...onlyNamed(mine, changedNames(was, mine)),
});

/** The fields that somebody has changed, in the order of the form. */
export const differencesOf = <Values extends object>(fields: readonly FieldInWords<Values>[], versions: Versions<Values>): Difference[] => {
  const byThem = changedNames(versions.was, versions.theirs);
  const byMe = changedNames(versions.was, versions.mine);
  return fields
    .filter(({ name }) => byThem.has(name) || byMe.has(name))
    .map(({ name, label, say }) => ({
      name,
      label,
      was: say(versions.was),
      theirs: byThem.has(name) ? say(versions.theirs) : null,
      mine: byMe.has(name) ? say(versions.mine) : null,
    }));
};
