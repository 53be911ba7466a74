import type { IncomingMessage } from 'node:http';

/** What the server in front of the service knows of a body that is still to come. */
const askers = new WeakMap<IncomingMessage, () => void>();
const refusals = new WeakMap<IncomingMessage, BodyRefusal>();

export interface BodyRefusal {
  readonly status: number;
  readonly detail: string;
}

/** The client sends the body only when it is asked for it: `Expect: 100-continue`. RFC 9110 s10.1.1. */
export function awaitContinue(request: IncomingMessage, askFor: () => void): void {
  askers.set(request, askFor);
}

/** Asks a client that waits for it to send the body. */
export function askForBody(request: IncomingMessage): void {
  askers.get(request)?.();
  askers.delete(request);
}

/** Notes what the client was told while its body was still to come: nothing else may come of the request. */
export function refuseBody(request: IncomingMessage, refusal: BodyRefusal): void {
  refusals.set(request, refusal);
}

export function refusalOfBody(request: IncomingMessage): BodyRefusal | undefined {
  return refusals.get(request);
}
