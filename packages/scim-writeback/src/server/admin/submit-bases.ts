import { UsageError } from '@oaa-kit/oaa';
import { parseAsOf } from '../../base/merge/as-of.ts';
import { removalLimits } from '../../base/refuse-removals.ts';
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
      const { organization, label: actor } = principal;
      const application = applicationOf && requireApplication(organization, applicationOf);
      const options = { actor, asOf: asOfIn(query), maxRemovalPercent: percentIn(query), application };
      if (underWay >= mostAtOnce) {
        throw new Refusal(503, undefined, 'Other bases are being merged; this one was not read. Repeat the request.', {
          'retry-after': busySeconds,
        });
      }
      underWay += 1;
      try {
        const payload = await parsePayload(await readPayloadText(request, payloadBytes));
        const accepted = await directory.bases(organization).submit(payload, options);
        return { status: 200, body: JSON.stringify(acceptedBaseDocument(accepted)) };
      } finally {
        underWay -= 1;
      }
    },
  };
}

/** @throws UsageError before the body is read for what is refused with any payload */
function asOfIn(query: Query): string | undefined {
  const text = query.get('asOf');
  if (text !== undefined) parseAsOf(text);
  return text;
}

/** @throws UsageError likewise */
function percentIn(query: Query): number | undefined {
  const text = query.get('maxRemovalPercent');
  if (text === undefined) return undefined;
  if (/^-?\d{1,9}(?:\.\d{1,9})?$/.test(text)) return removalLimits(Number(text)).maxRemovalPercent;
  throw new UsageError('usage', 'maxRemovalPercent is not a percentage from 0 to 100.');
}
