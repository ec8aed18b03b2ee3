/** The first inbound rule: which numbers, and where their calls go. */
import { inboundRuleInput } from "@switchboard/routing/input/routing-rule";
import { Controller } from "react-hook-form";
import type { Agent, Group } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import { Field } from "../../components/field.tsx";
import { type Option, SelectField } from "../../components/select-field.tsx";
import { useCreating } from "../../forms/use-creating.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { StepForm } from "./step-form.tsx";

type Props = { agents: readonly Agent[]; groups: readonly Group[]; onDone: () => void; onSkip: () => void };

const optionsOf = (agents: readonly Agent[], groups: readonly Group[]): Option[] => [
  ...groups.map(({ id, name }) => ({ value: id, label: `Group ${name}` })),
  ...agents.map(({ id, name }) => ({ value: id, label: `Agent ${name}` })),
];

const useRuleForm = ({ agents, groups, onDone }: Props) => {
  const [group, agent] = [groups[0], agents[0]];
  const form = useFormOf(inboundRuleInput, {
    pattern: "",
    targetType: group === undefined ? "voice_agent" : "agent_group",
    targetId: (group ?? agent)?.id ?? "",
  });
  const api = trpc.useUtils();
  const create = trpc.inboundRules.create.useMutation();
  const creating = useCreating({
    form,
    create: (values) => create.mutateAsync(values),
    onCreated: async () => {
      await api.inboundRules.invalidate();
      onDone();
    },
  });
  return { form, creating };
};

export const RuleStep = (props: Props) => {
  const { agents, groups, onSkip } = props;
  const { form, creating } = useRuleForm(props);
  const { errors } = form.formState;
  const choose = (id: string) => {
    form.setValue("targetType", groups.some((group) => group.id === id) ? "agent_group" : "voice_agent");
    return id;
  };
  return (
    <StepForm label="Inbound rule" creating={creating} action="Add the rule" onSkip={onSkip}>
      <Field
        label="Number called"
        autoFocus
        isMono
        autoComplete="off"
        placeholder="+14155550123"
        hint="One number, the beginning of many such as +1415*, or * alone for every number."
        error={errors.pattern?.message}
        {...form.register("pattern")}
      />
      <Controller
        control={form.control}
        name="targetId"
        render={({ field }) => (
          <SelectField
            label="Goes to"
            options={optionsOf(agents, groups)}
            value={field.value}
            ref={field.ref}
            onBlur={field.onBlur}
            onChange={({ target }) => field.onChange(choose(target.value))}
            error={errors.targetId?.message}
          />
        )}
      />
    </StepForm>
  );
};
