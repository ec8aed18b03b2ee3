/** The fields of an inbound rule, within a FormProvider. */
import { useController, useFormContext, useWatch } from "react-hook-form";
import { SelectField } from "../../components/select-field.tsx";
import { readPattern } from "../../format/pattern-words.ts";
import { useCountry } from "../../format/use-country.ts";
import { FallbackField } from "../../forms/fallback-field.tsx";
import { textOrNull } from "../../forms/typed-values.ts";
import { AgentPicker } from "../../pickers/agent-picker.tsx";
import { GroupPicker } from "../../pickers/group-picker.tsx";
import { PatternField } from "../rules/pattern-field.tsx";
import { EnabledField, PriorityField } from "../rules/rule-switches.tsx";
import type { InboundRuleValues } from "./inbound-rule-form.ts";

const Patterns = () => {
  const { register, control, formState } = useFormContext<InboundRuleValues>();
  const country = useCountry();
  const [pattern, callerPattern] = useWatch({ control, name: ["pattern", "callerPattern"] });
  return (
    <>
      <PatternField
        label="Called number"
        placeholder="+18005550100"
        maxLength={255}
        reading={pattern.trim() === "" ? null : readPattern(pattern, country)}
        help="One number, the beginning of many with * at its end (+4420*), or * alone for everything else."
        error={formState.errors.pattern?.message}
        {...register("pattern")}
      />
      <PatternField
        label="Caller"
        placeholder="Everybody"
        maxLength={255}
        reading={callerPattern === null || callerPattern.trim() === "" ? null : readPattern(callerPattern, country)}
        help="Empty: whoever calls. Else written like the called number."
        error={formState.errors.callerPattern?.message}
        {...register("callerPattern", { setValueAs: textOrNull })}
      />
    </>
  );
};

const targetKinds = [
  { value: "agent_group", label: "A group" },
  { value: "voice_agent", label: "One agent" },
];

const Target = () => {
  const { control, setValue, formState } = useFormContext<InboundRuleValues>();
  const { field: type } = useController<InboundRuleValues, "targetType">({ control, name: "targetType" });
  const { field: id } = useController<InboundRuleValues, "targetId">({ control, name: "targetId" });
  const error = formState.errors.targetId?.message ?? formState.errors.targetType?.message;
  const chosen = id.value === "" ? null : id.value;
  const choose = (target: string | null) => setValue("targetId", target ?? "", { shouldDirty: true, shouldValidate: target !== null });
  return (
    <div className="grid grid-cols-[110px_minmax(0,1fr)] items-start gap-2">
      <SelectField
        label="Goes to"
        options={targetKinds}
        value={type.value}
        onChange={(event) => {
          type.onChange(event.target.value);
          setValue("targetId", "", { shouldDirty: true });
        }}
      />
      {type.value === "voice_agent" ? (
        <AgentPicker label="Agent" agentId={chosen} onChange={choose} error={error} placeholder="Choose an agent" />
      ) : (
        <GroupPicker label="Group" groupId={chosen} onChange={choose} error={error} placeholder="Choose a group" />
      )}
    </div>
  );
};

export const InboundRuleFields = () => (
  <>
    <Patterns />
    <Target />
    <PriorityField hint="1 is tried first. Of equal ones the rule that says more decides: one number, then longer beginnings, then shorter." />
    <FallbackField level="rule" />
    <EnabledField />
  </>
);
