/** Weighted rendezvous hashing: every process picks the same candidate for a call, and one that leaves moves only its own calls. */

/** Mixes 32 bits so that each input bit reaches each output bit (the finaliser of MurmurHash3). */
const mixed = (bits: number): number => {
  let hash = bits;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** FNV-1a over UTF-16 units, from a seed. */
const hashed = (text: string, seed: number): number => {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mixed(hash);
};

/** Strictly between 0 and 1, from 53 bits of hash. */
const unit = (text: string): number => {
  const high = hashed(text, 0x811c9dc5) >>> 5;
  const low = hashed(text, 0x2f0b4c47) >>> 6;
  return (high * 2 ** 26 + low + 0.5) / 2 ** 53;
};

export type Weighted<I extends string> = { id: I; weight: number };

/** The candidate with the highest score; shares follow the weights (positive). Null only without candidates. */
export const pickByRendezvous = <I extends string>(callId: string, candidates: readonly Weighted<I>[]): I | null => {
  let best: { id: I; score: number } | null = null;
  for (const { id, weight } of candidates) {
    const score = weight / -Math.log(unit(`${callId}\n${id}`));
    if (best === null || score > best.score || (score === best.score && id < best.id)) best = { id, score };
  }
  return best?.id ?? null;
};
