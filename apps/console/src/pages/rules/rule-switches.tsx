/** The fields that inbound and outbound rules share, within a FormProvider: when a rule is tried, and whether it is. */
import { useController, useFormContext } from "react-hook-form";
import { Field } from "../../components/field.tsx";
import { Switch } from "../../components/switch.tsx";
import { numberOrNothing } from "../../forms/typed-values.ts";

type Values = { priority: number; enabled: boolean };

/** `hint`: what the priority decides. */
export const PriorityField = ({ hint }: { hint: string }) => {
  const { register, formState } = useFormContext<Values>();
  return (
    <Field
      label="Priority"
      hint={hint}
      inputMode="numeric"
      autoComplete="off"
      error={formState.errors.priority?.message}
      {...register("priority", { setValueAs: numberOrNothing })}
    />
  );
};

export const EnabledField = () => {
  const { control } = useFormContext<Values>();
  const { field } = useController<Values, "enabled">({ control, name: "enabled" });
  return (
    <div className="flex items-center gap-2.5">
      <Switch label="Enabled" isOn={field.value} onChange={field.onChange} />
      <span aria-hidden>{field.value ? "Enabled: calls try this rule" : "Disabled: no call tries this rule"}</span>
    </div>
  );
};
