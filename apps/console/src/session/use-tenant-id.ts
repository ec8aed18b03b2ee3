/** The tenant's id. The log of changes names what was changed by its id, and begins with the tenant's own creation. */
import { trpc } from "../api/trpc.ts";

export const useTenantId = () => {
  const read = trpc.audit.list.useQuery({ targetType: "tenant", limit: 1 }, { staleTime: Number.POSITIVE_INFINITY });
  return { ...read, id: read.data?.items[0]?.targetId };
};
