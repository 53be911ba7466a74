import { UnreachableError } from '@oaa-kit/oaa';
import type { CheckExchange } from './check-report.ts';
import { answered, notTried, succeeded } from './judge.ts';
import type { Confirmed, Made } from './made.ts';
import { hasId, nameAttributes } from './made.ts';
import { idOf } from './scim-answers.ts';
import { type PatchStep, patchBody } from './sent-bodies.ts';
import { showsName } from './shows-name.ts';
import type { Answer, CheckRequest, Wire } from './wire.ts';

/** What all requirements of one check share. */
export interface Session {
  readonly wire: Wire;
  readonly readOnly: boolean;
  readonly signal: AbortSignal | undefined;
  /** Everything that was made, or may have been. */
  readonly made: Made[];
  /** A name that nobody else has. */
  newName(kind: 'user' | 'group' | 'nobody', middle?: string): string;
  /** Makes text of the other side fit for a report: without secrets, cut. */
  show(text: string): string;
  /** Told of every answer. */
  heard(): void;
}

/** How a requirement asks the endpoint. Whatever it asks is kept to be shown. */
export class Probe {
  readonly session: Session;
  readonly exchanges: CheckExchange[] = [];

  constructor(session: Session) {
    this.session = session;
  }

  get readOnly(): boolean {
    return this.session.readOnly;
  }

  async send(request: CheckRequest): Promise<Answer> {
    const { wire, signal, show } = this.session;
    const described = wire.describe(request);
    const document = { ...described, path: show(described.path) };
    const at = this.exchanges.push({ request: document }) - 1;
    const answer = await wire.send(request, request.method === 'POST' ? delayed(signal) : signal);
    this.session.heard();
    // What is not shown is not searched for secrets; what is cut here ends far behind what is shown.
    this.exchanges[at] = {
      request: document,
      answer: { status: answer.status, body: show(answer.text.slice(0, 20_000)) },
    };
    return answer;
  }

  list(endpoint: CheckRequest['endpoint'], query?: CheckRequest['query']): Promise<Answer> {
    return this.send({ method: 'GET', endpoint, query });
  }

  read({ endpoint, id }: Pick<Confirmed, 'endpoint' | 'id'>): Promise<Answer> {
    return this.send({ method: 'GET', endpoint, id });
  }

  patch({ endpoint, id }: Confirmed, operation: PatchStep, contentType?: string): Promise<Answer> {
    return this.send({ method: 'PATCH', endpoint, id, body: patchBody([operation]), contentType });
  }

  patchAll({ endpoint, id }: Confirmed, operations: readonly PatchStep[]): Promise<Answer> {
    return this.send({ method: 'PATCH', endpoint, id, body: patchBody(operations) });
  }

  delete({ endpoint, id }: Confirmed): Promise<Answer> {
    return this.send({ method: 'DELETE', endpoint, id });
  }

  /** Sends a POST, and keeps in mind that what comes of it has to go. */
  async post(
    endpoint: Made['endpoint'],
    body: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly answer: Answer; readonly made: Made }> {
    const made: Made = {
      endpoint,
      name: String(body[nameAttributes[endpoint]]),
      id: undefined,
      confirmed: false,
      outcome: undefined,
    };
    this.session.made.push(made);
    try {
      const answer = await this.send({ method: 'POST', endpoint, body });
      made.outcome = outcomeOf(answer);
      if (made.outcome === 'made') made.id = idOf(answer);
      return { answer, made };
    } catch (error) {
      if (error instanceof UnreachableError && !error.mayHaveBeenReceived) made.outcome = 'nothing';
      throw error;
    }
  }

  /**
   * What was made, once the endpoint has shown it with its name. Only such is changed or deleted: an id that is not the
   * one of what was made would be somebody else's.
   *
   * @throws NotTried
   */
  async confirm({ answer, made }: { readonly answer: Answer; readonly made: Made }): Promise<Confirmed> {
    const kind = made.endpoint === 'Users' ? 'user' : 'group';
    if (answer.status === 401 || answer.status === 403) {
      notTried(`the credential may not make a ${kind}`, kind === 'user' ? 'credential-writes' : 'group-create');
    }
    if (!hasId(made)) return notTried(`no ${kind} could be made`, `${kind}-create`);
    if (!made.confirmed) {
      made.confirmed = showsName(await this.read(made), made);
      if (!made.confirmed) notTried(`a ${kind} that was made cannot be read`, `${kind}-read`);
    }
    return made;
  }

  /** The state of something after a change that was answered well. */
  async readBack(made: Confirmed): Promise<Answer> {
    const answer = await this.read(made);
    if (answer.status === 200) return answer;
    return notTried(
      `it cannot be read afterwards: ${answered(answer)}`,
      made.endpoint === 'Users' ? 'user-read' : 'group-read',
    );
  }
}

function outcomeOf(answer: Answer): NonNullable<Made['outcome']> {
  if (succeeded(answer)) return 'made';
  return answer.status >= 400 && answer.status < 500 ? 'nothing' : 'failed';
}

/** How long the answer to a POST is waited for when the check is aborted: it tells what has to be deleted. */
const graceMs = 5_000;

function delayed(signal: AbortSignal | undefined): AbortSignal | undefined {
  if (signal === undefined || signal.aborted) return signal;
  const later = new AbortController();
  const abort = (): void => later.abort();
  signal.addEventListener('abort', () => setTimeout(abort, graceMs).unref(), { once: true });
  return later.signal;
}
