import { describe, expect, test } from 'vitest';
import {
  declaredProvider,
  planOf,
  remembered,
  rememberedSecret,
  scimProvider,
  scimUrl,
  stateOf,
  tenantProvider,
} from '../test-support.ts';
import { renderPlan } from './render-plan.ts';
import type { Paint } from './signs.ts';

const plain: Paint = (_, text) => text;
const tokenPath = 'configuration_json.scim_token';

/** One provider for each thing that may happen. */
function everything() {
  const icon = { file: '/manifests/icon.png', sha256: 'b'.repeat(64) };
  const shownScim = {
    external_lifecycle_management_type: 'SCIM',
    configuration_json: JSON.stringify({ scim_url: scimUrl, scim_token: '(secret)', users_endpoint: 'People' }),
  };
  const entries = ['Old', 'HR', 'Same'].map((name) => remembered({ key: name, id: `id-${name}`, name }));
  const wiki = remembered({ key: 'Wiki', id: 'id-Wiki', name: 'Wiki', secrets: [rememberedSecret(tokenPath)] });
  return planOf(
    [
      scimProvider({ icon, dataSources: [{ name: 'eu', template: 'application', absent: false }] }),
      scimProvider({ key: 'Wiki', name: 'Team wiki', dataSources: [{ name: 'old', absent: true }] }),
      scimProvider({ name: 'Adopted', adopt: true }),
      declaredProvider({ name: 'Kept', adopt: true }),
      declaredProvider({ name: 'Old', absent: true }),
      declaredProvider({ name: 'HR', templates: ['hris'] }),
      declaredProvider({ name: 'Same' }),
      declaredProvider({ name: 'Foreign' }),
    ],
    {
      state: stateOf(wiki, ...entries),
      providers: [
        tenantProvider({ ...shownScim, id: 'id-Wiki', name: 'Wiki', provisioning: false }),
        tenantProvider({ ...shownScim, id: 'id-Adopted', name: 'Adopted' }),
        tenantProvider({ id: 'id-Kept', name: 'Kept' }),
        ...['Old', 'HR', 'Same', 'Foreign'].map((name) => tenantProvider({ id: `id-${name}`, name })),
      ],
      dataSources: new Map([
        ['id-Wiki', [{ id: 'd-1', name: 'old', template: undefined, isDeleting: false }]],
        ['id-HR', [{ id: 'd-2', name: 'people', template: 'application', isDeleting: false }]],
      ]),
      secrets: new Map([['Wiki', new Map([[tokenPath, 'changed' as const]])]]),
    },
  );
}

test('a plan shows what happens, field by field, then notes, problems and counts', () => {
  expect(renderPlan({ ...everything(), environment: 'production' }, plain)).toBe(
    `
Tenant https://acme.vezacloud.com, environment production

+ "Portal" is created
    the SCIM endpoint https://api.example.com/scim/v2 is tried out before anything is sent
    + name: "Portal"
    + custom_template: "application"
    + provisioning: true
    + external_lifecycle_management_type: "SCIM"
    + configuration_json.scim_url: "https://api.example.com/scim/v2"
    + configuration_json.scim_token: (secret, new)
    + icon: image bbbbbbbbbbbb
    + data source "eu" (application)

~ "Wiki" -> "Team wiki" (id-Wiki) is changed
    the data source "old" is declared absent: its entities leave the graph
    the SCIM endpoint https://api.example.com/scim/v2 is tried out before anything is sent
    ~ name: "Wiki" -> "Team wiki"
    ~ provisioning: false -> true
    - configuration_json.users_endpoint: "People"
    ~ configuration_json.scim_token: (secret, changed)
    - data source "old" (d-1)
    this destroys what is in the graph: it needs --allow-delete

~ "Adopted" (id-Adopted) is changed, taken over
    the SCIM endpoint https://api.example.com/scim/v2 is tried out before anything is sent
    - configuration_json.users_endpoint: "People"
    ~ configuration_json.scim_token: secret (unknown, would be sent)

~ "Kept" (id-Kept) is taken over as it is

- "Old" (id-Old) is deleted
    declared absent
    "Old" (id-Old) has no data sources
    this destroys what is in the graph: it needs --allow-delete

! "HR" (id-HR) is replaced: deleted and made again
    payload templates are fixed when a provider is made
    the data sources of "HR" (id-HR) and their entities leave the graph: "people"
    not in the manifest, so not made again: "people"
    ! custom_template: "application" -> "hris"
    this destroys what is in the graph: it needs --allow-delete

Note: "Adopted": configuration_json.scim_token: nothing is remembered of what the tenant has, so it would be sent.

1 problem; this plan cannot be applied:
  providers.yaml:1:1: Foreign: A provider "Foreign" (id-Foreign) is on the tenant, and it was not made from here.
      Write adopt: true to take it over; otherwise choose another name.

3 providers would lose what is in the graph; apply refuses this plan.
When that is meant, plan again with --allow-delete.

1 to create, 2 to change, 1 to replace, 1 to delete, 1 to take over as they are, 1 unchanged.
`.trim(),
  );
});

