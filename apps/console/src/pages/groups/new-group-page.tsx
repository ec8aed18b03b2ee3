/** A new group of agents. */
import { Link, useNavigate } from "@tanstack/react-router";
import { FormProvider, useWatch } from "react-hook-form";
import { trpc } from "../../api/trpc.ts";
import { PageHead } from "../../components/page-head.tsx";
import { useToasts } from "../../components/toasts.tsx";
import { Trail } from "../../components/trail.tsx";
import { CreateForm } from "../../forms/create-form.tsx";
import { useCreating } from "../../forms/use-creating.ts";
import { useFormOf } from "../../forms/use-form-of.ts";
import { useIsAdmin } from "../../session/use-role.ts";
import { GroupFields } from "./group-fields.tsx";
import { groupForm, groupValuesOf, idsOf } from "./group-form.ts";
import { useMemberNames } from "./use-member-names.ts";

const NewGroup = () => {
  const api = trpc.useUtils();
  const navigate = useNavigate();
  const toasts = useToasts();
  const create = trpc.groups.create.useMutation();
  const form = useFormOf(groupForm, groupValuesOf());
  const memberIds = useWatch({ control: form.control, name: "members", compute: idsOf });
  const names = useMemberNames(memberIds, null, true);
  const creating = useCreating({
    form,
    create: (values) => create.mutateAsync(values),
    onCreated: async (group) => {
      api.groups.get.setData({ id: group.id }, group);
      void api.groups.invalidate();
      void api.agents.invalidate();
      toasts.done(`“${group.name}” is created`, { more: "It takes calls as soon as a rule names it." });
      await navigate({ to: "/groups/$groupId", params: { groupId: group.id }, replace: true, ignoreBlocker: true });
    },
  });
  return (
    <FormProvider {...form}>
      <CreateForm label="New group" creating={creating} action="Create group" onCancel={() => void navigate({ to: "/groups" })}>
        <GroupFields saved={null} distribution={null} names={names} />
      </CreateForm>
    </FormProvider>
  );
};

export const NewGroupPage = () => (
  <>
    <Trail>
      <Link to="/groups">Groups</Link>
    </Trail>
    <PageHead title="New group" />
    <div className="max-w-[720px]">{useIsAdmin() ? <NewGroup /> : <p className="text-ink-2">Only admins create groups.</p>}</div>
  </>
);
