/** Writes CXML from a tree: escaped here and nowhere else, so that what goes in as text comes out as the same text. */

export type CxmlElement = {
  name: string;
  /** Null and undefined attributes are left out. */
  attributes?: Record<string, string | number | null | undefined>;
  children?: (CxmlElement | string)[];
};

/** What XML 1.0 allows nowhere, not even escaped: controls, lone surrogates, the two non-characters. */
const illegal =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to be removed
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export const dropIllegalXml = (text: string): string => text.replace(illegal, "");

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};
const entityOf = (character: string): string => entities[character] ?? character;

/** Nearly every text is such a one: nothing to remove, nothing to escape. */
const plain = /^[ !#-%(-;=?-~]*$/;

/** A carriage return would be read as a line feed; in attributes a tab or line feed as a space. */
const escapeText = (text: string): string => (plain.test(text) ? text : dropIllegalXml(text).replace(/[&<>\r]/g, entityOf));
const escapeAttribute = (text: string): string => (plain.test(text) ? text : dropIllegalXml(text).replace(/[&<>"'\t\n\r]/g, entityOf));

const renderElement = ({ name, attributes, children }: CxmlElement): string => {
  let text = `<${name}`;
  for (const key in attributes) {
    const value = attributes[key];
    if (typeof value === "number") text += ` ${key}="${value}"`;
    else if (value !== null && value !== undefined) text += ` ${key}="${escapeAttribute(value)}"`;
  }
  if (children === undefined || children.length === 0) return `${text}/>`;
  text += ">";
  for (const child of children) text += typeof child === "string" ? escapeText(child) : renderElement(child);
  return `${text}</${name}>`;
};

/** A whole answer: the declaration and one `Response` around the verbs, no white space between elements. */
export const renderCxml = (verbs: CxmlElement[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${renderElement({ name: "Response", children: verbs })}`;
