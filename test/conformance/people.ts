import type { ScimClient } from '../support/scim-client.ts';
import { badge, enterprise } from '../support/scim-urns.ts';

/** Three users and two groups that filters tell apart. */
export interface People {
  readonly jane: string;
  readonly kim: string;
  readonly otto: string;
  /** Jane and Kim are in it. */
  readonly staff: string;
  /** Staff is in it. */
  readonly everybody: string;
}

export async function makePeople(scim: ScimClient): Promise<People> {
  const jane = await scim.createUser({
    userName: 'jane.doe@example.com',
    externalId: 'Ext-Jane',
    displayName: 'Jane "JD" Doé',
    title: 'Clerk',
    nickName: '',
    name: { givenName: 'Jane', familyName: 'Doé' },
    emails: [
      { value: 'jane@work.example', type: 'work', primary: true },
      { value: 'Jane@Home.example', type: 'home' },
    ],
    [badge]: { level: 7, score: 2.5, issuedAt: '2024-05-01T12:00:00+02:00', tags: ['blue', 'guest'], pin: '1234' },
  });
  const kim = await scim.createUser({
    userName: 'kim',
    externalId: 'ext-kim',
    displayName: 'Kim \\ (a] [b) %_',
    emails: [{ value: 'kim@example.com', type: 'work', display: 'x]y' }],
    [enterprise]: { department: 'R&D', manager: { value: jane.id } },
    [badge]: { level: 10, score: -2, issuedAt: '2024-05-01T10:00:01Z' },
  });
  const otto = await scim.createUser({ userName: 'otto', displayName: 'this or that', active: false });
  const staff = await scim.createGroup({ displayName: 'Staff', members: [{ value: jane.id }, { value: kim.id }] });
  const everybody = await scim.createGroup({ displayName: 'Everybody', members: [{ value: staff.id, type: 'Group' }] });
  return { jane: jane.id, kim: kim.id, otto: otto.id, staff: staff.id, everybody: everybody.id };
}
