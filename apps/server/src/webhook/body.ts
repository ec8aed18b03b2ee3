/** Decodes a webhook's body or query into fields; the last of a repeated name wins. */

const fieldLimit = 2_000;

const fromPairs = (text: string): Record<string, unknown> => {
  // Without a prototype, a field called __proto__ is a field like any other: read by nobody.
  const fields: Record<string, unknown> = Object.create(null);
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    count += 1;
    if (count > fieldLimit) break;
    fields[name] = value;
  }
  return fields;
};

export const readQuery = (url: string): Record<string, unknown> => {
  const start = url.indexOf("?");
  return start === -1 ? {} : fromPairs(url.slice(start + 1));
};

export type BodyKind = "json" | "form";

/** The kind of body a content type announces; absent means JSON. Null: one we don't take. */
export const bodyKindOf = (contentType: string | undefined): BodyKind | null => {
  if (contentType === undefined || contentType.trim() === "") return "json";
  const mediaType = (contentType.split(";", 1)[0] ?? "").trim().toLowerCase();
  if (mediaType === "application/json" || /^application\/[a-z0-9.+-]+\+json$/.test(mediaType)) return "json";
  return mediaType === "application/x-www-form-urlencoded" ? "form" : null;
};

/** Undefined when the text can't be read as such a body. */
export const readBody = (kind: BodyKind, body: string): unknown => {
  if (kind === "form") return fromPairs(body);
  try {
    return JSON.parse(body.charCodeAt(0) === 0xfeff ? body.slice(1) : body);
  } catch {
    return undefined;
  }
};
