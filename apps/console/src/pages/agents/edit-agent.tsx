/** The form of an agent that is there already. */
import { FormProvider } from "react-hook-form";
import type { Agent } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";
import { useToasts } from "../../components/toasts.tsx";
import { EditForm } from "../../forms/edit-form.tsx";
import { useEditing } from "../../forms/use-editing.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { useUndo } from "../../forms/use-undo.ts";
import { agentFields, agentForm, agentValuesOf } from "./agent-form.ts";
import { AgentFields } from "./agent-fields.tsx";

export const EditAgent = ({ agent }: { agent: Agent }) => {
  const api = trpc.useUtils();
  const toasts = useToasts();
  const undoOf = useUndo();
  const update = trpc.agents.update.useMutation();
  const form = useFormOf(agentForm, agentValuesOf(agent));
  const editing = useEditing({
    form,
    item: agent,
    valuesOf: agentValuesOf,
    save: (changed, { id, version }) => update.mutateAsync({ ...changed, id, version }),
    read: () => api.client.agents.get.query({ id: agent.id }),
    onSaved: (saved) => {
      toasts.done(`“${saved.name}” is saved`, { undo: undoOf(saved.id) });
      api.agents.get.setData({ id: saved.id }, saved);
      void api.agents.invalidate();
    },
  });
  return (
    <FormProvider {...form}>
      <EditForm label={`Agent ${agent.name}`} editing={editing} fields={agentFields} what="this agent">
        <AgentFields hasPassword={agent.hasPassword} />
      </EditForm>
    </FormProvider>
  );
};
