/** A document without white space between its elements, one element a line. */

/** Opening or empty tags, closing tags, texts. */
const parts = /<[^>]*>|[^<]+/g;

export const indentXml = (xml: string): string => {
  const lines: string[] = [];
  let depth = 0;
  let isTextOpen = false;
  for (const part of xml.match(parts) ?? []) {
    const indent = "  ".repeat(Math.max(0, depth));
    if (part.startsWith("</")) {
      depth -= 1;
      if (isTextOpen) lines.push(`${lines.pop() ?? ""}${part}`);
      else lines.push(`${"  ".repeat(Math.max(0, depth))}${part}`);
      isTextOpen = false;
    } else if (part.startsWith("<")) {
      lines.push(`${indent}${part}`);
      if (!part.endsWith("/>") && !part.startsWith("<?")) depth += 1;
    } else {
      lines.push(`${lines.pop() ?? ""}${part}`);
      isTextOpen = true;
    }
  }
  return lines.join("\n");
};
