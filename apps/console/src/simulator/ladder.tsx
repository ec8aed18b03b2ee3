/** The rules that a call met, rung by rung: the one that took it, and why each of the others did not. */
import { Link } from "@tanstack/react-router";
import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import type { Simulation } from "../api/answers.ts";
import { Phrase } from "../components/phrase.tsx";
import { phraseOfPattern, phraseOfPrefix } from "../format/pattern-words.ts";
import { useCountry } from "../format/use-country.ts";
import { type Direction, ladderOf, type MetRule, newRuleId, type SimulatedCall } from "./simulated-call.ts";

type Way = { direction: Direction; call: SimulatedCall; id: string; children: ReactNode };

const look = "hover:underline underline-offset-2";

const RuleWay = ({ direction, call, id, children }: Way) => {
  if (id === newRuleId || id.startsWith("draft-")) return <span>{children}</span>;
  const search = { rule: id, ...call };
  return direction === "inbound" ? (
    <Link to="/inbound-rules" search={search} className={look}>
      {children}
    </Link>
  ) : (
    <Link to="/outbound-rules" search={search} className={look}>
      {children}
    </Link>
  );
};

const phrasesOf = ({ called, caller }: MetRule, direction: Direction, country: string | null) =>
  direction === "inbound"
    ? { to: phraseOfPattern(called ?? "*", country), from: caller === null ? null : phraseOfPattern(caller, country) }
    : { to: phraseOfPrefix(called, country), from: caller === null ? null : phraseOfPrefix(caller, country) };

const leadsTo = ({ target, trunks }: MetRule): string => target?.name ?? trunks.join(", then ");

type RungProps = { direction: Direction; call: SimulatedCall; rule: MetRule; country: string | null };

const Rung = ({ direction, call, rule, country }: RungProps) => {
  const { to, from } = phrasesOf(rule, direction, country);
  const took = rule.why === null;
  return (
    <li
      className={`grid grid-cols-[14px_minmax(0,1fr)_auto] items-baseline gap-x-2 border-t border-line px-4 py-1.5 first:border-t-0 ${took ? "bg-accent-soft" : "text-ink-3"}`}
    >
      {took ? (
        <Check size={13} aria-hidden className="mt-0.5 self-start text-ok" />
      ) : (
        <Minus size={13} aria-hidden className="mt-0.5 self-start" />
      )}
      <span className={`min-w-0 ${took ? "font-[550]" : ""}`}>
        <RuleWay direction={direction} call={call} id={rule.id}>
          <Phrase phrase={to} isCapital />
          {from !== null && (
            <>
              {" "}
              from <Phrase phrase={from} />
            </>
          )}
        </RuleWay>
        {rule.id === newRuleId && " (not saved yet)"}
      </span>
      <span className="max-w-40 text-right">{took ? leadsTo(rule) : rule.why}</span>
      {took && <span className="col-start-2 text-xs text-ink-2">takes this call, priority {rule.priority}</span>}
    </li>
  );
};

export const Ladder = ({ direction, call, simulation }: { direction: Direction; call: SimulatedCall; simulation: Simulation }) => {
  const country = useCountry();
  const rungs = ladderOf(simulation);
  if (rungs.length === 0) return <p className="px-4 pb-3 text-ink-3">No rule is about this number.</p>;
  return (
    <ol className="pb-1">
      {rungs.map((rule) => (
        <Rung key={rule.id} {...{ direction, call, rule, country }} />
      ))}
    </ol>
  );
};
