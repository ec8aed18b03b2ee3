/** What is typed into a text field, as the value it stands for; what can't be read stays wrong, so that the schema says so. */

/** Nothing typed is no value. */
export const textOrNull = (typed: unknown): string | null => (typeof typed === "string" && typed !== "" ? typed : null);

const numberOr =
  <None>(none: None) =>
  (typed: unknown): number | None => {
    if (typeof typed === "number") return typed;
    const text = typeof typed === "string" ? typed.trim() : "";
    return text === "" ? none : Number(text);
  };

/** Nothing typed is null: no limit. */
export const numberOrNull = numberOr(null);

/** Nothing typed is left out: the default. */
export const numberOrNothing = numberOr(undefined);
