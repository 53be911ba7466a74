import { didYouMean } from '@oaa-kit/oaa';
import { isLoopback, isSecretReference } from '@oaa-kit/oaa/settings';
import { type ProviderManifest, scimKeys } from '../manifest-schema.ts';
import { type Part, source } from './part.ts';

type Configuration = NonNullable<ProviderManifest['configuration']>;

const urlRule = `${source.configuration}: scim_url`;

/** What is wrong with the form of a URL, if anything. */
function formProblem(text: string): string | undefined {
  if (isSecretReference(text)) return 'takes no reference: write the URL itself';
  const url = /\s/.test(text) || !URL.canParse(text) ? undefined : new URL(text);
  if (url === undefined) return 'is not a URL such as https://api.example.com/scim/v2';
  return url.protocol === 'https:' || url.protocol === 'http:' ? undefined : 'must begin with https://';
}

function checkUrl(text: string, { report, allowHttp }: Part): void {
  const path = ['configuration', 'scim_url'];
  const refuse = (code: string, message: string): void => report.error(code, path, `${message} (${urlRule})`);
  const problem = formProblem(text);
  if (problem !== undefined) {
    refuse('scim-url-invalid', problem);
    return;
  }
  const url = new URL(text);
  if (/[?#]/.test(text)) refuse('scim-url-invalid', 'holds a query or a fragment: give the base URL only');
  const ending = /\/(Users|Groups)\/*$/i.exec(url.pathname)?.[1];
  if (ending !== undefined) {
    refuse('scim-url-invalid', `ends with /${ending}: give the base URL without /Users or /Groups`);
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    const danger = `begins with http://, so that the credential goes to ${url.host} unencrypted`;
    if (allowHttp) report.warning('scim-url-unencrypted', path, danger);
    else refuse('scim-url-unencrypted', `${danger}: use https://, or allow it with --allow-http`);
  }
}

/** A path below the base URL. */
function checkEndpoints(configuration: Configuration, { report }: Part): void {
  const paths = { users_endpoint: 'Users', groups_endpoint: 'Groups' } as const;
  const found = Object.entries(paths).map(([key, usual]) => {
    const text = configuration[key as keyof typeof paths];
    const path = (text ?? usual).replace(/^\/+|\/+$/g, '');
    const isPath = /^[A-Za-z0-9._~/-]+$/.test(path) && !path.split('/').some((segment) => /^\.{0,2}$/.test(segment));
    if (text !== undefined && !isPath) {
      const message = `is no path below scim_url, such as ${usual} (${source.configuration}: ${key})`;
      report.error('endpoint-invalid', ['configuration', key], message);
    }
    return path;
  });
  if (found[0] !== found[1]) return;
  const key = configuration.groups_endpoint === undefined ? 'users_endpoint' : 'groups_endpoint';
  report.error('endpoint-invalid', ['configuration', key], 'is the same for users and groups');
}

/** One of scim_token or the pair of username and password. */
function checkCredentials({ scim_token: token, username, password }: Configuration, { report }: Part): void {
  const rule = `${source.configuration}: scim_token, username, password`;
  const path = ['configuration'];
  if (token === undefined && username === undefined && password === undefined) {
    const message = `has no credential: give scim_token, or username and password (${rule})`;
    report.error('credential-missing', path, message);
  } else if (username === undefined && password !== undefined) {
    report.error('credential-half', [...path, 'password'], `stands without username (${rule})`);
  } else if (username !== undefined && password === undefined) {
    report.error('credential-half', [...path, 'username'], `stands without password (${rule})`);
  } else if (token !== undefined && username !== undefined) {
    report.warning('credential-twice', path, 'has scim_token as well as username and password: one of them is enough');
  }
  // RFC 7617 s2: the first colon ends the user name.
  if (username !== undefined && !isSecretReference(username) && /[:\p{Cc}]/u.test(username)) {
    report.error('credential-invalid', [...path, 'username'], 'holds a colon or a control character (RFC 7617 s2)');
  }
}

/** `configuration` of a provider that is reached over SCIM. */
export function checkScimConfiguration(part: Part): void {
  const { manifest, report } = part;
  const { configuration } = manifest;
  if (configuration === undefined || manifest.external_lifecycle_management_type !== 'SCIM') return;
  for (const key of Object.keys(configuration).filter((one) => !scimKeys.includes(one))) {
    const meant = didYouMean(key, scimKeys) || ` Known here: ${scimKeys.join(', ')}.`;
    report.error('unknown-key', ['configuration', key], `is an unknown key.${meant}`);
  }
  const { scim_url: url } = configuration;
  if (url === undefined) report.error('scim-url-missing', ['configuration'], `has no scim_url (${urlRule})`);
  else checkUrl(url, part);
  checkEndpoints(configuration, part);
  checkCredentials(configuration, part);
}
