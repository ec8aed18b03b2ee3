/** A new voice agent. */
import { Link, useNavigate } from "@tanstack/react-router";
import { FormProvider } from "react-hook-form";
import { trpc } from "../../api/trpc.ts";
import { PageHead } from "../../components/page-head.tsx";
import { useToasts } from "../../components/toasts.tsx";
import { Trail } from "../../components/trail.tsx";
import { CreateForm } from "../../forms/create-form.tsx";
import { useCreating } from "../../forms/use-creating.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { useIsAdmin } from "../../session/use-role.ts";
import { agentForm, agentValuesOf } from "./agent-form.ts";
import { AgentFields } from "./agent-fields.tsx";

const NewAgent = () => {
  const api = trpc.useUtils();
  const navigate = useNavigate();
  const toasts = useToasts();
  const create = trpc.agents.create.useMutation();
  const form = useFormOf(agentForm, agentValuesOf());
  const creating = useCreating({
    form,
    create: (values) => create.mutateAsync(values),
    onCreated: async (agent) => {
      api.agents.get.setData({ id: agent.id }, agent);
      void api.agents.invalidate();
      toasts.done(`“${agent.name}” is created`, { more: "It takes calls as soon as a group or a rule names it." });
      await navigate({ to: "/agents/$agentId", params: { agentId: agent.id }, replace: true, ignoreBlocker: true });
    },
  });
  return (
    <FormProvider {...form}>
      <CreateForm label="New agent" creating={creating} action="Create agent" onCancel={() => void navigate({ to: "/agents" })}>
        <AgentFields hasPassword={false} />
      </CreateForm>
    </FormProvider>
  );
};

export const NewAgentPage = () => (
  <>
    <Trail>
      <Link to="/agents">Agents</Link>
    </Trail>
    <PageHead title="New agent" />
    <div className="max-w-[640px]">{useIsAdmin() ? <NewAgent /> : <p className="text-ink-2">Only admins create agents.</p>}</div>
  </>
);
