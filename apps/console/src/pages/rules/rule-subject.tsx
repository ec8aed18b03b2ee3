/** What a rule is about, in words and leading to it, with what deserves a second look. */
import type { OutboundWarning } from "@switchboard/api/schemas/warning";
import { Phrase } from "../../components/phrase.tsx";
import type { PatternPhrase } from "../../format/pattern-words.ts";
import { RuleWarnings } from "./rule-warnings.tsx";
import { RuleWay } from "./rule-way.tsx";
import type { RulesPage } from "./use-rules-address.ts";

type Props = {
  page: RulesPage;
  rule: { id: string; enabled: boolean; warnings: readonly OutboundWarning[] };
  subject: PatternPhrase;
  /** Null: whoever calls. */
  caller: PatternPhrase | null;
  /** The pattern as it is written. */
  title?: string;
};

export const RuleSubject = ({ page, rule, subject, caller, title }: Props) => (
  <div className={`grid min-w-0 gap-0.5 ${rule.enabled ? "" : "text-ink-3"}`}>
    <RuleWay
      page={page}
      id={rule.id}
      className="font-[550] break-words after:absolute after:inset-0"
      {...(title === undefined ? {} : { title })}
    >
      <Phrase phrase={subject} isCapital />
    </RuleWay>
    {caller !== null && (
      <span className="text-ink-2">
        from <Phrase phrase={caller} />
      </span>
    )}
    <RuleWarnings page={page} warnings={rule.warnings} />
  </div>
);
