import type { ApplicationOperation } from '../directory/write-back.ts';
import type { AdapterAnswer, AdapterCall, ApplicationAdapter, ProbeAnswer } from './adapter.ts';

/** Where the process is killed in a call of the adapter. */
export type CallCrash = 'before the call' | 'during the call' | 'after the call';

export function killSelf(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
}

/** The adapter of `test-file-application.ts`. It either looks what was done, or has it done again. */
export class RemoteAdapter implements ApplicationAdapter {
  readonly name = 'remote application';
  readonly repeatable: boolean;
  readonly probe?: (operation: ApplicationOperation, call: AdapterCall) => Promise<ProbeAnswer>;
  readonly #url: string;
  readonly #crash: CallCrash | undefined;

  constructor(url: string, repeatable: boolean, crash?: CallCrash) {
    this.#url = url;
    this.repeatable = repeatable;
    this.#crash = crash;
    if (!repeatable) {
      this.probe = async (operation, call) => (await this.#post('/probe', operation, call)) as ProbeAnswer;
    }
  }

  async apply(operation: ApplicationOperation, call: AdapterCall): Promise<AdapterAnswer> {
    if (this.#crash === 'before the call') await killSelf();
    if (this.#crash === 'during the call') {
      void this.#post('/apply', operation, call, { 'x-when': 'gone' });
      setTimeout(killSelf, 100);
      return new Promise(() => {});
    }
    const answer = await this.#post('/apply', operation, call);
    if (this.#crash === 'after the call') await killSelf();
    return answer as AdapterAnswer;
  }

  async #post(
    path: string,
    operation: ApplicationOperation,
    { idempotencyKey, attempt, signal }: AdapterCall,
    headers: Record<string, string> = {},
  ): Promise<unknown> {
    const body = JSON.stringify({ operation, idempotencyKey, attempt });
    return (await fetch(this.#url + path, { method: 'POST', body, signal, headers })).json();
  }
}
