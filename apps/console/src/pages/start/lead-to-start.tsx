/** Whoever comes to a tenant in which nothing is set up yet is led to the first steps. */
import { Navigate } from "@tanstack/react-router";
import { trpc } from "../../api/trpc.ts";
import { useIsAdmin } from "../../session/use-role.ts";

const any = { limit: 1 };

export const LeadToStart = () => {
  const enabled = useIsAdmin();
  const lists = [
    trpc.agents.list.useQuery(any, { enabled }),
    trpc.groups.list.useQuery(any, { enabled }),
    trpc.inboundRules.list.useQuery(any, { enabled }),
  ];
  const isEmpty = enabled && lists.every(({ data }) => data?.items.length === 0);
  return isEmpty ? <Navigate to="/start" replace /> : null;
};
