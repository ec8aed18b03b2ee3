/** Telephone numbers and calls' ids, as far as something typed is one. */
const numberLike = /^\+?[\d\s().-]+$/;
const fewestDigits = 5;
const mostDigits = 15;

/** As it is dialled, without what people write between digits; null where it is no number. */
export const typedNumber = (typed: string): string | null => {
  const bare = typed.trim().replaceAll(/[\s().-]/g, "");
  const digits = bare.replace("+", "").length;
  return numberLike.test(typed.trim()) && digits >= fewestDigits && digits <= mostDigits ? bare : null;
};

export const typedCallId = (typed: string): string | null => (/^cal_\w+$/.test(typed.trim()) ? typed.trim() : null);
