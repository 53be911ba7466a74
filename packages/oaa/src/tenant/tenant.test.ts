import nock from 'nock';
import { describe, expect, test } from 'vitest';
import { everythingShown, testApiKey } from '../http/test-support.ts';
import { all, api, base, host, mockTenant, tenant } from './nock-support.ts';
import { Tenant } from './tenant.ts';

mockTenant();

describe('dataSources and templates', () => {
  test('are listed, found, read, created and deleted below their provider', async () => {
    const path = `${base}/p1/datasources`;
    api()
      .get(path)
      .query({ page_size: 100 })
      .reply(200, { values: [{ id: 'd1', name: 'A', status: 'SUCCESS' }] });
    api()
      .get(path)
      .query({ filter: 'name eq "A"', page_size: 100 })
      .reply(200, { values: [{ id: 'd1', name: 'A' }] });
    api()
      .get(`${path}/d1`)
      .reply(200, { value: { id: 'd1', name: 'A', status: 2 } });
    api()
      .post(path, { id: 'p1', name: 'B', custom_template: 'principal' })
      .reply(200, { value: { id: 'd2', name: 'B' } });
    api().delete(`${path}/d2`).reply(200, {});
    const { dataSources } = tenant();
    expect((await all(dataSources.list('p1')))[0]).toMatchObject({ id: 'd1', status: 'SUCCESS' });
    expect((await dataSources.find('p1', 'A'))?.id).toBe('d1');
    expect((await dataSources.get('p1', 'd1'))?.status).toBe('2');
    expect((await dataSources.create('p1', { name: 'B', template: 'principal' })).id).toBe('d2');
    await dataSources.delete('p1', 'd2');
  });

  test.each([
    [{ values: ['application', 'hris'] }, ['application', 'hris']],
    [{ values: [{ name: 'application' }] }, [{ name: 'application' }]],
    [['application'], ['application']],
  ])('templates are taken as %j', async (body, templates) => {
    api().get(`${base}/templates`).reply(200, body);
    expect(await tenant().templates.list()).toEqual(templates);
  });

  test('the user agent names this project and the connector', async () => {
    nock(host, { reqheaders: { 'user-agent': /^oaa-kit\/\d\S* node\/\d\S* \w+ my-connector\/2$/ } })
      .get(`${base}/templates`)
      .reply(200, []);
    const client = new Tenant({ url: host, apiKey: testApiKey, userAgentExtra: 'my-connector/2' });
    expect(await client.templates.list()).toEqual([]);
  });
});

describe('a new Tenant', () => {
  test.each([
    [
      { url: 'http://acme.example.com', apiKey: 'k' },
      "The tenant's URL begins with http://, which would send the API key to acme.example.com unencrypted; use https://.",
    ],
    [{ url: host, apiKey: '' }, 'The API key is missing.'],
    [
      { url: host, apiKey: `${testApiKey}\n` },
      'The API key holds blanks, line breaks or unprintable characters (not shown).',
    ],
  ])('%# refuses what cannot work', (options, message) => {
    expect(() => new Tenant(options)).toThrow(expect.objectContaining({ name: 'UsageError', message }));
  });

  test('does not show its key', () => {
    expect(everythingShown(tenant())).not.toContain(testApiKey);
    expect(JSON.stringify(tenant())).not.toContain(testApiKey);
  });
});
