import { exitCodes } from '@oaa-kit/oaa';
import { type CommandBody, printJson } from '@oaa-kit/oaa/cli';
import { checkEndpoint } from '../../check/check-endpoint.ts';
import { printReportEnd, printResult } from '../check/print-check.ts';
import { checkPatience, connectionOf } from '../connection.ts';
import { serviceAuth, serviceWords } from '../service-credential.ts';
import type { checkOptions } from './check.ts';

const exitCodeOf = {
  passed: exitCodes.done,
  failed: exitCodes.differences,
  unreachable: exitCodes.unreachable,
} as const;

/** Checks an endpoint; each requirement is printed when it is known what became of it. */
export const runCheck: CommandBody<typeof checkOptions> = async (context, { options, positionals }) => {
  const url = String(positionals.url);
  // Whatever is sent again but after 429 would hide a fault.
  const patience = { timeout: options.timeout, retries: 0 };
  checkPatience(patience);
  const { retryPolicy: _, ...connection } = await connectionOf(context, { ...options, ...patience, url });
  const report = await checkEndpoint({
    url,
    auth: await serviceAuth(context, options),
    usersEndpoint: options['users-endpoint'],
    groupsEndpoint: options['groups-endpoint'],
    extensionSchemas: options['extension-schemas'],
    readOnly: options['read-only'],
    userDomain: options['user-domain'],
    ...connection,
    words: serviceWords('the URL'),
    ...(!context.json && { onResult: (result) => printResult(context, result) }),
  });
  if (context.json) printJson(context, { ...report });
  else printReportEnd(context, report);
  return exitCodeOf[report.outcome];
};
