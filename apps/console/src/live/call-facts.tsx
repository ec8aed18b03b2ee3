/** What is known of one call, to be read and copied. */
import type { ReactNode } from "react";
import { CopyButton } from "../components/copy-button.tsx";

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="grid grid-cols-[84px_minmax(0,1fr)] items-baseline gap-2 py-1">
    <dt className="text-ink-3">{name}</dt>
    <dd className="flex min-w-0 items-baseline gap-1">{children}</dd>
  </div>
);

const Copied = ({ text, shown, what }: { text: string; shown: string; what: string }) => (
  <>
    <span className="num truncate" title={text}>
      {shown}
    </span>
    <CopyButton text={text} what={what} />
  </>
);

type Props = {
  call: { id: string; session: string; from: string; to: string; direction: string };
  rule: string | null;
  group: string | null;
  format: (number: string) => string;
};

export const CallFacts = ({ call, rule, group, format }: Props) => (
  <dl className="mt-3 border-y border-line py-2">
    <Fact name="From">
      <Copied text={call.from} shown={format(call.from)} what="the caller's number" />
    </Fact>
    <Fact name="To">
      <Copied text={call.to} shown={format(call.to)} what="the called number" />
    </Fact>
    <Fact name="Direction">{call.direction === "inbound" ? "Inbound" : "Outbound"}</Fact>
    {rule !== null && (
      <Fact name="Rule">
        <span className="num truncate">{rule}</span>
      </Fact>
    )}
    {group !== null && (
      <Fact name="Group">
        <span className="truncate">{group}</span>
      </Fact>
    )}
    <Fact name="Call">
      <Copied text={call.id} shown={call.id} what="the call's id" />
    </Fact>
    <Fact name="Session">
      <Copied text={call.session} shown={call.session} what="the session's id" />
    </Fact>
  </dl>
);
