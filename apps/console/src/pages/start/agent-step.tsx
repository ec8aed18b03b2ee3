/** The first agent: its name, its provider, and the number that it is dialled at there. */
import { providers } from "@switchboard/routing/provider-catalogue";
import { voiceAgentInput } from "@switchboard/routing/input/voice-agent";
import { trpc } from "../../api/trpc.ts";
import { Field } from "../../components/field.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { useCreating } from "../../forms/use-creating.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { StepForm } from "./step-form.tsx";

const options = [{ value: "", label: "Choose…" }, ...providers.map(({ key, label }) => ({ value: key, label }))];

const agentInput = voiceAgentInput.pick({ name: true, provider: true, serviceValue: true }).extend({
  provider: voiceAgentInput.shape.provider.min(1, { error: "Choose the provider.", abort: true }),
});

type Props = { onDone: () => void; onSkip: () => void };

export const AgentStep = ({ onDone, onSkip }: Props) => {
  const form = useFormOf(agentInput, { name: "", provider: "", serviceValue: "" });
  const { errors } = form.formState;
  const api = trpc.useUtils();
  const create = trpc.agents.create.useMutation();
  const creating = useCreating({
    form,
    create: (values) => create.mutateAsync(values),
    onCreated: async () => {
      await api.agents.invalidate();
      onDone();
    },
  });
  return (
    <StepForm label="Agent" creating={creating} action="Add the agent" onSkip={onSkip}>
      <Field label="Name" autoFocus autoComplete="off" placeholder="Ava" error={errors.name?.message} {...form.register("name")} />
      <SelectField label="Provider" options={options} error={errors.provider?.message} {...form.register("provider")} />
      <Field
        label="Number at the provider"
        isMono
        autoComplete="off"
        placeholder="+15550100101"
        hint="What the provider is dialled with. You can correct it later; a test call dials nobody."
        error={errors.serviceValue?.message}
        {...form.register("serviceValue")}
      />
    </StepForm>
  );
};
