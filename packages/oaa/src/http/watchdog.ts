/** A timer that barks when it has not been touched for a while. */
export interface Watchdog {
  touch(): void;
  stop(): void;
}

export function createWatchdog(timeoutMs: number, bark: () => void): Watchdog {
  let timer = setTimeout(bark, timeoutMs);
  return {
    touch: () => {
      clearTimeout(timer);
      timer = setTimeout(bark, timeoutMs);
    },
    stop: () => clearTimeout(timer),
  };
}
