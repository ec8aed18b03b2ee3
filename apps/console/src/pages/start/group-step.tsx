/** The first group: its name and who is in it. */
import { agentGroupInput } from "@switchboard/routing/input/agent-group";
import { useState } from "react";
import type { Agent } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import { Field } from "../../components/field.tsx";
import { useCreating } from "../../forms/use-creating.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { StepForm } from "./step-form.tsx";

const groupInput = agentGroupInput.pick({ name: true });

type ChoiceProps = { agents: readonly Agent[]; left: readonly string[]; onChange: (left: string[]) => void };

const Members = ({ agents, left, onChange }: ChoiceProps) => (
  <fieldset>
    <legend className="mb-1.5 font-[550] text-ink-2">Who is in it</legend>
    <div className="max-h-56 overflow-y-auto rounded-lg border border-line">
      {agents.map(({ id, name }) => (
        <label key={id} className="flex cursor-pointer items-center gap-2.5 border-b border-line px-3 py-2 last:border-b-0">
          <input
            type="checkbox"
            checked={!left.includes(id)}
            onChange={({ target }) => onChange(target.checked ? left.filter((each) => each !== id) : [...left, id])}
            className="accent-accent"
          />
          <span className="min-w-0 truncate">{name}</span>
        </label>
      ))}
    </div>
  </fieldset>
);

const Note = ({ isAlone, onAnother }: { isAlone: boolean; onAnother: () => void }) => (
  <p className="text-ink-3">
    The next call goes to whoever has had the fewest. That can be changed later.
    {isAlone && (
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
);

type Props = {
  agents: readonly Agent[];
  onDone: () => void;
  onSkip: () => void;
  /** Another agent first. */
  onAnother: () => void;
};

const useGroupForm = (agents: readonly Agent[], onDone: () => void) => {
  // Who was left out, not who was chosen: an agent that is heard of meanwhile is in it.
  const [left, setLeft] = useState<readonly string[]>([]);
  const form = useFormOf(groupInput, { name: "" });
  const api = trpc.useUtils();
  const create = trpc.groups.create.useMutation();
  const members = agents.filter(({ id }) => !left.includes(id)).map(({ id }) => ({ agentId: id }));
  const creating = useCreating({
    form,
    create: ({ name }) => create.mutateAsync({ name, strategy: "load_balanced", members }),
    onCreated: async () => {
      await api.groups.invalidate();
      onDone();
    },
  });
  return { form, creating, left, setLeft };
};

export const GroupStep = ({ agents, onDone, onSkip, onAnother }: Props) => {
  const { form, creating, left, setLeft } = useGroupForm(agents, onDone);
  return (
    <StepForm label="Group" creating={creating} action="Create the group" onSkip={onSkip}>
      <Field
        label="Name"
        autoFocus
        autoComplete="off"
        placeholder="Support"
        error={form.formState.errors.name?.message}
        {...form.register("name")}
      />
      <Members agents={agents} left={left} onChange={setLeft} />
      <Note isAlone={agents.length === 1} onAnother={onAnother} />
    </StepForm>
  );
};
