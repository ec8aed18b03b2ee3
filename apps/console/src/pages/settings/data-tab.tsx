/** What is kept of calls, for how long, and how a number is erased from all of it: for admins. */
import { trpc } from "../../api/trpc.ts";
import { LoadingRows, NotLoaded } from "../../components/list-states.tsx";
import { Section } from "../../components/section.tsx";
import { useTenantId } from "../../session/use-tenant-id.ts";
import { EraseNumber } from "./erase-number.tsx";
import { ErasureList } from "./erasure-list.tsx";
import { RetentionForm } from "./retention-form.tsx";

const Retention = () => {
  const { data: tenant, error, refetch } = trpc.tenant.get.useQuery();
  const self = useTenantId();
  const failure = error ?? self.error;
  if (failure !== null)
    return <NotLoaded what="The settings" error={failure} onRetry={() => void Promise.all([refetch(), self.refetch()])} />;
  if (tenant === undefined || self.isLoading) return <LoadingRows rows={3} />;
  return <RetentionForm tenant={{ ...tenant, id: self.id ?? "" }} />;
};

export const DataTab = () => (
  <div>
    <Retention />
    <Section
      title="Erase a number"
      about="For a person who asks for it. Each call stays a call, with “erased” in the number’s place: figures, charts and totals do not change."
    >
      <div className="grid gap-5">
        <EraseNumber />
        <ErasureList />
      </div>
    </Section>
  </div>
);
