/** In which order calls are written: that of their keys, which are hashes, so that the table grows at its end and not everywhere at once. */
import type { TenantId } from "@switchboard/routing/ids";
import { callIdOf } from "../ids.ts";

const placeBits = 24;
/** More would not fit beside the beginning of a key into a number. */
export const mostCalls = 2 ** placeBits - 1;
/** Of a key: five characters are 25 bits, the sixth gives four more. */
const wholeCharacters = 5;

const lettersFrom = 87;
const digitsFrom = 48;

const valueOf = (id: string, place: number): number => {
  const code = id.charCodeAt("cal_".length + place);
  return code >= lettersFrom + 10 ? code - lettersFrom : code - digitsFrom;
};

/** The places of `count` calls, sorted by key. Eight bytes a call. */
export function loadOrder(tenantId: TenantId, count: number, sessionOf: (index: number) => string): Float64Array {
  const keys = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    const id = callIdOf(tenantId, sessionOf(index));
    let beginning = 0;
    for (let place = 0; place < wholeCharacters; place += 1) beginning = beginning * 32 + valueOf(id, place);
    keys[index] = (beginning * 16 + (valueOf(id, wholeCharacters) >> 1)) * 2 ** placeBits + index;
  }
  return keys.sort();
}

export const placeIn = (order: Float64Array, position: number): number => (order[position] ?? 0) % 2 ** placeBits;
