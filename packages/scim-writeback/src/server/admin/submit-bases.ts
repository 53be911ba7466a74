import { UsageError } from '@oaa-kit/oaa';
import { Refusal } from '../refusal.ts';
import type { Query } from '../steps/query.ts';
import type { AdminEndpoint } from './admin-exchange.ts';
import { acceptedBaseDocument } from './base-documents.ts';
import { parsePayload } from './parse-payload.ts';
import { readPayloadText } from './read-payload-text.ts';
import { type ApplicationOf, requireApplication } from './require-application.ts';

/** Each holds a payload several times: as text, as values, and packed. */
const mostAtOnce = 2;
const busySeconds = '10';

/**
 * `POST /bases`: merges a base. The label of the credential is who submits it.
 *
 * @param payloadBytes that a payload may have once it is unpacked
 * @param applicationOf left out where the bases of an organization may be of any one application
 */
export function submitBases(payloadBytes: number, applicationOf: ApplicationOf | undefined): AdminEndpoint {
  let underWay = 0;
  return {
    scope: 'base:write',
    parameters: ['asOf', 'maxRemovalPercent'],
    async handle({ directory, principal, query, request }) {
      const options = { actor: principal.label, asOf: query.get('asOf'), maxRemovalPercent: percentOf(query) };
      if (underWay >= mostAtOnce) {
        throw new Refusal(503, undefined, 'Other bases are being merged; this one was not read. Repeat the request.', {
          'retry-after': busySeconds,
        });
      }
      underWay += 1;
      try {
        const payload = await parsePayload(await readPayloadText(request, payloadBytes));
        if (applicationOf !== undefined) requireApplication(payload, principal.organization, applicationOf);
        const accepted = await directory.bases(principal.organization).submit(payload, options);
        return { status: 200, body: JSON.stringify(acceptedBaseDocument(accepted)) };
      } finally {
        underWay -= 1;
      }
    },
  };
}

/** @throws UsageError for what is no number; whether it is a percentage is asked where it is used */
function percentOf(query: Query): number | undefined {
  const text = query.get('maxRemovalPercent');
  if (text === undefined) return undefined;
  if (/^-?\d{1,9}(?:\.\d{1,9})?$/.test(text)) return Number(text);
  throw new UsageError('usage', 'maxRemovalPercent is not a percentage from 0 to 100.');
}
