/** How long, how often and over how many hours: a group's settings, with what each means and what holds where none is given. */
import { useController, useFormContext, useWatch } from "react-hook-form";
import { Field } from "../../components/field.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { numberOrNothing } from "../../forms/typed-values.ts";
import type { GroupValues } from "./group-form.ts";

type Name = "ringSeconds" | "maxAttempts" | "maxTotalSeconds" | "maxCallSeconds" | "windowHours";

type Line = { name: Name; label: string; byDefault: string; hint: string };

const lines: readonly Line[] = [
  { name: "ringSeconds", label: "Ring each agent, seconds", byDefault: "20", hint: "Then the next one is tried. 5 to 120." },
  { name: "maxAttempts", label: "Agents tried per call", byDefault: "3", hint: "Then the fallback takes it. 1 to 10." },
  {
    name: "maxTotalSeconds",
    label: "Ring in all, seconds",
    byDefault: "65",
    hint: "How long a caller waits before the fallback takes the call, however many have been tried. 8 to 600.",
  },
  {
    name: "maxCallSeconds",
    label: "Longest call, seconds",
    byDefault: "14400",
    hint: "An answered call is ended after that. 60 to 14,400, which is four hours.",
  },
];

const windowLine: Line = {
  name: "windowHours",
  label: "Window, hours",
  byDefault: "24",
  hint: "Over how long calls are counted. 1 to 168, which is a week; a tenant has at most three different lengths.",
};

const NumberField = ({ line: { name, label, byDefault, hint } }: { line: Line }) => {
  const { register, formState } = useFormContext<GroupValues>();
  return (
    <Field
      label={label}
      inputMode="numeric"
      autoComplete="off"
      placeholder={byDefault}
      hint={hint}
      {...register(`settings.${name}`, { setValueAs: numberOrNothing })}
      error={formState.errors.settings?.[name]?.message}
    />
  );
};

const starts = [
  { value: "level", label: "Level with the others" },
  { value: "empty", label: "Empty: it gets every call until it is level" },
];

const NewcomerField = () => {
  const { control } = useFormContext<GroupValues>();
  const { field, fieldState } = useController<GroupValues, "settings.newMemberStart">({ control, name: "settings.newMemberStart" });
  return (
    <SelectField
      label="A member that joins starts"
      options={starts}
      hint="Level: it is credited with the calls of the least busy member, so that it isn’t flooded."
      name={field.name}
      value={field.value ?? "level"}
      onChange={({ target }) => field.onChange(target.value === "empty" ? "empty" : "level")}
      onBlur={field.onBlur}
      error={fieldState.error?.message}
    />
  );
};

export const SettingsFields = () => {
  const { control } = useFormContext<GroupValues>();
  const strategy = useWatch({ control, name: "strategy" });
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1.5 font-[550] text-ink-2">Limits</legend>
      <p className="text-ink-3">Empty fields hold what is shown in them in grey.</p>
      <div className="grid gap-x-4 gap-y-4 sm:grid-cols-2">
        {lines.map((line) => (
          <NumberField key={line.name} line={line} />
        ))}
        <NumberField line={windowLine} />
        {strategy === "load_balanced" && <NewcomerField />}
      </div>
    </fieldset>
  );
};
