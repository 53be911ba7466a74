import type { CheckExchange } from './check-report.ts';
import type { Probe, Session } from './probe.ts';

/** Asks what several requirements are about once in each check; each of them shows the exchanges. */
export function once<Result>(ask: (probe: Probe) => Promise<Result>): (probe: Probe) => Promise<Result> {
  const known = new WeakMap<Session, { readonly result: Result; readonly exchanges: readonly CheckExchange[] }>();
  return async (probe) => {
    const before = known.get(probe.session);
    if (before !== undefined) {
      probe.exchanges.push(...before.exchanges);
      return before.result;
    }
    const from = probe.exchanges.length;
    const result = await ask(probe);
    known.set(probe.session, { result, exchanges: probe.exchanges.slice(from) });
    return result;
  };
}
