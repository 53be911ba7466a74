import { describe, expect, test } from 'vitest';
import { mapApplication, mapRows } from './test-mapping.ts';

const definitions = 'properties: { resources: { db: { size: NUMBER, note: STRING }, Table: { note: STRING } } }';

describe('resources', () => {
  test('have every field that the mapping names', async () => {
    const { resources } = await mapApplication(
      `resource: { path: id, name: name, type: type, description: d, properties: { size: size, note: d }, tags: { t: size },
        owners: [{ externalId: owner }], connections: [{ id: arn, nodeType: { value: AwsRole } }, { id: arn, nodeType: { value: AwsRole } }, { id: none, nodeType: none }] }`,
      'id,name,type,d,size,owner,arn,none\n1,Orders,db,all orders,5,j@x,arn:1,\n',
      definitions,
    );
    expect(resources).toEqual([
      {
        id: '1',
        name: 'Orders',
        resource_type: 'db',
        description: 'all orders',
        custom_properties: { size: 5, note: 'all orders' },
        tags: [{ key: 't', value: '5' }],
        owners: [{ external_id: 'j@x' }],
        connections: [{ id: 'arn:1', node_type: 'AwsRole' }],
      },
    ]);
  });

  test('lie below each other by their path; parents that no row describes are made', async () => {
    const { resources } = await mapApplication(
      'resource: { path: { column: path, list: "/" }, type: type, parentTypes: [server, db] }',
      'path,type\n/eu/sales/orders/,table\nEU/hr/people,table\nus,server\nus/Sales,archive\nus/sales/sales,table\n',
    );
    expect(resources).toEqual([
      {
        name: 'us',
        resource_type: 'server',
        sub_resources: [
          { name: 'Sales', resource_type: 'archive', sub_resources: [{ name: 'sales', resource_type: 'table' }] },
        ],
      },
      {
        name: 'eu',
        resource_type: 'server',
        sub_resources: [
          { name: 'sales', resource_type: 'db', sub_resources: [{ name: 'orders', resource_type: 'table' }] },
          { name: 'hr', resource_type: 'db', sub_resources: [{ name: 'people', resource_type: 'table' }] },
        ],
      },
    ]);
  });

  test('come in any order, children before parents too, and get ids together', async () => {
    const { resources } = await mapApplication(
      'resource: { path: [a, b], name: name, type: type, parentTypes: [never] }',
      'a,b,name,type\ns,t,Table,table\ns,,,server\n',
    );
    expect(resources).toEqual([
      {
        id: 's',
        name: 's',
        resource_type: 'server',
        sub_resources: [{ id: 't', name: 'Table', resource_type: 'table' }],
      },
    ]);
  });

  test('with a gap in the path are errors: they would move up', async () => {
    const { said } = await mapRows('resource: { path: [a, b, c], type: { value: t } }', 'a,b,c\ns,,t\n,,\n');
    expect(said).toEqual([
      'rows.csv:2:a|b|c The path has a gap: b is empty, and "t" stands below it.',
      'rows.csv:3:a|b|c The row has no path for its resource.',
    ]);
  });

  test('whose keys are equal although their paths differ are errors', async () => {
    const { said, diagnostics } = await mapRows(
      'resource: { path: { column: p, list: "/" }, type: { value: t }, parentTypes: [t, t] }',
      'p\na/b\na.b\na/b/c\nA.B/c\n',
    );
    expect(said).toEqual([
      'rows.csv:3:p The path a.b has the key "a.b", as has a > b.',
      'rows.csv:5:p The path A.B has the key "A.B", as has a > b.',
    ]);
    expect(diagnostics[0]?.hint).toBe(
      'The key of a resource is its path joined with dots. Give one of them another id: name: keeps what is shown.',
    );
  });

  test('need a type, and so do parents that are made', async () => {
    const { said } = await mapRows(
      'resource: { path: { column: p, list: "/" }, type: t, parentTypes: [x] }',
      'p,t\na/b/c,t\nd,\n',
    );
    expect(said).toEqual([
      'rows.csv:3:t The row has no type for its resource.',
      'rows.csv:2:p No row describes the resource "a.b", which is a parent here.',
    ]);
  });

  test('nest 256 levels deep and no deeper', async () => {
    const map = 'resource: { path: { column: p, list: "/" }, type: { value: t } }';
    const path = (depth: number) => Array.from({ length: depth }, () => 'a').join('/');
    const parents = Array.from({ length: 255 }, (_, depth) => path(depth + 1)).join('\n');
    const { wire } = await mapRows(map, `p\n${parents}\n${path(256)}\n`);
    expect(wire?.applications[0]?.resources?.length).toBe(1);
    expect((await mapRows(map, `p\n${path(257)}\n`)).said).toEqual([
      'rows.csv:2:p The path is more than 256 levels deep.',
    ]);
  });

  test('have a bounded description', async () => {
    const { said } = await mapRows('resource: { path: p, type: p, description: d }', `p,d\na,${'ä'.repeat(129)}\n`);
    expect(said).toEqual(['rows.csv:2:d The description is longer than 256 bytes.']);
  });

  test('have the properties of their type; one of another type must be empty', async () => {
    const map = 'resource: { path: p, type: t, properties: { size: size, NOTE: n } }';
    const { resources } = await mapApplication(map, 'p,t,size,n\na,db,5,x\nb,table,,y\nc,other,,\n', definitions);
    expect(resources?.map(({ custom_properties }) => custom_properties)).toEqual([
      { size: 5, note: 'x' },
      { note: 'y' },
      undefined,
    ]);
    const { said } = await mapRows(map, 'p,t,size,n\na,table,5,\nb,db,x,\n', definitions);
    expect(said).toEqual([
      'rows.csv:2:size The property "size" is not defined for resources of the type "table".',
      'rows.csv:3:size "x" is not a number.',
    ]);
    const unknown = await mapRows(map.replace('size:', 'sise:'), 'p,t,size,n\n', definitions);
    expect(unknown.said).toEqual([
      expect.stringContaining('The property "sise" is not defined for any resource type. Did you mean "size"?'),
    ]);
  });

  test('have connections with a node type', async () => {
    const { said } = await mapRows(
      'resource: { path: p, type: p, connections: [{ id: c, nodeType: n }] }',
      'p,c,n\na,x,\nb,,y\n',
    );
    expect(said).toEqual(['rows.csv:2:n The row has no node type for its connection to x.']);
  });
});
