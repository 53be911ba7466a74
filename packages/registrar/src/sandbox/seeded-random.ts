/**
 * A small generator of numbers from 0 to below 1 (xorshift, 32 bits): the same seed gives the same row, so that a run
 * with random faults can be repeated.
 */
export function seededRandom(seed: number): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 0x1_0000_0000;
  };
}
