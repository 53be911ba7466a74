/**
 * Writes instants as `2026-11-22T09:00:00.123Z`. A server writes many in the same second: what stands in front of the
 * milliseconds is kept from one to the next.
 *
 * @returns takes milliseconds since 1970, a whole number from then on
 */
export function isoTimestamps(): (epochMs: number) => string {
  let keptSecond = -1;
  let keptText = '';
  return (epochMs) => {
    const second = Math.floor(epochMs / 1000);
    if (second !== keptSecond) {
      keptSecond = second;
      keptText = new Date(second * 1000).toISOString().slice(0, -'000Z'.length);
    }
    return `${keptText}${String(epochMs % 1000).padStart(3, '0')}Z`;
  };
}
