/** What uses a thing, each a way to where it can be taken out. */
import { Link } from "@tanstack/react-router";

export type Reference = { type: "agent_group" | "inbound_rule" | "tenant"; id: string; name: string };

const look = "font-[550] text-ink underline decoration-line-strong underline-offset-2 hover:decoration-ink";

const Way = ({ reference: { type, id, name } }: { reference: Reference }) => {
  switch (type) {
    case "agent_group":
      return (
        <>
          Group{" "}
          <Link to="/groups/$groupId" params={{ groupId: id }} className={look}>
            {name}
          </Link>
        </>
      );
    case "inbound_rule":
      return (
        <>
          Inbound rule{" "}
          <Link to="/inbound-rules" search={{ rule: id }} className={look}>
            <span className="num">{name}</span>
          </Link>
        </>
      );
    case "tenant":
      return (
        <Link to="/settings" className={look}>
          The fallback of the whole tenant
        </Link>
      );
  }
};

/** `more`: how many there are beside those named. */
export const References = ({ references, more = 0 }: { references: readonly Reference[]; more?: number }) => (
  <ul className="grid gap-1">
    {references.map((reference) => (
      <li key={`${reference.type}:${reference.id}`} className="break-words text-ink-2">
        <Way reference={reference} />
      </li>
    ))}
    {more > 0 && <li className="text-ink-3">and {more} more</li>}
  </ul>
);
