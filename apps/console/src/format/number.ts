/** Counts and parts as people write them. */
const count = new Intl.NumberFormat();
const part = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 });
const finePart = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 1 });

export const formatCount = (value: number): string => count.format(value);

/** `value`: a part of 1; small ones with a digit more, so that they are not shown as nothing. */
export const formatPart = (value: number): string => (value > 0 && value < 0.1 ? finePart : part).format(value);

/** `2 calls`, `1 call`. */
export const counted = (value: number, one: string, many = `${one}s`): string => `${formatCount(value)} ${value === 1 ? one : many}`;
