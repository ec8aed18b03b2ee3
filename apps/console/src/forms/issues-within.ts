/** What is wrong within one field of a form that holds others: each part's path in it, and the words. */
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** The deepest that anything in a form lies. */
const deepest = 5;

/** `errors`: what react-hook-form keeps for the field. An issue about the field as a whole stands under "". */
export const issuesWithin = (errors: unknown, path = "", depth = 0): Record<string, string> => {
  if (!isRecord(errors) || depth > deepest) return {};
  const { message } = errors;
  if (typeof message === "string" && message !== "") return { [path]: message };
  const parts = Object.entries(errors).filter(([name]) => name !== "ref");
  return Object.assign({}, ...parts.map(([name, part]) => issuesWithin(part, path === "" ? name : `${path}.${name}`, depth + 1)));
};
