import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OaaError } from '../errors/index.ts';
import { everythingShown, rejection, testApiKey, testCertificate } from '../http/test-support.ts';
import type { TenantFlags } from './tenant-flags.ts';
import { loadTenantSettings, type TenantSettings } from './tenant-settings.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'oaa-settings-'));
});
afterEach(() => rm(cwd, { recursive: true }));

const write = (name: string, text: string): Promise<void> => writeFile(join(cwd, name), text);
const load = (env: Record<string, string>, flags: TenantFlags = {}): Promise<TenantSettings> =>
  loadTenantSettings({ env, flags, cwd });
const enough = { VEZA_URL: 'acme.vezacloud.com', VEZA_API_KEY: testApiKey };

async function refusal(env: Record<string, string>, flags: TenantFlags = {}): Promise<OaaError> {
  const error = await rejection(load(env, flags));
  expect(error).toMatchObject({ name: 'UsageError', exitCode: 2 });
  expect(everythingShown(error)).not.toContain(testApiKey);
  return error;
}

describe('loadTenantSettings', () => {
  test('looks into the environment of the process when nothing else is given', async () => {
    vi.stubEnv('VEZA_URL', 'acme.vezacloud.com');
    vi.stubEnv('VEZA_API_KEY', testApiKey);
    try {
      expect(await loadTenantSettings()).toMatchObject({ url: 'https://acme.vezacloud.com', apiKey: testApiKey });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test('the variables of the Python SDK are enough', async () => {
    expect(await load(enough)).toEqual({
      url: 'https://acme.vezacloud.com',
      apiKey: testApiKey,
      timeoutMs: 300_000,
      retries: 10,
      tls: { ca: undefined, verify: true },
      caFile: undefined,
      unsafeHttps: false,
      proxyUrl: undefined,
      origins: {
        url: 'environment',
        apiKey: 'environment',
        timeoutSeconds: 'default',
        retries: 'default',
        caFile: 'default',
        proxy: 'default',
        unsafeHttps: 'default',
      },
    });
  });

  test('a flag wins over the environment, that over .env, that over oaa.config.yaml', async () => {
    await write(
      'oaa.config.yaml',
      'tenant:\n  url: d.example.com\n  retries: 1\n  timeoutSeconds: 1\n  apiKey: env:KEY\n',
    );
    await write('.env', 'VEZA_URL=c.example.com\nOAA_API_RETRIES=2\nOAA_API_TIMEOUT="2"\nKEY=from-env-file\n');
    const environment = { VEZA_URL: 'b.example.com', OAA_API_RETRIES: '3' };
    const settings = await load(environment, { url: 'a.example.com' });
    expect(settings).toMatchObject({
      url: 'https://a.example.com',
      retries: 3,
      timeoutMs: 2_000,
      apiKey: 'from-env-file',
    });
    expect(settings.origins).toMatchObject({
      url: 'flag',
      retries: 'environment',
      timeoutSeconds: '.env',
      apiKey: 'config',
    });
  });

  test('a tenant that a document names counts where no URL is set, and its key belongs to it', async () => {
    const fallback = { url: 'other.vezacloud.com', apiKey: 'env:OTHER_KEY', where: 'provider.yaml:3:8' };
    const env = { VEZA_API_KEY: testApiKey, OTHER_KEY: 'key-of-the-other' };
    expect(await loadTenantSettings({ env, cwd, fallback })).toMatchObject({
      url: 'https://other.vezacloud.com',
      apiKey: 'key-of-the-other',
    });
    expect(await loadTenantSettings({ env: { ...env, ...enough }, cwd, fallback })).toMatchObject({
      url: 'https://acme.vezacloud.com',
      apiKey: testApiKey,
    });
    const keyless = { ...fallback, apiKey: undefined };
    expect(await loadTenantSettings({ env, cwd, fallback: keyless })).toMatchObject({ apiKey: testApiKey });
    const missing = await rejection(loadTenantSettings({ env: {}, cwd, fallback }));
    expect(missing.message).toContain('provider.yaml:3:8: The environment variable OTHER_KEY');
  });

  test('an empty variable counts as not given', async () => {
    await write('.env', `VEZA_API_KEY=${testApiKey}\n`);
    expect((await load({ VEZA_URL: 'a.example.com', VEZA_API_KEY: '' })).origins.apiKey).toBe('.env');
  });

  test('everything that is missing is told at once, with every way to set it', async () => {
    expect(await refusal({})).toMatchObject({
      code: 'setting-missing',
      message: `2 settings are missing or wrong:
  The tenant's URL is missing: set --url, VEZA_URL (environment or .env) or tenant.url (oaa.config.yaml).
  The API key is missing: set --api-key, VEZA_API_KEY (environment or .env) or tenant.apiKey (oaa.config.yaml).`,
      hint: 'A flag wins over the environment, then .env, then oaa.config.yaml.',
    });
  });

  test('everything that is wrong is told at once, with where it stands', async () => {
    await write('oaa.config.yaml', 'tenant:\n  proxy: socks5://a\n');
    await write('.env', 'VEZA_UNSAFE_HTTPS=maybe\n');
    const env = {
      VEZA_URL: 'http://a.example.com',
      OAA_API_TIMEOUT: '10s',
      OAA_API_RETRIES: '1.5',
      OAA_CA_FILE: 'none.pem',
    };
    const error = await refusal({ ...env, VEZA_API_KEY: `${testApiKey}\n` });
    expect(error.message).toBe(`7 settings are missing or wrong:
  VEZA_URL begins with http://, which would send the API key to a.example.com unencrypted; use https://.
  VEZA_API_KEY gives an API key with blanks or line breaks inside (not shown).
  OAA_API_TIMEOUT must be a number of seconds, more than 0 and at most 86400.
  OAA_API_RETRIES must be a whole number from 0 to 100.
  OAA_CA_FILE names ${join(cwd, 'none.pem')}, which does not exist.
  VEZA_UNSAFE_HTTPS in .env must be true or false.
  tenant.proxy (oaa.config.yaml:2:10) must be an http:// or https:// URL such as http://proxy.example.com:8080.`);
    expect(error.code).toBe('setting-invalid');
  });

  test('an API key on the command line is refused and not shown', async () => {
    expect((await refusal(enough, { apiKey: testApiKey })).message).toBe(
      '--api-key must be a reference (env:NAME, file:path or cmd:program), never the key itself.',
    );
  });

  test('an API key in the settings file is refused with its place and not shown', async () => {
    await write('oaa.config.yaml', `tenant:\n  url: a.example.com\n  apiKey: ${testApiKey}\n`);
    expect((await refusal({})).message).toBe(
      'oaa.config.yaml:3:11: "tenant.apiKey": a secret does not belong into this file; write env:NAME, file:path or cmd:program',
    );
  });

  test('a reference that leads nowhere is told with its place', async () => {
    await write('oaa.config.yaml', 'tenant:\n  url: a.example.com\n  apiKey: env:NOPE\n');
    expect((await refusal({})).message).toBe(
      'tenant.apiKey (oaa.config.yaml:3:11): The environment variable NOPE of the reference env:NOPE is not set. Set NOPE, or point the reference somewhere else.',
    );
  });

  test('a program runs only when that is allowed', async () => {
    await write('oaa.config.yaml', `tenant:\n  url: a.example.com\n  apiKey: cmd:${process.execPath} -p 40+2\n`);
    expect((await refusal({})).message).toContain('would run a program, which is not allowed here.');
    expect((await load({}, { allowCommands: true })).apiKey).toBe('42');
    expect((await load({ OAA_ALLOW_COMMANDS: 'true' })).apiKey).toBe('42');
  });

  test('.env cannot allow programs to run', async () => {
    await write('.env', 'OAA_ALLOW_COMMANDS=true\n');
    await write('oaa.config.yaml', `tenant:\n  url: a.example.com\n  apiKey: cmd:${process.execPath} -p 42\n`);
    expect((await refusal({})).message).toContain('not allowed here');
  });

  test('an unknown key comes with its place and the nearest name', async () => {
    await write('oaa.config.yaml', 'tenant:\n  url: a.example.com\n  timeoutSecond: 5\npack: [x]\n');
    expect((await refusal(enough)).message).toBe(
      'oaa.config.yaml:4:1: unknown key "pack". Did you mean "packs"?\noaa.config.yaml:3:3: unknown key "tenant.timeoutSecond". Did you mean "timeoutSeconds"?'
        .split('\n')
        .sort()
        .join('\n'),
    );
  });

  test('keys of other packs are theirs', async () => {
    await write('oaa.config.yaml', 'packs: ["@acme/pack"]\nwriteBack:\n  anything: 1\n');
    expect((await load(enough)).url).toBe('https://acme.vezacloud.com');
  });

  test('a settings file that was asked for must be there', async () => {
    expect((await refusal(enough, { config: 'other.yaml' })).message).toBe(
      'The settings file other.yaml cannot be read: there is no such file.',
    );
  });

  test('a folder in place of a settings file', async () => {
    await mkdir(join(cwd, 'oaa.config.yaml'));
    expect((await refusal(enough)).message).toBe(
      `The file ${join(cwd, 'oaa.config.yaml')} cannot be read: it is a folder.`,
    );
  });

  test('a certificate authority file is read', async () => {
    const { cert } = await testCertificate();
    await write('ca.pem', cert);
    expect(await load(enough, { caFile: 'ca.pem' })).toMatchObject({
      caFile: join(cwd, 'ca.pem'),
      tls: { ca: cert, verify: true },
    });
    await write('not.pem', 'hello');
    expect((await refusal(enough, { caFile: 'not.pem' })).message).toContain('which holds no PEM certificate');
  });

  test('VEZA_UNSAFE_HTTPS=true switches verification off', async () => {
    expect((await load({ ...enough, VEZA_UNSAFE_HTTPS: 'true' })).tls.verify).toBe(false);
  });

  test('the proxy: flag, then HTTPS_PROXY and NO_PROXY, then the settings file', async () => {
    await write('oaa.config.yaml', 'tenant:\n  proxy: http://config:1\n');
    const withProxy = { ...enough, HTTPS_PROXY: 'http://kim:pw@env:2' };
    expect((await load(withProxy, { proxy: 'flag:3' })).proxyUrl).toBe('http://flag:3');
    expect((await load(withProxy)).proxyUrl).toBe('http://kim:pw@env:2');
    expect((await load({ ...withProxy, NO_PROXY: '.vezacloud.com' })).proxyUrl).toBeUndefined();
    expect((await load(enough)).proxyUrl).toBe('http://config:1');
    expect((await refusal(enough, { proxy: 'http://kim:pw-on-line@a:1' })).message).toBe(
      '--proxy holds a password, which belongs into HTTPS_PROXY in the environment (not shown).',
    );
  });
});
