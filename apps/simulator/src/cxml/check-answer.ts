/** Judges an answer of the voice door against the protocol, and reads out what it asks for. */
import { type ElementRule, grammar } from "./grammar.ts";
import { type Instruction, readInstructions } from "./instruction.ts";
import { type CxmlElement, parseCxml } from "./parse-cxml.ts";
import { type Violation, violation } from "./violation.ts";

export type Answer = { status: number; contentType: string | null; body: string };

export type CheckedAnswer = { violations: Violation[]; instructions: Instruction[] };

const contentType = "application/xml; charset=utf-8";

/**
 * @param allowedStatuses 200 unless the request was meant to be refused; every answer of the voice door is CXML whatever its status.
 * @returns instructions only when the document may be obeyed, that is without a violation.
 */
export function checkAnswer(answer: Answer, allowedStatuses: readonly number[] = [200]): CheckedAnswer {
  const violations: Violation[] = [];
  if (!allowedStatuses.includes(answer.status))
    violations.push(violation("status", `answered ${answer.status} instead of ${allowedStatuses.join(" or ")}`));
  if (answer.contentType !== contentType)
    violations.push(violation("content_type", `answered as ${answer.contentType ?? "nothing"} instead of ${contentType}`));
  const parsed = parseCxml(answer.body);
  if (!parsed.ok) return { violations: [...violations, ...parsed.violations], instructions: [] };
  const [root, ...others] = parsed.roots;
  if (root === undefined || others.length > 0 || root.name !== "Response") {
    violations.push(violation("root", "is not one Response"));
    return { violations, instructions: [] };
  }
  violations.push(...checkElement(root), ...checkDials(root), ...checkEnd(root));
  return { violations, instructions: violations.length === 0 ? readInstructions(root) : [] };
}

function checkElement(element: CxmlElement): Violation[] {
  const rule = grammar.get(element.name);
  if (rule === undefined) return [violation("unknown_element", `${element.name} is no element of the protocol`)];
  const misplaced = element.children
    .filter((child) => grammar.has(child.name) && !rule.children.includes(child.name))
    .map((child) => violation("misplaced_element", `${child.name} does not belong into ${element.name}`));
  return [...checkAttributes(element, rule), ...checkText(element, rule), ...misplaced, ...element.children.flatMap(checkElement)];
}

function checkAttributes(element: CxmlElement, rule: ElementRule): Violation[] {
  const found: Violation[] = [];
  for (const name of rule.required) {
    if (element.attributes[name] === undefined) found.push(violation("missing_attribute", `${element.name} has no ${name}`));
  }
  for (const [name, value] of Object.entries(element.attributes)) {
    const check = Object.hasOwn(rule.attributes, name) ? rule.attributes[name] : undefined;
    if (check === undefined) {
      found.push(violation("unknown_attribute", `${element.name} has no attribute ${name}`));
      continue;
    }
    const wrong = check(value);
    if (wrong !== null) found.push(violation(name === "action" ? "action_url" : "attribute_value", `${element.name} ${name} ${wrong}`));
  }
  return found;
}

function checkText(element: CxmlElement, rule: ElementRule): Violation[] {
  const text = element.text;
  if (rule.text === "none" && text.trim() !== "") return [violation("text", `${element.name} holds text`)];
  if ((rule.text === "exact" || rule.text === "words") && text.trim() === "") return [violation("text", `${element.name} is empty`)];
  if (rule.text === "exact" && text !== text.trim()) return [violation("white_space", `${element.name} has white space around its text`)];
  return [];
}

/** One Dial, to one kind of place, with the result sent back to us. */
function checkDials(response: CxmlElement): Violation[] {
  const dials = response.children.filter((verb) => verb.name === "Dial");
  const found = dials.length > 1 ? [violation("dial_count", `has ${dials.length} Dials`)] : [];
  for (const dial of dials) {
    const nouns = dial.children.filter((child) => child.name !== "Header").map((child) => child.name);
    const named = dial.text.trim() !== "";
    if (nouns.length === 0 && !named) found.push(violation("dial_content", "Dial leads nowhere"));
    if (nouns.length > 0 && named) found.push(violation("dial_content", "Dial holds text beside its noun"));
    if (new Set(nouns).size > 1) found.push(violation("dial_content", `Dial mixes ${nouns.join(", ")}`));
    if (nouns.length > 1 && nouns[0] !== "Number") found.push(violation("dial_content", `Dial holds ${nouns.length} of ${nouns[0]}`));
    if (
      dial.children.findLastIndex((child) => child.name === "Header") > dial.children.findIndex((child) => child.name !== "Header") &&
      nouns.length > 0
    ) {
      found.push(violation("dial_content", "Header must come before the noun"));
    }
    if (dial.attributes["method"] !== undefined && dial.attributes["method"] !== "POST")
      found.push(violation("attribute_value", "Dial method must be POST"));
  }
  return found;
}

/** The document that an action answers replaces this one, so nothing after a Dial is ever meant. */
function checkEnd(response: CxmlElement): Violation[] {
  if (response.children.length === 0) return [violation("root", "Response asks for nothing")];
  const ending = response.children.findIndex((verb) => ["Dial", "Hangup", "Reject", "Redirect"].includes(verb.name));
  return ending >= 0 && ending < response.children.length - 1
    ? [violation("misplaced_element", `something follows ${response.children[ending]?.name}`)]
    : [];
}
