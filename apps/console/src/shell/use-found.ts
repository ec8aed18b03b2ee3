/** What is found by name as one types: agents, groups and inbound rules, asked of the server when the typing pauses. */
import { keepPreviousData } from "@tanstack/react-query";
import { trpc } from "../api/trpc.ts";
import { useSettled } from "../pickers/use-settled.ts";

const shownAtMost = 5;

export const useFound = (typed: string) => {
  const search = useSettled(typed.trim()).trim();
  const input = { search, limit: shownAtMost };
  const options = { enabled: search !== "", placeholderData: keepPreviousData };
  const agents = trpc.agents.list.useQuery(input, options);
  const groups = trpc.groups.list.useQuery(input, options);
  const rules = trpc.inboundRules.list.useQuery(input, options);
  const isFor = search !== "" && typed.trim() !== "";
  return {
    agents: isFor ? (agents.data?.items ?? []) : [],
    groups: isFor ? (groups.data?.items ?? []) : [],
    rules: isFor ? (rules.data?.items ?? []) : [],
    /** What there is was found for other words. */
    isSearching: typed.trim() !== search || [agents, groups, rules].some((each) => each.isFetching),
    isFailed: [agents, groups, rules].some((each) => each.isError),
  };
};
