import { UsageError } from '@oaa-kit/oaa';
import { expect, test } from 'vitest';
import { groupResourceType, userResourceType } from '../protocol/schemas/resource-types.ts';
import type { Attribute, ResourceType } from '../protocol/schemas/schema.ts';
import { withKeptReferences } from './kept-references.ts';
import { createGroup, createUser, groupUrn, membersOf, patchBody, startService } from './test-service.ts';

/** A type in which the sub-attributes of an attribute are described in another way. */
function redescribed(type: ResourceType, name: string, change: (sub: Attribute) => Partial<Attribute>): ResourceType {
  const attributes = type.schema.attributes.map((attribute) =>
    attribute.name === name
      ? { ...attribute, subAttributes: attribute.subAttributes?.map((sub) => ({ ...sub, ...change(sub) })) ?? [] }
      : attribute,
  );
  return { ...type, schema: { ...type.schema, attributes } };
}

const otherCase = ({ caseExact }: Attribute) => ({ caseExact: !caseExact });

test('where a schema says otherwise of case, filters about members and groups find what they are about', async () => {
  const service = await startService({
    userType: redescribed(userResourceType, 'groups', otherCase),
    groupType: redescribed(groupResourceType, 'members', otherCase),
  });
  const [jane, joe] = [await createUser(service, 'Jane'), await createUser(service, 'joe')];
  const staff = await createGroup(service, 'Staff', [jane, joe]);
  const found = async (path: string, filter: string) => {
    const { status, body } = await service.call('GET', `${path}?filter=${encodeURIComponent(filter)}`);
    return [status, body.Resources?.map(({ id }: { id: string }) => id)];
  };
  for (const filter of [
    `members.value eq "${jane}"`,
    `members[value eq "${jane}" and display eq "jane"]`,
    `members.value sw "${jane.slice(0, 9)}"`,
    'members.display co "AN"',
    'members.value ne "x"',
    'not (members.value eq "x")',
  ]) {
    expect([filter, ...(await found('/Groups', filter))]).toEqual([filter, 200, [staff]]);
  }
  expect(await found('/Groups', `members.value eq "${jane.toUpperCase()}"`)).toEqual([200, []]);
  expect(await found('/Users', `groups.value eq "${staff}" and groups.display eq "STAFF"`)).toEqual([200, [jane, joe]]);
  const body = patchBody({ op: 'remove', path: `members[value eq "${jane}"]` });
  expect((await service.call('PATCH', `/Groups/${staff}`, { body })).status).toBeLessThan(300);
  expect(await membersOf(service, staff)).toEqual([joe]);
});

test('what is published is what is true', async () => {
  const service = await startService({ groupType: redescribed(groupResourceType, 'members', otherCase) });
  const { body } = await service.call('GET', `/Schemas/${groupUrn}`);
  const members = body.attributes.find(({ name }: { name: string }) => name === 'members');
  expect(members.subAttributes).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'value', caseExact: true }),
      expect.objectContaining({ name: 'display', caseExact: false }),
    ]),
  );
});

test('types that fit stay as they are', () => {
  expect(withKeptReferences('User', userResourceType)).toBe(userResourceType);
  expect(withKeptReferences('Group', groupResourceType)).toBe(groupResourceType);
});

test.each<[string, Partial<Attribute>]>([
  ['value', { type: 'integer' }],
  ['value', { type: 'reference' }],
  ['display', { multiValued: true }],
])('members whose %s is %j are refused', (name, change) => {
  const type = redescribed(groupResourceType, 'members', (sub) => (sub.name === name ? change : {}));
  expect(() => withKeptReferences('Group', type)).toThrow(UsageError);
});
