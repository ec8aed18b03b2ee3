/** Leads to the simulator with this call's numbers: where it would go now. */
import type { CallRecord } from "@switchboard/api/schemas/call-record";
import { FlaskConical } from "lucide-react";
import { LinkButton } from "../../components/link-button.tsx";

export const SimulateLink = ({ record: { direction, from, to } }: { record: CallRecord }) => (
  <LinkButton to={direction === "inbound" ? "/inbound-rules" : "/outbound-rules"} search={{ from, to }}>
    <FlaskConical size={13} aria-hidden />
    Simulate this call now
  </LinkButton>
);
