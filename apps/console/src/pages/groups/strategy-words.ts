/** The strategies in words: what each does, and what would change with it. */
import type { Group } from "../../api/answers.ts";

export type Strategy = Group["strategy"];

export const strategies: readonly Strategy[] = ["round_robin", "priority", "load_balanced"];

export const strategyNames: Record<Strategy, string> = {
  round_robin: "In turn",
  priority: "First choice first",
  load_balanced: "Fewest calls first",
};

/** `windowHours`: of the group, as far as it is a number. */
export const strategySentence = (strategy: Strategy, windowHours: number): string => {
  switch (strategy) {
    case "round_robin":
      return "Members take turns, each as often as its weight says.";
    case "priority":
      return "The lowest priority number takes every call while anybody of it is free; equals take turns.";
    case "load_balanced":
      return `The next call goes to whoever has had the fewest in the last ${windowHours} h for its weight.`;
  }
};

export type NamedMember = { name: string; priority: number; enabled: boolean };

const listed = (names: readonly string[]): string =>
  names.length <= 4 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;

const restWords = (others: number): string => (others === 1 ? "The other member gets calls" : `The other ${others} get calls`);

/** What the next call would meet with `to`, before it is saved. */
export const changeOfStrategy = (to: Strategy, members: readonly NamedMember[], windowHours: number): string => {
  const enabled = members.filter((member) => member.enabled);
  switch (to) {
    case "round_robin":
      return "With the next call members begin to take turns, all from the same line. Priorities, and calls they have had before, no longer count.";
    case "priority": {
      if (enabled.length === 0) return "With the next call priorities decide alone; nobody is enabled yet.";
      const first = Math.min(...enabled.map(({ priority }) => priority));
      const chosen = enabled.filter(({ priority }) => priority === first).map(({ name }) => name);
      const others = enabled.length - chosen.length;
      const rest = others === 0 ? "" : ` ${restWords(others)} only when none of those can take one.`;
      return `With the next call priority ${first} gets everything: ${listed(chosen)}.${rest}`;
    }
    case "load_balanced":
      return `Calls that members have had in the last ${windowHours} h, by whatever way, count at once: whoever has had fewest for its weight gets every call until they are level.`;
  }
};
