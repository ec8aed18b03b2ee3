/** What a form would save, told to the simulator while it is being changed. */
import { useEffect, useEffectEvent, useRef } from "react";
import { type Control, type FieldValues, useWatch } from "react-hook-form";
import type { z } from "zod";
import type { UnsavedChange } from "../../simulator/simulated-call.ts";

type Options<Values extends FieldValues, Output> = {
  control: Control<Values, unknown, Output>;
  isChanged: boolean;
  schema: z.ZodType<Output, Values>;
  draftOf: (output: Output) => UnsavedChange;
  onUnsaved: (change: UnsavedChange) => void;
};

export const useUnsaved = <Values extends FieldValues, Output>(options: Options<Values, Output>) => {
  const { control, isChanged, schema, draftOf, onUnsaved } = options;
  const values = useWatch({ control });
  const read = (): UnsavedChange => {
    if (!isChanged) return null;
    const parsed = schema.safeParse(values);
    return parsed.success ? draftOf(parsed.data) : { kind: "unreadable" };
  };
  const change = read();
  // Only what says something else is told.
  const told = useRef(JSON.stringify(null));
  const key = JSON.stringify(change);
  const tell = useEffectEvent((now: string) => {
    if (told.current === now) return;
    told.current = now;
    onUnsaved(change);
  });
  useEffect(() => tell(key), [key]);
  const forget = useEffectEvent(() => onUnsaved(null));
  useEffect(() => () => forget(), []);
};
