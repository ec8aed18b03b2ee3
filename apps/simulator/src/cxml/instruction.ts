/** What a document asks the telephone platform to do, once it has passed the checks. */
import type { CxmlElement } from "./parse-cxml.ts";

export type Destination =
  | { kind: "service"; provider: string; value: string }
  | { kind: "number"; number: string; trunks: string | null }
  | { kind: "sip"; uri: string };

export type DialInstruction = {
  kind: "dial";
  destination: Destination;
  action: string;
  method: "GET" | "POST";
  timeoutSeconds: number;
  timeLimitSeconds: number | null;
};

export type Instruction =
  | DialInstruction
  | { kind: "hangup" }
  | { kind: "reject"; reason: string }
  /** Speaks or listens, and so answers the call. */
  | { kind: "speak"; words: number }
  | { kind: "redirect"; url: string; method: "GET" | "POST" };

const method = (value: string | undefined): "GET" | "POST" => (value === "GET" ? "GET" : "POST");

function destinationOf(dial: CxmlElement): Destination {
  const noun = dial.children.find((child) => child.name !== "Header");
  const text = noun?.text ?? dial.text;
  if (noun?.name === "Service") return { kind: "service", provider: noun.attributes["provider"] ?? "", value: text };
  if (noun?.name === "Sip" || text.startsWith("sip:")) return { kind: "sip", uri: text };
  return { kind: "number", number: text, trunks: dial.attributes["trunks"] ?? null };
}

function readDial(dial: CxmlElement): DialInstruction {
  const limit = dial.attributes["timeLimit"];
  return {
    kind: "dial",
    destination: destinationOf(dial),
    action: dial.attributes["action"] ?? "",
    method: method(dial.attributes["method"]),
    timeoutSeconds: Number(dial.attributes["timeout"]),
    timeLimitSeconds: limit === undefined ? null : Number(limit),
  };
}

/** The verbs of a checked document, in the order in which they run. */
export function readInstructions(response: CxmlElement): Instruction[] {
  return response.children.map((verb): Instruction => {
    switch (verb.name) {
      case "Dial":
        return readDial(verb);
      case "Hangup":
        return { kind: "hangup" };
      case "Reject":
        return { kind: "reject", reason: verb.attributes["reason"] ?? "rejected" };
      case "Redirect":
        return { kind: "redirect", url: verb.text, method: method(verb.attributes["method"]) };
      default:
        return { kind: "speak", words: verb.text.split(/\s+/).length };
    }
  });
}
