/** Reads an answer as XML 1.0 into a plain tree; what a lenient parser would let pass is refused before it gets the text. */
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { type Violation, violation } from "./violation.ts";

export type CxmlElement = { name: string; attributes: Record<string, string>; children: CxmlElement[]; text: string };

export type ParsedCxml = { ok: true; roots: CxmlElement[] } | { ok: false; violations: Violation[] };

const declaration = /^<\?xml version="1\.0" encoding="UTF-8"\?>/i;

// Entities stay as they are in the parser: it decodes leniently, and the strict decoding below is what is under test.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
});

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const isXmlCharacter = (code: number): boolean =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);

/** Decode the five named entities and character references, or null where one is none of them. */
function decodeEntities(raw: string): string | null {
  let sound = true;
  const decoded = raw.replace(/&([^&;\s]{0,12})(;?)/g, (_whole, name: string, end: string) => {
    const code = /^#x[0-9a-f]+$/i.test(name) ? Number.parseInt(name.slice(2), 16) : /^#\d+$/.test(name) ? Number(name.slice(1)) : null;
    const character = code === null ? named[name] : isXmlCharacter(code) ? String.fromCodePoint(code) : undefined;
    if (end === "" || character === undefined) sound = false;
    return character ?? "";
  });
  return sound ? decoded : null;
}

function illegalCharacter(body: string): string | null {
  for (const character of body) {
    const code = character.codePointAt(0) ?? 0;
    if (!isXmlCharacter(code)) return `U+${code.toString(16).padStart(4, "0")}`;
  }
  return null;
}

/** What this protocol never uses and parsers treat differently: doctypes, comments, CDATA, instructions, text outside the root. */
function checkSurface(body: string): Violation[] {
  const found: Violation[] = [];
  if (!declaration.test(body)) found.push(violation("declaration", 'does not begin with <?xml version="1.0" encoding="UTF-8"?>'));
  const illegal = illegalCharacter(body);
  if (illegal !== null) found.push(violation("illegal_character", `holds ${illegal}, which XML 1.0 does not allow`));
  const rest = body.replace(declaration, "");
  if (rest.includes("<!") || rest.includes("<?"))
    found.push(violation("not_well_formed", "holds a doctype, a comment, CDATA or an instruction"));
  if (!rest.trimEnd().endsWith(">") || !rest.trimStart().startsWith("<"))
    found.push(violation("not_well_formed", "has text outside its root"));
  if (/=\s*(?:"[^"]*<[^"]*"|'[^']*<[^']*')/.test(rest)) found.push(violation("not_well_formed", "has < inside an attribute's value"));
  return found;
}

export function parseCxml(body: string): ParsedCxml {
  const surface = checkSurface(body);
  const verdict = XMLValidator.validate(body, { allowBooleanAttributes: false });
  if (verdict !== true) {
    return { ok: false, violations: [...surface, violation("not_well_formed", `${verdict.err.msg} (line ${verdict.err.line})`)] };
  }
  const violations: Violation[] = [...surface];
  const roots = readNodes(readTree(body, violations), violations).elements.filter((element) => element.name !== "?xml");
  return violations.length > 0 ? { ok: false, violations } : { ok: true, roots };
}

/** The parser refuses names such as `constructor` outright, and so do we: no document of ours has them. */
function readTree(body: string, violations: Violation[]): unknown {
  try {
    return parser.parse(body);
  } catch (error) {
    violations.push(violation("not_well_formed", error instanceof Error ? error.message : String(error)));
    return [];
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

function decode(raw: unknown, where: string, violations: Violation[]): string {
  const decoded = typeof raw === "string" ? decodeEntities(raw) : null;
  if (decoded === null) violations.push(violation("not_well_formed", `has a stray & or an unknown entity in ${where}`));
  return decoded ?? "";
}

function readNodes(nodes: unknown, violations: Violation[]): { elements: CxmlElement[]; text: string } {
  const elements: CxmlElement[] = [];
  let text = "";
  for (const node of Array.isArray(nodes) ? nodes : []) {
    if (!isRecord(node)) continue;
    if ("#text" in node) text += decode(node["#text"], "a text", violations);
    const name = Object.keys(node).find((key) => key !== ":@" && key !== "#text");
    if (name === undefined) continue;
    const attributes: Record<string, string> = {};
    const given = node[":@"];
    for (const [key, value] of Object.entries(isRecord(given) ? given : {})) attributes[key] = decode(value, `${name} ${key}`, violations);
    const inside = readNodes(node[name], violations);
    elements.push({ name, attributes, children: inside.elements, text: inside.text });
  }
  return { elements, text };
}
