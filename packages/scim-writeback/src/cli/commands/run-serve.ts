import { once } from 'node:events';
import { UsageError } from '@oaa-kit/oaa';
import { type CommandBody, type CommandContext, type OptionValues, printJson, printLine } from '@oaa-kit/oaa/cli';
import { isLoopback, resolveSecret } from '@oaa-kit/oaa/settings';
import type { StoredCredential } from '../../directory/credentials.ts';
import { createAuthenticator } from '../../server/auth/create-authenticator.ts';
import { givenBasic, givenToken } from '../../server/auth/given-credentials.ts';
import { createRateLimiter } from '../../server/rate-limiter.ts';
import { type ScimServerOptions, startScimServer } from '../../server/standalone.ts';
import { createServerLog } from '../../server/standalone-log.ts';
import { openWriteBack } from '../config/open-write-back.ts';
import { defaultOrganization } from '../database-option.ts';
import { ensureOrganization, withDirectory } from '../open-database.ts';
import type { serveOptions } from './serve.ts';

type ServeOptions = OptionValues<typeof serveOptions>;

const organization = defaultOrganization;

/** The credentials of the command line, whose secrets come from references. */
async function givenCredentials(context: CommandContext, options: ServeOptions): Promise<readonly StoredCredential[]> {
  const { cwd, env, signal } = context;
  const read = async (reference: string): Promise<string> => {
    const secret = await resolveSecret(reference, { cwd, env, signal, allowCommands: options['allow-commands'] });
    context.hideSecret(secret);
    return secret;
  };
  const { token: tokens = [], 'basic-user': userName, 'basic-password': password } = options;
  if ((userName === undefined) !== (password === undefined)) {
    throw new UsageError('usage', 'Of --basic-user and --basic-password one is missing: Basic takes both.');
  }
  const given: StoredCredential[] = [];
  for (const [index, reference] of tokens.entries()) {
    const label = index === 0 ? 'given-token' : `given-token-${index + 1}`;
    given.push(givenToken(await read(reference), { organization, label }));
  }
  if (userName !== undefined && password !== undefined) {
    given.push(await givenBasic(userName, await read(password), { organization, label: 'given-basic' }));
  }
  return given;
}

/** Without a base URL, locations are made of what clients call the server: anybody who reaches it could choose it. */
function checkReach({ host, 'base-url': baseUrl, 'trusted-proxy': proxies = [] }: ServeOptions): void {
  if (isLoopback(host) || baseUrl !== undefined || proxies.length > 0) return;
  throw new UsageError('setting-missing', `--host ${host} lets other machines in, which need to know one URL.`, {
    hint: 'Give --base-url with the URL that clients are configured with, or --trusted-proxy for a proxy that tells it.',
  });
}

/** The service strips `/v2` itself, so that clients may be configured with or without it. */
function mountPathOf({ 'mount-path': mountPath, 'base-url': baseUrl }: ServeOptions): string | undefined {
  if (mountPath !== undefined || baseUrl === undefined || !URL.canParse(baseUrl)) return mountPath;
  return new URL(baseUrl).pathname.replace(/\/+$/, '').replace(/\/v2$/, '');
}

function rateLimiterOf({ 'rate-limit': ratePerSecond }: ServeOptions) {
  if (ratePerSecond === 0) return undefined;
  if (ratePerSecond > 0) return createRateLimiter({ ratePerSecond });
  throw new UsageError('setting-invalid', `--rate-limit takes a number of requests, not ${ratePerSecond}.`);
}

/** Serves until the signal comes, then finishes what is under way: exit 0. */
export const runServe: CommandBody<typeof serveOptions> = async (context, { options }) => {
  checkReach(options);
  const rateLimiter = rateLimiterOf(options);
  const given = await givenCredentials(context, options);
  const logLevel = context.quiet ? 'error' : 'info';
  // A new database has no credential: without a given one, a missing file is a mistake in its name.
  await withDirectory(context, options.database, given.length > 0 ? 'make' : 'refuse', async (directory) => {
    if (given.length > 0) await ensureOrganization(directory, organization);
    const authenticator = await createAuthenticator({ credentials: directory.credentials, given, now: context.now });
    const { logger } = await createServerLog(context.stderr, logLevel);
    const writeBack = await openWriteBack(context, directory, { allowCommands: options['allow-commands'], logger });
    try {
      const publish = () => writeBack?.publish();
      await serveUntilSignal(context, publish, {
        directory: writeBack?.directory ?? directory,
        publications: writeBack && directory.publications,
        authenticator,
        port: options.port,
        host: options.host,
        baseUrl: options['base-url'],
        mountPath: mountPathOf(options),
        adminPath: options['admin-path'],
        applicationOf: writeBack?.applicationOf ?? (() => undefined),
        trustedProxies: options['trusted-proxy'],
        metricsFrom: options['metrics-from'],
        rateLimiter,
        log: context.stderr,
        logLevel,
      });
    } finally {
      await writeBack?.close();
    }
  });
};

async function serveUntilSignal(
  context: CommandContext,
  onListening: () => void,
  options: ScimServerOptions,
): Promise<void> {
  const server = await startScimServer(options);
  try {
    onListening();
    const { url, adminUrl } = server;
    if (context.json) printJson(context, { url, ...(adminUrl !== undefined && { adminUrl }) });
    else {
      printLine(context, `SCIM service listening at ${url}`);
      if (adminUrl !== undefined) printLine(context, `Administration API at ${adminUrl}`);
    }
    if (!context.signal.aborted) await once(context.signal, 'abort');
  } finally {
    await server.close();
  }
}
