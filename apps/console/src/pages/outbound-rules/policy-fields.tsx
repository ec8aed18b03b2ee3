/** The fields of the outbound policy, within a FormProvider. */
import { useFormContext, useWatch } from "react-hook-form";
import { Field } from "../../components/field.tsx";
import { Section } from "../../components/section.tsx";
import { TextArea } from "../../components/text-area.tsx";
import { phraseOfPrefix, textOfPhrase } from "../../format/pattern-words.ts";
import { useCountry } from "../../format/use-country.ts";
import { issuesWithin } from "../../forms/issues-within.ts";
import { numberOrNull } from "../../forms/typed-values.ts";
import { linesOf, type PolicyValues } from "./policy-form.ts";

/** More than a person reads beside a field. */
const explainedAtMost = 12;

const deniedWords = (lines: readonly string[], country: string | null): string => {
  const shown = lines.slice(0, explainedAtMost).map((line) => textOfPhrase(phraseOfPrefix(line, country)));
  const rest = lines.length - shown.length;
  return `No call leaves to: ${shown.join("; ")}${rest > 0 ? `; and ${rest} more` : ""}.`;
};

const Denied = () => {
  const { register, control, formState } = useFormContext<PolicyValues>();
  const country = useCountry();
  const lines = linesOf(useWatch({ control, name: "deny" }));
  const issues = [...new Set(Object.values(issuesWithin(formState.errors.deny)))];
  return (
    <TextArea
      label="Denied destinations"
      rows={5}
      isMono
      spellCheck={false}
      placeholder={"+882\n+979"}
      hint={lines.length === 0 ? "One a line: a beginning (+882) or a country (GB). * is everything." : deniedWords(lines, country)}
      error={issues.length === 0 ? undefined : issues.join(" ")}
      {...register("deny")}
    />
  );
};

type LimitProps = { name: "maxConcurrent" | "maxPerMinute"; label: string; hint: string };

const Limit = ({ name, label, hint }: LimitProps) => {
  const { register, formState } = useFormContext<PolicyValues>();
  return (
    <Field
      label={label}
      placeholder="No limit"
      hint={hint}
      inputMode="numeric"
      autoComplete="off"
      className="max-w-72"
      error={formState.errors[name]?.message}
      {...register(name, { setValueAs: numberOrNull })}
    />
  );
};

export const PolicyFields = () => (
  <div>
    <Section title="Deny list" about="Wins over every rule: such a call is rejected before anything is dialled, with the reason “denied”.">
      <Denied />
    </Section>
    <Section
      title="Limits"
      about="A call beyond a limit is rejected with the reason “outbound limit”. While the live store is away, each server goes on with its share only."
    >
      <div className="grid gap-4">
        <Limit name="maxConcurrent" label="Calls out at the same time" hint="Ringing ones count. 0 lets none out; empty sets no limit." />
        <Limit name="maxPerMinute" label="New calls out in any 60 seconds" hint="0 lets none out; empty sets no limit." />
      </div>
    </Section>
  </div>
);
