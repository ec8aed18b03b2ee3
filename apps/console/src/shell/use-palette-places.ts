/** Where the palette can lead: the pages, what was found by name, and what a typed number or id stands for. */
import { useNavigate } from "@tanstack/react-router";
import { Headset, History, Radio, ArrowDownLeft, UsersRound } from "lucide-react";
import { usePhoneFormat } from "../format/phone.ts";
import { usePages } from "./use-pages.ts";
import type { PaletteEntry } from "./palette-entry.ts";
import { typedCallId, typedNumber } from "./typed-number.ts";
import { useFound } from "./use-found.ts";

export const usePalettePages = (): PaletteEntry[] => {
  const navigate = useNavigate();
  return usePages().map(({ to, label, key, Icon }) => ({
    id: `page ${to}`,
    label,
    Icon,
    more: `g ${key}`,
    run: () => void navigate({ to }),
  }));
};

/** What was typed is a number, or the id of a call. */
export const useTyped = (typed: string): PaletteEntry[] => {
  const navigate = useNavigate();
  const format = usePhoneFormat();
  const number = typedNumber(typed);
  const callId = typedCallId(typed);
  if (callId !== null) {
    const run = () => void navigate({ to: "/calls/$callId", params: { callId } });
    return [{ id: "open-call", label: "Open this call", Icon: History, more: callId, run }];
  }
  if (number === null) return [];
  return [
    {
      ...{ id: "simulate", label: `Simulate a call to ${format(number)}`, Icon: Radio },
      run: () => void navigate({ to: "/inbound-rules", search: { to: number } }),
    },
    {
      ...{ id: "calls-of", label: `Call records of ${format(number)}`, Icon: History },
      run: () => void navigate({ to: "/calls", search: { q: number } }),
    },
  ];
};

export const useFoundEntries = (typed: string) => {
  const navigate = useNavigate();
  const { agents, groups, rules, isSearching, isFailed } = useFound(typed);
  return {
    isSearching,
    isFailed,
    agents: agents.map(
      ({ id, name, provider }): PaletteEntry => ({
        ...{ id, label: name, Icon: Headset, more: provider },
        run: () => void navigate({ to: "/agents/$agentId", params: { agentId: id } }),
      }),
    ),
    groups: groups.map(
      ({ id, name }): PaletteEntry => ({
        ...{ id, label: name, Icon: UsersRound },
        run: () => void navigate({ to: "/groups/$groupId", params: { groupId: id } }),
      }),
    ),
    rules: rules.map(
      ({ id, pattern }): PaletteEntry => ({
        ...{ id, label: pattern, Icon: ArrowDownLeft },
        run: () => void navigate({ to: "/inbound-rules", search: { rule: id } }),
      }),
    ),
  };
};
