/** What a rule matches, leading to the rule. */
import { Link } from "@tanstack/react-router";
import { linkLook } from "./link-look.ts";

type Props = { id: string; pattern: string; direction: "inbound" | "outbound" };

export const RuleLink = ({ id, pattern, direction }: Props) => (
  <Link to={direction === "inbound" ? "/inbound-rules" : "/outbound-rules"} search={{ rule: id }} className={`num ${linkLook}`}>
    {pattern}
  </Link>
);
