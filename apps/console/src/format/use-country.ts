/** The country in which the tenant's national numbers are read; null while it is not known, and where there is none. */
import { trpc } from "../api/trpc.ts";

export const useCountry = (): string | null => trpc.tenant.get.useQuery(undefined, { staleTime: 60_000 }).data?.country ?? null;
