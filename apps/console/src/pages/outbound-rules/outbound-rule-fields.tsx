/** The fields of an outbound rule, within a FormProvider. */
import { useController, useFormContext, useWatch } from "react-hook-form";
import { Field } from "../../components/field.tsx";
import { readPrefix } from "../../format/pattern-words.ts";
import { useCountry } from "../../format/use-country.ts";
import { issuesWithin } from "../../forms/issues-within.ts";
import { TrunksField } from "../../forms/trunks-field.tsx";
import { numberOrNothing, textOrNull } from "../../forms/typed-values.ts";
import { PatternField } from "../rules/pattern-field.tsx";
import { EnabledField, PriorityField } from "../rules/rule-switches.tsx";
import type { OutboundRuleValues } from "./outbound-rule-form.ts";

const isEmpty = (text: string | null): boolean => text === null || text.trim() === "";

const Prefixes = () => {
  const { register, control, formState } = useFormContext<OutboundRuleValues>();
  const country = useCountry();
  const [prefix, callerIdPrefix] = useWatch({ control, name: ["prefix", "callerIdPrefix"] });
  return (
    <>
      <PatternField
        label="Destination"
        placeholder="Every number"
        maxLength={32}
        reading={isEmpty(prefix) ? null : readPrefix(prefix, country)}
        help="The beginning of the numbers that are dialled (+4420), or a country in two letters (GB)."
        error={formState.errors.prefix?.message}
        {...register("prefix", { setValueAs: textOrNull })}
      />
      <PatternField
        label="Caller"
        placeholder="Everybody"
        maxLength={32}
        reading={isEmpty(callerIdPrefix) ? null : readPrefix(callerIdPrefix, country)}
        help="Empty: whoever dials. Else written like the destination."
        error={formState.errors.callerIdPrefix?.message}
        {...register("callerIdPrefix", { setValueAs: textOrNull })}
      />
    </>
  );
};

const Trunks = () => {
  const { control, clearErrors, formState } = useFormContext<OutboundRuleValues>();
  const { field } = useController<OutboundRuleValues, "trunkConfig.trunks">({ control, name: "trunkConfig.trunks" });
  return (
    <TrunksField
      legend="Trunks"
      hint="Named as in Cloudonix. The first is dialled over; the next one when that could not place the call."
      trunks={field.value}
      issues={issuesWithin(formState.errors.trunkConfig?.trunks)}
      onChange={(trunks) => {
        clearErrors("trunkConfig.trunks");
        field.onChange(trunks);
      }}
    />
  );
};

const textOrNothing = (typed: unknown): string | undefined => textOrNull(typed) ?? undefined;

const Dialling = () => {
  const { register, formState } = useFormContext<OutboundRuleValues>();
  const errors = formState.errors.trunkConfig;
  return (
    <>
      <Field
        label="Caller id"
        placeholder="As it came"
        hint="What the called party sees. Empty: the caller’s own number."
        isMono
        autoComplete="off"
        maxLength={32}
        error={errors?.callerId?.message}
        {...register("trunkConfig.callerId", { setValueAs: textOrNothing })}
      />
      <div className="grid grid-cols-2 gap-3">
        <Field
          label="Rings for (seconds)"
          placeholder="30"
          hint="5 to 120, then the next trunk."
          inputMode="numeric"
          autoComplete="off"
          error={errors?.timeoutSeconds?.message}
          {...register("trunkConfig.timeoutSeconds", { setValueAs: numberOrNothing })}
        />
        <Field
          label="At most (seconds)"
          placeholder="14400"
          hint="60 to 14,400, then it ends."
          inputMode="numeric"
          autoComplete="off"
          error={errors?.timeLimitSeconds?.message}
          {...register("trunkConfig.timeLimitSeconds", { setValueAs: numberOrNothing })}
        />
      </div>
    </>
  );
};

export const OutboundRuleFields = () => (
  <>
    <Prefixes />
    <Trunks />
    <Dialling />
    <PriorityField hint="Decides between rules about the same numbers: 1 is tried first. A longer destination always comes before a shorter one." />
    <EnabledField />
  </>
);
