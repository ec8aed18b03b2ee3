/** A field that may be left empty says nothing, rather than an empty text. */
export const emptyIsNull = { setValueAs: (value: unknown) => (value === "" ? null : value) };