test('nothing to do is said in a line', () => {
  const state = stateOf(remembered());
  const plan = planOf([declaredProvider()], { state, providers: [tenantProvider()] });
  expect(renderPlan(plan, plain)).toBe('Tenant https://acme.vezacloud.com\n\nNothing to do: 1 provider as declared.');
});

test('a provider to which nothing happens is shown where there is a reason', () => {
  const state = stateOf(remembered());
  const providers = [tenantProvider({ state: 'DELETING' })];
  const text = renderPlan(planOf([declaredProvider({ absent: true })], { state, providers }), plain);
  expect(text).toContain('  "Portal" (p-1) stays away\n    the old provider "Portal" (p-1) is still being deleted');
});

test('what is forgotten is no change of the tenant', () => {
  const state = stateOf(remembered());
  const text = renderPlan(planOf([declaredProvider({ absent: true })], { state }), plain);
  expect(text.split('\n').slice(2)).toEqual([
    '~ "Portal" is forgotten: only the state changes',
    '    the provider that was made from here (p-1) is gone',
    '',
    '1 to forget.',
  ]);
});

test('signs have colours', () => {
  const text = renderPlan(everything(), (style, line) => `<${style}>${line}</>`);
  expect(text).toContain('<green>+ "Portal" is created</>');
  expect(text).toContain('<magenta>! custom_template: "application" -> "hris"</>');
  expect(text).toContain('<red>- data source "old" (d-1)</>');
  expect(text).toContain('<yellow>~ "Kept" (id-Kept) is taken over as it is</>');
});

describe('what comes from outside', () => {
  const nasty = 'a\u001b[2Jb\u202ec\nd';

  test('cannot move the cursor, wherever it stands', () => {
    const declared = declaredProvider({
      key: nasty,
      name: nasty,
      fields: { [nasty]: nasty },
      dataSources: [{ name: nasty, absent: false }],
      templates: [nasty],
    });
    const state = stateOf(remembered({ key: nasty, id: nasty, name: nasty, sent: { [`x${nasty}`]: 1 } }));
    const provider = tenantProvider({ id: nasty, name: `${nasty}!`, custom_template: 'application' });
    const place = { file: nasty, row: 1, column: 1 };
    const problem = { code: 'not-ours', provider: nasty, place, message: nasty, hint: nasty } as const;
    const plan = planOf([declared], { state, providers: [provider], tenant: nasty, secretProblems: [problem] });
    const text = renderPlan({ ...plan, environment: nasty }, plain);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    // Nor does a line end begin a line that looks like ours.
    expect(text).not.toMatch(/^ *d/m);
    expect(text.split('\\u001b[2Jb').length).toBeGreaterThan(8);
  });

  test('is cut when it is long', () => {
    const declared = declaredProvider({ fields: { certificate: 'x'.repeat(5_000) } });
    const line = renderPlan(planOf([declared]), plain)
      .split('\n')
      .find((one) => one.includes('certificate'));
    expect(line?.length).toBeLessThan(250);
    expect(line).toContain('... (5002 characters)');
  });
});
