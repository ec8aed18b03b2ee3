/** A form that changes a thing: what was touched is sent, once; what somebody else did meanwhile is met, never overwritten unseen. */
import { useEffect, useEffectEvent, useState } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { isStale } from "../api/failure.ts";
import { trpc } from "../api/trpc.ts";
import { changedNames, mineOnTheirs, onlyNamed, type Versions } from "./differences.ts";
import type { SaveFailure } from "./form-failure.tsx";
import { showIssues } from "./use-form-of.ts";
import { useOnce } from "./use-once.ts";

/** What somebody did to the thing since the form was filled. */
export type Conflict<Values> = Versions<Values> & { by: string | null; at: string | null };

export type Editing<Values> = {
  submit: () => void;
  isChanged: boolean;
  isPending: boolean;
  failure: SaveFailure | null;
  conflict: Conflict<Values> | null;
  keepMine: () => void;
  takeTheirs: () => void;
  /** Back to what is saved. */
  discard: () => void;
};

type Versioned = { id: string; version: number };

type Options<Values extends FieldValues, Output, Item> = {
  form: UseFormReturn<Values, unknown, Output>;
  /** As last read; one that is newer fills a form that nobody has touched. */
  item: Item;
  /** What the form holds of an item: all that it may change. */
  valuesOf: (item: Item) => Values;
  save: (changed: Partial<Output>, item: Item) => Promise<Item>;
  /** Reads it anew. */
  read: () => Promise<Item>;
  onSaved: (item: Item) => void;
};

type Met<Item> = { theirs: Item; by: string | null; at: string | null };

/** Who changed it since `version`, and when last. */
const useChangers = () => {
  const { client } = trpc.useUtils();
  return async ({ id, version }: Versioned): Promise<{ by: string | null; at: string | null }> => {
    const { items } = await client.audit.list.query({ targetId: id, limit: 20 });
    const since = items.filter(({ after }) => typeof after?.["version"] === "number" && after["version"] > version);
    const names = [...new Set(since.map(({ actorName }) => actorName))];
    return { by: names.length === 0 ? null : names.join(" and "), at: since[0]?.at ?? null };
  };
};

export const useEditing = <Values extends FieldValues, Output extends object, Item extends Versioned>(
  options: Options<Values, Output, Item>,
): Editing<Values> => {
  const { form, item, valuesOf, save, read, onSaved } = options;
  const { isDirty } = form.formState;
  const { isPending, once } = useOnce();
  const changersOf = useChangers();
  const [base, setBase] = useState(item);
  const [met, setMet] = useState<Met<Item> | null>(null);
  const [failure, setFailure] = useState<SaveFailure | null>(null);

  /** From now on this is what was; the form shows `values`. */
  const restart = (from: Item, values?: Values) => {
    setBase(from);
    setMet(null);
    setFailure(null);
    form.reset(valuesOf(from));
    if (values !== undefined) form.reset(values, { keepDefaultValues: true });
  };
  // What nobody has touched follows what is saved.
  if (!isDirty && !isPending && met === null && item.version > base.version) setBase(item);
  const fill = useEffectEvent((from: Item) => {
    if (!form.formState.isDirty) form.reset(valuesOf(from));
  });
  useEffect(() => fill(base), [base]);

  /** Answers the item as it is once nothing is left to decide; null: a person has to. */
  const meet = async (output: Partial<Output>, sent: Values): Promise<Item | null> => {
    const theirs = await read();
    const [was, now] = [valuesOf(base), valuesOf(theirs)];
    // An answer that was lost, or a change of what this form doesn't hold.
    if (changedNames(now, sent).size === 0) return theirs;
    if (changedNames(was, now).size === 0) return await save(output, theirs);
    setMet({ theirs, ...(await changersOf(base)) });
    return null;
  };
  const send = (output: Output) =>
    once(async () => {
      setFailure(null);
      const sent = structuredClone(form.getValues());
      const changed = onlyNamed(output, changedNames(valuesOf(base), sent));
      if (Object.keys(changed).length === 0) return;
      try {
        const saved = await save(changed, base).catch((error: unknown) => {
          if (isStale(error)) return meet(changed, sent);
          throw error;
        });
        if (saved === null) return;
        // What was typed since it was sent is not saved yet.
        restart(saved, mineOnTheirs({ was: sent, theirs: valuesOf(saved), mine: form.getValues() }));
        onSaved(saved);
      } catch (error) {
        setFailure({ error, isPlaced: showIssues(form, error) });
      }
    });
  const versions = met === null ? null : { was: valuesOf(base), theirs: valuesOf(met.theirs), mine: form.getValues() };
  return {
    submit: () => void form.handleSubmit(send)(),
    ...{ isChanged: isDirty, isPending, failure },
    conflict: met === null || versions === null ? null : { ...versions, by: met.by, at: met.at },
    keepMine: () => met !== null && versions !== null && restart(met.theirs, mineOnTheirs(versions)),
    takeTheirs: () => met !== null && restart(met.theirs),
    discard: () => restart(base),
  };
};
