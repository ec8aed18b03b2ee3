/** What is set at Cloudonix, fit to be shown and audited: other people's addresses may carry secrets too. */

/** Long enough to be a key: an identifier that somebody could use. */
const likeSecret = /^[A-Za-z0-9_-]{16,}$/;

const maskedPart = (part: string): string => (likeSecret.test(part) && /\d/.test(part) ? `${part.slice(0, 4)}…` : part);

/** An address without user, query, and what looks like a key in its path; anything else by its beginning. */
export const maskedAddress = (text: string): string => {
  if (!URL.canParse(text)) return text.length <= 8 ? text : `${text.slice(0, 4)}…`;
  const { protocol, host, pathname, search } = new URL(text);
  const path = pathname.split("/").map(maskedPart).join("/");
  return `${protocol}//${host}${path}${search === "" ? "" : "?…"}`;
};

/** A token by its last four letters, so that two can be told apart. */
export const maskedToken = (token: string): string => (token.length < 16 ? "••••" : `••••${token.slice(-4)}`);
