/** The trunks that Cloudonix knows for the domain, asked for once a minute at most. */
import { trpc } from "../api/trpc.ts";
import type { ToldTrunk } from "./trunk-words.ts";

const freshMs = 60_000;

export type KnownTrunks = {
  /** Null: none were ever told. */
  trunks: readonly ToldTrunk[] | null;
  /** Why there are none, or no newer ones. */
  failure: string | null;
};

export const useKnownTrunks = (): KnownTrunks => {
  const { data } = trpc.trunks.list.useQuery(undefined, { staleTime: freshMs });
  return { trunks: data === undefined || data.readAt === null ? null : data.items, failure: data?.failure ?? null };
};
