import { RemoteError, UnreachableError } from '@oaa-kit/oaa';
import type { ScimClient } from '../client/scim-client.ts';
import type { ScimRequest } from '../client/scim-request.ts';
import type { ScimAnswer } from '../client/scim-resource.ts';
import type { ActionOptions, ActionOutcome, ActionResult, ActionStep } from './action.ts';

/** The requests of one action on their way, each told as a step. */
export interface ActionSession {
  readonly client: ScimClient;
  /** Sends a request that changes nothing. */
  readonly read: (request: ScimRequest) => Promise<ScimAnswer>;
  /** Sends a request that changes something; undefined in a dry run, where it is not sent. */
  readonly change: (request: ScimRequest) => Promise<ScimAnswer | undefined>;
  readonly end: (outcome: ActionOutcome, id: string | undefined, userName?: string) => ActionResult;
}

function failedStep(request: ActionStep['request'], error: unknown): ActionStep {
  const status = error instanceof RemoteError || error instanceof UnreachableError ? error.status : undefined;
  return status === undefined ? { request, outcome: 'no-answer' } : { request, outcome: 'refused', status };
}

export function startAction(client: ScimClient, { dryRun = false, onStep }: ActionOptions = {}): ActionSession {
  const steps: ActionStep[] = [];
  const tell = (step: ActionStep): void => {
    steps.push(step);
    onStep?.(step);
  };
  async function send(request: ScimRequest): Promise<ScimAnswer> {
    const document = client.describe(request);
    let answer: ScimAnswer;
    try {
      answer = await client.send(request);
    } catch (error) {
      tell(failedStep(document, error));
      throw error;
    }
    tell({ request: document, outcome: 'answered', status: answer.status });
    return answer;
  }
  return {
    client,
    read: send,
    change: async (request) => {
      if (!dryRun) return send(request);
      tell({ request: client.describe(request), outcome: 'not-sent' });
      return undefined;
    },
    end: (outcome, id, userName) => ({ outcome, id, ...(userName !== undefined && { userName }), dryRun, steps }),
  };
}
