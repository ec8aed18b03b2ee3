/** A form that makes a new thing: sent once, kept when it could not be saved. */
import { useState } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import type { SaveFailure } from "./form-failure.tsx";
import { showIssues } from "./use-form-of.ts";
import { useOnce } from "./use-once.ts";

export type Creating = {
  submit: () => void;
  isChanged: boolean;
  isPending: boolean;
  failure: SaveFailure | null;
};

type Options<Values extends FieldValues, Output, Item> = {
  form: UseFormReturn<Values, unknown, Output>;
  create: (values: Output) => Promise<Item>;
  /** Leads away from the form (`ignoreBlocker`); until then nothing is sent again. */
  onCreated: (item: Item) => void | Promise<void>;
};

export const useCreating = <Values extends FieldValues, Output, Item>(options: Options<Values, Output, Item>): Creating => {
  const { form, create, onCreated } = options;
  const { isPending, once } = useOnce();
  const [failure, setFailure] = useState<SaveFailure | null>(null);
  const send = (values: Output) =>
    once(async () => {
      setFailure(null);
      const made = await create(values).then(
        (item) => ({ item }),
        (error: unknown) => setFailure({ error, isPlaced: showIssues(form, error) }),
      );
      if (made !== undefined) await onCreated(made.item);
    });
  return { submit: () => void form.handleSubmit(send)(), isChanged: form.formState.isDirty, isPending, failure };
};
