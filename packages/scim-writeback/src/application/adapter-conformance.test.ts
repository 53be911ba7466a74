import { describe, expect, test } from 'vitest';
import type { AdapterAnswer } from './adapter.ts';
import { adapterLaws } from './adapter-conformance.ts';
import { TestApplication } from './test-application.ts';

function subject(application: TestApplication) {
  return {
    adapter: application,
    look: async () => ({
      users: [...application.users.values()].map(({ userName, active }) => ({ userName, active })),
      groups: [...application.groups.values()].map(({ name, members }) => ({
        displayName: name,
        members: [...members].map((id) => application.users.get(id)?.userName ?? id),
      })),
    }),
  };
}

describe.each([
  { probes: true, repeatable: false },
  { probes: false, repeatable: true, maxMembers: 7 },
])('the adapter of the test application (%o)', (abilities) => {
  test.each(adapterLaws())('$name', async ({ check }) => {
    await check(subject(new TestApplication(abilities)));
  });
});

/** The laws that an adapter breaks. */
async function broken(make: () => TestApplication): Promise<readonly string[]> {
  const names: string[] = [];
  for (const { name, check } of adapterLaws()) {
    await check(subject(make())).catch(() => names.push(name));
  }
  return names;
}

describe('the laws find an adapter', () => {
  test('that does a repeated operation twice', async () => {
    class Forgetful extends TestApplication {
      override async apply(...[operation, call]: Parameters<TestApplication['apply']>): Promise<AdapterAnswer> {
        return super.apply(operation, { ...call, idempotencyKey: crypto.randomUUID() });
      }
    }
    expect(await broken(() => new Forgetful({ repeatable: true, probes: false }))).toContain(
      'create-user that is repeated with its key is applied once more and changes nothing',
    );
  });

  test('whose probe does not tell the truth', async () => {
    const names = await broken(() =>
      Object.assign(new TestApplication(), { probe: async () => ({ type: 'applied' }) }),
    );
    expect(names.filter((name) => name.startsWith('a probe of '))).toHaveLength(10);
  });

  test('that takes two people for one', async () => {
    class Confused extends TestApplication {
      override async createUser(user: Parameters<TestApplication['createUser']>[0]): Promise<AdapterAnswer> {
        const answer = await super.createUser(user);
        const [nativeId] = this.users.keys();
        return answer.type === 'refused' ? { type: 'applied', nativeId } : answer;
      }
    }
    expect(await broken(() => new Confused())).toEqual([
      'a second user under a user name is refused or is a second user, and never the first one',
    ]);
  });

  test('that reactivates whom it updates', async () => {
    class Careless extends TestApplication {
      override async updateUser(...[before, after]: Parameters<TestApplication['updateUser']>): Promise<AdapterAnswer> {
        await super.reactivateUser(before, after);
        return super.updateUser(before, after);
      }
    }
    expect(await broken(() => new Careless())).toContain('an update of who is not active leaves it so');
  });

  test('that forgets a member', async () => {
    class Lossy extends TestApplication {
      override addMembers(...[group, members]: Parameters<TestApplication['addMembers']>) {
        return super.addMembers(group, members.slice(0, 10));
      }
    }
    expect(await broken(() => new Lossy())).toEqual(['as many members as an operation may name come at once']);
  });
});

test('laws about what an application cannot do are left out', () => {
  const names = adapterLaws({ unsupported: ['delete-user', 'delete-group'] }).map(({ name }) => name);
  expect(names.filter((name) => name.includes('delete'))).toEqual([]);
  expect(names).toContain('members come and go, in this group and no other one');
});
