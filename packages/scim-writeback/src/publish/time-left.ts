/** How long to wait for a time. One that is farther away than it can be is of a clock that was set back: not at all. */
export function timeLeft(time: number | undefined, now: number, mostMs: number): number {
  const ms = time === undefined ? 0 : time - now;
  return ms > mostMs ? 0 : Math.max(0, ms);
}
