/** Asks before an open rule with changes in it makes room for another, or for none, on the same page. */
import { LeaveGuard } from "../../forms/leave-guard.tsx";

type Place = { pathname: string; search: object };

const openIn = ({ search }: Place): string =>
  JSON.stringify([new Map(Object.entries(search)).get("rule"), new Map(Object.entries(search)).get("new")]);

const leavesRule = (from: Place, to: Place): boolean => from.pathname === to.pathname && openIn(from) !== openIn(to);

export const RuleLeaveGuard = ({ isChanged }: { isChanged: boolean }) => <LeaveGuard isChanged={isChanged} leaves={leavesRule} />;
