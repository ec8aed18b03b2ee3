/** The first group: its name and who is in it. */
import { agentGroupInput } from "@switchboard/routing/input/agent-group";
import { Controller } from "react-hook-form";
import type { Agent } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import { Field } from "../../components/field.tsx";
import { useCreating } from "../../forms/use-creating.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { StepForm } from "./step-form.tsx";

type ChoiceProps = { agents: readonly Agent[]; chosen: readonly string[]; onChange: (chosen: string[]) => void };

const Members = ({ agents, chosen, onChange }: ChoiceProps) => (
  <fieldset>
    <legend className="mb-1.5 font-[550] text-ink-2">Who is in it</legend>
    <div className="max-h-56 overflow-y-auto rounded-lg border border-line">
      {agents.map(({ id, name }) => (
        <label key={id} className="flex cursor-pointer items-center gap-2.5 border-b border-line px-3 py-2 last:border-b-0">
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={({ target }) => onChange(target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))}
            className="accent-accent"
          />
          <span className="min-w-0 truncate">{name}</span>
        </label>
      ))}
    </div>
  </fieldset>
);

type Props = { agents: readonly Agent[]; onDone: () => void; onSkip: () => void /** Another agent first. */; onAnother: () => void };

const useGroupForm = (agents: readonly Agent[], onDone: () => void) => {
  const members = agents.map(({ id }) => ({ agentId: id }));
  const form = useFormOf(agentGroupInput, { name: "", strategy: "load_balanced", settings: {}, fallback: null, members });
  const api = trpc.useUtils();
  const create = trpc.groups.create.useMutation();
  const creating = useCreating({
    form,
    create: (values) => create.mutateAsync(values),
    onCreated: async () => {
      await api.groups.invalidate();
      onDone();
    },
  });
  return { form, creating };
};

export const GroupStep = ({ agents, onDone, onSkip, onAnother }: Props) => {
  const { form, creating } = useGroupForm(agents, onDone);
  const { errors } = form.formState;
  return (
    <StepForm label="Group" creating={creating} action="Create the group" onSkip={onSkip}>
      <Field label="Name" autoFocus autoComplete="off" placeholder="Support" error={errors.name?.message} {...form.register("name")} />
      <Controller
        control={form.control}
        name="members"
        render={({ field }) => (
          <Members
            agents={agents}
            chosen={(field.value ?? []).map(({ agentId }) => agentId)}
            onChange={(chosen) => field.onChange(chosen.map((agentId) => ({ agentId })))}
          />
        )}
      />
      {errors.members?.message !== undefined && (
        <p role="alert" className="text-xs text-bad">
          {errors.members.message}
        </p>
      )}
      <p className="text-ink-3">
        The next call goes to whoever has had the fewest. That can be changed later.
        {agents.length === 1 && (
          <>
            {" "}
            With two agents you can watch a call fail over:{" "}
            <button type="button" onClick={onAnother} className="text-accent underline">
              add another one first
            </button>
            .
          </>
        )}
      </p>
    </StepForm>
  );
};
