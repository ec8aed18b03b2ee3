/** What a form holds of a group: the server's own fields, its members in their order. */
import { agentGroupInput } from "@switchboard/routing/input/agent-group";
import type { z } from "zod";
import type { Group } from "../../api/answers.ts";
import type { FieldInWords } from "../../forms/differences.ts";
import { fallbackWords } from "../../format/fallback-words.ts";
import { strategyNames } from "./strategy-words.ts";

export const groupForm = agentGroupInput;

export type GroupValues = z.input<typeof groupForm>;
export type MemberValues = NonNullable<GroupValues["members"]>[number];

export const defaultWindowHours = 24;

export const idsOf = (members: readonly { agentId: string }[] | undefined): string[] => (members ?? []).map(({ agentId }) => agentId);

export const newMember = (agentId: string): MemberValues => ({ agentId, priority: 1, weight: 1, capacity: null, enabled: true });

const noGroup: Pick<Group, "name" | "strategy" | "settings" | "fallback" | "members"> = {
  name: "",
  strategy: "round_robin",
  settings: {},
  fallback: null,
  members: [],
};

/** Positions are left out: the order of the list is the order of the rotation. */
export const groupValuesOf = (group = noGroup): GroupValues => ({
  name: group.name,
  strategy: group.strategy,
  // Each is named, so that a field that is filled and emptied again is no change.
  settings: {
    windowHours: group.settings.windowHours,
    newMemberStart: group.settings.newMemberStart,
    ringSeconds: group.settings.ringSeconds,
    maxAttempts: group.settings.maxAttempts,
    maxTotalSeconds: group.settings.maxTotalSeconds,
    maxCallSeconds: group.settings.maxCallSeconds,
  },
  fallback: group.fallback,
  members: group.members.map(({ agentId, priority, weight, capacity, enabled }) => ({ agentId, priority, weight, capacity, enabled })),
});

type NameOf = (agentId: string) => string;

const memberWords = ({ strategy, members = [] }: GroupValues, nameOf: NameOf): string => {
  if (members.length === 0) return "Nobody";
  return members
    .map(({ agentId, priority = 1, weight = 1, capacity = null, enabled = true }, index) => {
      const more = [
        strategy === "priority" ? `priority ${priority}` : null,
        weight === 1 ? null : `weight ${weight}`,
        capacity === null ? null : `at most ${capacity}`,
        enabled ? null : "disabled",
      ].filter((part) => part !== null);
      return `${index + 1}. ${nameOf(agentId)}${more.length === 0 ? "" : ` (${more.join(", ")})`}`;
    })
    .join(" · ");
};

const settingsWords = ({ settings = {} }: GroupValues): string => {
  const { windowHours, newMemberStart, ringSeconds, maxAttempts, maxTotalSeconds, maxCallSeconds } = settings;
  const parts = [
    windowHours === undefined ? null : `window ${windowHours} h`,
    newMemberStart === undefined ? null : `newcomers start ${newMemberStart}`,
    ringSeconds === undefined ? null : `rings ${ringSeconds} s`,
    maxAttempts === undefined ? null : `${maxAttempts} tries`,
    maxTotalSeconds === undefined ? null : `${maxTotalSeconds} s in all`,
    maxCallSeconds === undefined ? null : `calls up to ${maxCallSeconds} s`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? "All as by default" : parts.join(" · ");
};

const targetNameOf = ({ fallback }: GroupValues, nameOf: NameOf): string =>
  fallback?.type === "voice_agent" ? nameOf(fallback.targetId) : fallback?.type === "agent_group" ? fallback.targetId : "";

export const groupFieldsOf = (nameOf: NameOf): readonly FieldInWords<GroupValues>[] => [
  { name: "name", label: "Name", say: ({ name }) => name },
  { name: "strategy", label: "Strategy", say: ({ strategy }) => strategyNames[strategy] },
  { name: "members", label: "Members", say: (values) => memberWords(values, nameOf) },
  { name: "settings", label: "Settings", say: settingsWords },
  {
    name: "fallback",
    label: "Fallback",
    say: (values) =>
      fallbackWords(values.fallback ?? null, {
        level: "group",
        targetName: targetNameOf(values, nameOf),
        formatNumber: (number) => number,
      }),
  },
];
