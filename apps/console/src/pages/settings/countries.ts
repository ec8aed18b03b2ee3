/** Countries by name, in the person's own language. */
import { getCountries } from "libphonenumber-js/min";

const names = new Intl.DisplayNames(undefined, { type: "region" });

/** `code`: ISO 3166, two letters. */
export const countryName = (code: string): string => names.of(code) ?? code;

export const countryOptions = getCountries()
  .map((code) => ({ value: code, label: countryName(code) }))
  .sort((a, b) => a.label.localeCompare(b.label));
