import { GuardError } from '@oaa-kit/oaa';
import { expect, onTestFinished, test } from 'vitest';
import { openPublishing } from '../publish/test-publishing.ts';
import { createMetrics } from './metrics.ts';

async function scraped() {
  const publishing = await openPublishing();
  onTestFinished(() => publishing.close());
  const metrics = await createMetrics(publishing.directory, publishing.publications);
  const lines = async () => (await metrics.text()).split('\n').filter((line) => /^scim_(publication|open)/.test(line));
  return { ...publishing, lines };
}

test('metrics of publications follow lag, holds and the age of the last full push', async () => {
  const { publisher, settle, clock, submitBase, createUser, target, lines } = await scraped();
  expect(await lines()).toEqual([]);
  const one = publisher();
  await submitBase(['kim']);
  await settle(one);
  clock.now += 60_000;
  await createUser('jane');
  clock.now += 5_000;
  const labels = '{organization="acme",provider="Shop",data_source="shop.test"}';
  expect(await lines()).toEqual([
    `scim_publication_lag_revisions${labels} 1`,
    `scim_publication_lag_generations${labels} 0`,
    `scim_publication_lag_seconds${labels} 5`,
    `scim_publication_held${labels} 0`,
    `scim_publication_paused${labels} 0`,
    `scim_publication_full_push_age_seconds${labels} 65`,
    `scim_publication_left_out_values${labels} 0`,
    'scim_open_intents{organization="acme",state="open"} 0',
    'scim_open_intents{organization="acme",state="needs-attention"} 0',
  ]);
  target.before = () => {
    throw new GuardError('guard', 'too much', { removals: [{ kind: 'users', removed: 35, total: 40 }] });
  };
  await settle(one);
  expect(await lines()).toContain(`scim_publication_held${labels} 1`);
});

test('a service without write-back has none of them', async () => {
  const { directory, publisher, settle, submitBase } = await scraped();
  await submitBase(['kim']);
  await settle(publisher());
  expect(await (await createMetrics(directory)).text()).not.toContain('scim_publication');
});
