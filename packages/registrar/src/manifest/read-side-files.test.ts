import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { beforeAll, describe, expect, test } from 'vitest';
import { readManifests } from './index.ts';
import { refusal, testNow } from './test-manifest.ts';

const rule = '(rule: OAA with SCIM Lifecycle Management, Configuration JSON Parameters: ca_certificate)';
const dayMs = 86_400_000;

async function certificate(name: string, fromDays: number, toDays: number): Promise<string> {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    notBeforeDate: new Date(testNow.getTime() + fromDays * dayMs),
    notAfterDate: new Date(testNow.getTime() + toDays * dayMs),
  });
  return made.cert.trim();
}

let folder: string;
let good: string;
let expired: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'manifest-files-'));
  good = await certificate('good', -10, 365);
  expired = await certificate('expired', -20, -1);
});

/** The certificate as it goes out, and what is said of it. */
async function read(caCertificate: string, more: Readonly<Record<string, unknown>> = {}) {
  const value = {
    name: 'Portal',
    custom_template: 'application',
    provisioning: true,
    external_lifecycle_management_type: 'SCIM',
    configuration: {
      scim_url: 'https://api.example.com/scim/v2',
      scim_token: 'env:SCIM_TOKEN',
      ca_certificate: caCertificate,
    },
    ...more,
  };
  const reading = readManifests([{ value }], { cwd: folder, now: () => testNow });
  const problems = await reading.then(
    ({ warnings }) => warnings,
    () => refusal(reading).then((error) => error.problems),
  );
  const provider = await reading.then(({ providers }) => providers[0]).catch(() => undefined);
  return { provider, problems: problems.map(({ code, message }) => `${code} ${message}`) };
}

describe('ca_certificate', () => {
  test('is PEM text, which goes out as it is', async () => {
    const { provider, problems } = await read(good);
    expect(problems).toEqual([]);
    expect(provider?.configuration?.ca_certificate).toBe(good);
    expect(provider?.scim?.caCertificate).toBe(good);
  });

  test('is a file beside the manifest, whose text goes out', async () => {
    await writeFile(join(folder, 'ca.pem'), `${good}\n`);
    const { provider, problems } = await read('file:ca.pem');
    expect(problems).toEqual([]);
    expect(provider?.configuration?.ca_certificate).toBe(`${good}\n`);
    expect(provider?.secrets.map(({ path }) => path)).toEqual(['configuration_json.scim_token']);
  });

  test('is a chain, with remarks between and any line ends', async () => {
    const other = await certificate('other', -10, 400);
    expect(
      (await read(`subject: good\r\n${good.replaceAll('\n', '\r\n')}\r\nsubject: other\n${other}`)).problems,
    ).toEqual([]);
  });

  const at = '"configuration.ca_certificate"';
  test.each([
    [
      'not PEM',
      () => 'MIIB',
      `certificate-invalid ${at} holds no PEM certificate (-----BEGIN CERTIFICATE----- ...) ${rule}`,
    ],
    [
      'cut off',
      () => good.slice(0, 80),
      `certificate-invalid ${at} holds a PEM block without its end, or with something else inside ${rule}`,
    ],
    [
      'garbage inside',
      () => '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      `certificate-invalid ${at} holds a certificate that cannot be read ${rule}`,
    ],
    [
      'a public key',
      () => '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
      `certificate-invalid ${at} holds a PEM block that is no certificate ${rule}`,
    ],
    [
      'a key behind it',
      () => `${good}\n-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----`,
      `certificate-invalid ${at} holds a PEM block that is no certificate (block 2) ${rule}`,
    ],
    [
      'a private key',
      () => `-----BEGIN ${'PRIVATE'} KEY-----`,
      `secret-literal ${at} holds a private key (not shown), which goes nowhere`,
    ],
    [
      'backslashes for line breaks',
      () => good.replaceAll('\n', '\\n'),
      `certificate-invalid ${at} holds \\n instead of line breaks: write the text under a | in YAML, or file:path ${rule}`,
    ],
    ['a variable', () => 'env:CA', `certificate-invalid ${at} is PEM text or file:path, no other reference ${rule}`],
    [
      'expired',
      () => expired,
      `certificate-expired ${at} holds the certificate of "expired", which expired on 2026-02-28 ${rule}`,
    ],
    [
      'expired in a chain',
      () => `${good}\n${expired}`,
      `certificate-expired ${at} holds the certificate of "expired", which expired on 2026-02-28 ${rule}`,
    ],
  ])('that is %s is refused', async (_title, pem, problem) => {
    expect((await read(pem())).problems[0]).toBe(problem);
  });

  test('that is not valid yet is refused', async () => {
    expect((await read(await certificate('early', 1, 400))).problems).toEqual([
      `certificate-not-yet-valid ${at} holds the certificate of "early", which is not valid before 2026-03-02 ${rule}`,
    ]);
  });

  test('that expires within 30 days is a warning', async () => {
    const { provider, problems } = await read(await certificate('late', -10, 29));
    expect(provider).toBeDefined();
    expect(problems).toEqual([
      `certificate-expires ${at} holds the certificate of "late", which expires on 2026-03-30: renew it within 30 days`,
    ]);
    expect((await read(await certificate('later', -10, 30))).problems).toEqual([]);
  });

  test('in a file that is not there is refused', async () => {
    expect((await read('file:gone.pem')).problems).toEqual([
      `file-unreadable ${at} names ${join(folder, 'gone.pem')}, which does not exist`,
    ]);
    expect((await read('file:.')).problems).toEqual([expect.stringContaining('cannot be read: it is a folder.')]);
  });
});

describe('an icon', () => {
  const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(100)]);

  async function withIcon(bytes: Uint8Array | string): Promise<Awaited<ReturnType<typeof read>>> {
    await writeFile(join(folder, 'icon'), bytes);
    return read(good, { icon: 'icon' });
  }

  test('is a PNG or SVG file beside the manifest, known by its hash', async () => {
    const { provider } = await withIcon(png);
    expect(provider?.icon).toEqual({ file: join(folder, 'icon'), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const largest = Buffer.concat([png, Buffer.alloc(48_000 - png.length)]);
    expect((await withIcon(largest)).problems).toEqual([]);
    expect((await withIcon('<svg xmlns="http://www.w3.org/2000/svg"/>')).problems).toEqual([]);
  });

  test.each([
    [
      'is another image',
      Buffer.from('GIF89a'),
      'icon-invalid "icon" cannot be used. The icon is neither a PNG nor an SVG image. Convert it to PNG or SVG.',
    ],
    [
      'is too long',
      Buffer.concat([png, Buffer.alloc(48_001 - png.length)]),
      'icon-invalid "icon" names a file of 48,001 bytes; 48,000 are the most',
    ],
  ])('that %s is refused', async (_title, bytes, problem) => {
    expect((await withIcon(bytes)).problems).toEqual([problem]);
  });

  test('that is not there is refused', async () => {
    expect((await read(good, { icon: 'gone.png' })).problems).toEqual([
      `file-unreadable "icon" names ${join(folder, 'gone.png')}, which does not exist`,
    ]);
    expect((await read(good, { icon: '.' })).problems).toEqual([
      `file-unreadable "icon" names ${folder}, which cannot be read (EISDIR)`,
    ]);
  });
});
