/** The names of a group's members: as its distribution knows them, else asked for one by one. */
import { useMemo } from "react";
import type { Distribution } from "../../api/answers.ts";
import { trpc } from "../../api/trpc.ts";

type Named = { name: string; provider: string };

const named = (answers: readonly { data: ({ id: string } & Named) | undefined }[]) =>
  answers.flatMap(({ data }): [string, Named][] => (data === undefined ? [] : [[data.id, { name: data.name, provider: data.provider }]]));

/** `isSettled`: nothing more is to come of the distribution. */
export const useMemberNames = (agentIds: readonly string[], distribution: Distribution | null, isSettled: boolean) => {
  const known = useMemo(
    () => new Map<string, Named>((distribution?.members ?? []).map(({ agentId, name, provider }) => [agentId, { name, provider }])),
    [distribution],
  );
  const missing = isSettled ? agentIds.filter((id) => !known.has(id)) : [];
  const found = trpc.useQueries((t) => missing.map((id) => t.agents.get({ id }, { staleTime: 60_000 })), { combine: named });
  return useMemo(() => new Map<string, Named>([...known, ...found]), [known, found]);
};

export type MemberNames = ReturnType<typeof useMemberNames>;
