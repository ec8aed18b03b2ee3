/** The fields that a change names; those left out, or undefined, stay as they are. */

export const givenFields = <Value>(fields: Record<string, Value>): Record<string, Value & ({} | null)> =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
