/** Which country's numbering plan a number belongs to: +1 is many countries, +44 four. */
import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/min";

/**
 * Of an E.164 number, with the calling code without `+`. One that no plan lists, though its length is possible, counts for the
 * main country of its calling code (+1 555 … for the United States); an impossible one for none.
 */
export const countryOf = (number: string): { country: CountryCode; callingCode: string } | null => {
  const parsed = parsePhoneNumberFromString(number);
  const country = parsed?.country ?? parsed?.getPossibleCountries()[0];
  return parsed && country ? { country, callingCode: parsed.countryCallingCode } : null;
};
