/** The tenant itself: its name and domains, its country, how many calls it takes at once, and what happens when nobody can take one. */
import type { AppRouter } from "@switchboard/api/router";
import type { inferRouterOutputs } from "@trpc/server";
import { trpc } from "../../api/trpc.ts";
import { LoadingRows, NotLoaded } from "../../components/list-states.tsx";
import { useFallbackWords } from "../../format/fallback-words.ts";
import { useIsAdmin } from "../../session/use-role.ts";
import { useTenantId } from "../../session/use-tenant-id.ts";
import { countryName } from "./countries.ts";
import { TenantForm } from "./tenant-form.tsx";

type Tenant = inferRouterOutputs<AppRouter>["tenant"]["get"];

const noLimit = "No limit";

const Facts = ({ tenant }: { tenant: Tenant }) => {
  const facts = {
    Name: tenant.name,
    Domain: tenant.domain,
    Aliases: tenant.aliases.length === 0 ? "None" : tenant.aliases.join(", "),
    Country: tenant.country === null ? "None" : countryName(tenant.country),
    "Calls at once": tenant.maxConcurrentCalls ?? noLimit,
    "When nobody can take a call": useFallbackWords(tenant.fallback, "tenant"),
  };
  return (
    <>
      <p className="mb-4 text-ink-3">Admins can change these.</p>
      <dl className="grid max-w-[640px] grid-cols-1 gap-x-6 gap-y-1 sm:grid-cols-[220px_minmax(0,1fr)] sm:gap-y-3">
        {Object.entries(facts).map(([name, value]) => (
          <div key={name} className="mb-2 contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className="mb-2 break-words sm:mb-0">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
};

const ForAdmin = ({ tenant }: { tenant: Tenant }) => {
  const { id, error, isLoading, refetch } = useTenantId();
  if (isLoading) return <LoadingRows />;
  if (error !== null) return <NotLoaded what="The settings" error={error} onRetry={() => void refetch()} />;
  return <TenantForm tenant={{ ...tenant, id: id ?? "" }} />;
};

export const GeneralTab = () => {
  const isAdmin = useIsAdmin();
  const { data: tenant, error, refetch } = trpc.tenant.get.useQuery();
  if (tenant === undefined) {
    return error === null ? <LoadingRows /> : <NotLoaded what="The settings" error={error} onRetry={() => void refetch()} />;
  }
  return isAdmin ? <ForAdmin tenant={tenant} /> : <Facts tenant={tenant} />;
};
