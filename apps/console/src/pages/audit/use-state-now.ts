/** How the thing of an entry is now; null where it is gone. */
import { useQuery } from "@tanstack/react-query";
import type { AuditEntry } from "../../api/answers.ts";
import { isNotFound } from "../../api/failure.ts";
import { trpc } from "../../api/trpc.ts";

type Client = ReturnType<typeof trpc.useUtils>["client"];

const read = async (client: Client, { targetType, targetId: id }: AuditEntry): Promise<object | null> => {
  switch (targetType) {
    case "voice_agent":
      return await client.agents.get.query({ id });
    case "agent_group":
      return await client.groups.get.query({ id });
    case "inbound_rule":
      return await client.inboundRules.get.query({ id });
    case "outbound_rule":
      return await client.outboundRules.get.query({ id });
    case "outbound_policy":
      return await client.outboundPolicy.get.query();
    case "tenant":
      return await client.tenant.get.query();
    case "user":
      return (await client.users.list.query({ limit: 200 })).items.find((person) => person.id === id) ?? null;
    default:
      return null;
  }
};

export const useStateNow = (entry: AuditEntry) => {
  const { client } = trpc.useUtils();
  return useQuery({
    queryKey: ["audit state now", entry.id],
    queryFn: async () => {
      try {
        const state = await read(client, entry);
        return { state: state === null ? null : { ...state } };
      } catch (error) {
        if (isNotFound(error)) return { state: null };
        throw error;
      }
    },
    // What is asked before a change is the latest there is.
    gcTime: 0,
    staleTime: 0,
  });
};
