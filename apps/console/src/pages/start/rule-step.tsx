/** The first inbound rule: which numbers, and where their calls go. */
import { inboundRuleInput } from "@switchboard/routing/input/routing-rule";
import { useState } from "react";
import type { Agent, Group } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import { Field } from "../../components/field.tsx";
import { type Option, SelectField } from "../../components/select-field.tsx";
import { useCreating } from "../../forms/use-creating.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { StepForm } from "./step-form.tsx";

const ruleInput = inboundRuleInput.pick({ pattern: true });

type Props = { agents: readonly Agent[]; groups: readonly Group[]; onDone: () => void; onSkip: () => void };

const optionsOf = ({ agents, groups }: Props): Option[] => [
  ...groups.map(({ id, name }) => ({ value: id, label: `Group ${name}` })),
  ...agents.map(({ id, name }) => ({ value: id, label: `Agent ${name}` })),
];

const useRuleForm = ({ agents, groups, onDone }: Props) => {
  const [chosen, setChosen] = useState<string | null>(null);
  // A group where there is one, also one that is heard of only now.
  const targetId = chosen ?? groups[0]?.id ?? agents[0]?.id ?? "";
  const targetType = groups.some(({ id }) => id === targetId) ? "agent_group" : "voice_agent";
  const form = useFormOf(ruleInput, { pattern: "" });
  const api = trpc.useUtils();
  const create = trpc.inboundRules.create.useMutation();
  const creating = useCreating({
    form,
    create: ({ pattern }) => create.mutateAsync({ pattern, targetType, targetId }),
    onCreated: async () => {
      await api.inboundRules.invalidate();
      onDone();
    },
  });
  return { form, creating, targetId, setChosen };
};

export const RuleStep = (props: Props) => {
  const { form, creating, targetId, setChosen } = useRuleForm(props);
  return (
    <StepForm label="Inbound rule" creating={creating} action="Add the rule" onSkip={props.onSkip}>
      <Field
        label="Number called"
        autoFocus
        isMono
        autoComplete="off"
        placeholder="+14155550123"
        hint="One number, the beginning of many such as +1415*, or * alone for every number."
        error={form.formState.errors.pattern?.message}
        {...form.register("pattern")}
      />
      <SelectField label="Goes to" options={optionsOf(props)} value={targetId} onChange={({ target }) => setChosen(target.value)} />
    </StepForm>
  );
};
