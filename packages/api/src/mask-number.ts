/** Hides the middle of telephone numbers from people who may watch calls but not see who calls. */

/** `+15550124567` → `+1555•••4567`; too short to keep both ends: all but the last two digits are hidden. Words stay. */
export const maskNumber = (value: string): string => {
  const digits = value.replace(/\D/g, "");
  if (digits.length < 5) return value;
  const plus = value.startsWith("+") ? "+" : "";
  if (digits.length < 10) return `${plus}•••${digits.slice(-2)}`;
  return `${plus}${digits.slice(0, 4)}•••${digits.slice(-4)}`;
};
