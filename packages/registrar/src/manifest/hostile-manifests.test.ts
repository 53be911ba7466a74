import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManifestError, readManifests } from './index.ts';
import { manifestSchema, scimKeys } from './manifest-schema.ts';
import { plain, problemsOf, readText, refusal, tenLines } from './test-manifest.ts';

test('a file that is too large is not read', async () => {
  expect(await problemsOf(`${plain('a')}# ${'x'.repeat(4_000_000)}`)).toEqual([
    '1:1 syntax longer than 4000000 characters',
  ]);
});

test('aliases do not grow without end', async () => {
  const list = (item: string) => `[${Array(9).fill(item).join(', ')}]`;
  const levels = 'abcdefgh'
    .split('')
    .map((name, index, all) => `  ${name}: &${name} ${list(index === 0 ? 'x' : `*${all[index - 1]}`)}`);
  expect((await problemsOf(`options:\n${levels.join('\n')}\n`))[0]).toMatch(/syntax .*alias/i);
});

test('no key reaches into a prototype', async () => {
  const value = JSON.parse(
    '{"name":"a","custom_template":"hris","options":{"constructor":{"prototype":{"x":1}}},"__proto__":{"absent":true}}',
  );
  const error = await refusal(readManifests([{ value }]));
  expect(error.problems.map(({ message }) => message)).toContain('"__proto__" is a key that nothing may have');
  expect(({} as Record<string, unknown>).absent).toBeUndefined();
});

test('a value that JSON cannot hold is refused', async () => {
  const cycle: Record<string, unknown> = { name: 'a' };
  cycle.options = cycle;
  for (const value of [cycle, { name: 1n }, () => 1, undefined]) {
    const { message } = await refusal(readManifests([{ file: 'own', value }]));
    expect(message).toBe('own:1:1: is no value that JSON can hold');
  }
});

test('whatever is in a manifest, it is read or refused', async () => {
  const keys = [...Object.keys(manifestSchema.shape), '__proto__', 'constructor', 'colour'];
  const field = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom('SCIM', 'application', 'env:NAME', 'file:gone', 'portal', true),
    fc.dictionary(fc.oneof(fc.constantFrom(...keys, ...scimKeys), fc.string()), fc.jsonValue({ maxDepth: 2 })),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...keys), field)),
      fc.option(fc.string(), { nil: undefined }),
      async (entries, environment) => {
        const value = Object.fromEntries(entries);
        const outcome = await readManifests([{ value }], { environment }).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(ManifestError);
        expect(Object.keys({})).toEqual([]);
      },
    ),
    { numRuns: 150 },
  );
});

test('no message shows a secret, whatever else is wrong', async () => {
  const canary = 'canary-7f3a';
  const texts = [
    `name: ${canary}/\nconfiguration: ${canary}\n`.replace(`name: ${canary}/`, 'name: a'),
    tenLines.replace('env:SCIM_TOKEN', canary),
    tenLines.replace('env:SCIM_TOKEN', `*${canary}`),
    tenLines.replace('env:SCIM_TOKEN', `!${canary}`),
    tenLines.replace('env:SCIM_TOKEN', `"${canary}`),
    tenLines.replace('env:SCIM_TOKEN', `'${canary}' ${canary}`),
    tenLines.replace('env:SCIM_TOKEN', `{ a: ${canary} }`),
    tenLines.replace('env:SCIM_TOKEN', `[${canary}]`),
    tenLines.replace('env:SCIM_TOKEN', `${canary}: ${canary}`),
    tenLines.replace('https://', `https://kim:${canary}@`),
    tenLines.replace('https://', `http://kim:${canary}@`),
    `${tenLines}  ca_certificate: ${canary}\n  password: ${canary}\n`,
    `${tenLines}options: { token: ${canary}, more_tokens: [${canary}], deep: { secret: { a: ${canary} } } }\n`,
    `${tenLines}environments: { x: { configuration: { password: ${canary} } } }\n`,
    `${tenLines}tenant: { url: "https://kim:${canary}@acme.example.com", api_key: ${canary} }\n`,
  ];
  for (const text of texts) {
    const error = await refusal(readText(text));
    const all = [error.message, error.hint, JSON.stringify(error.problems), JSON.stringify(error.diagnostics)].join(
      '\n',
    );
    expect(all, text).not.toContain(canary);
  }
});
