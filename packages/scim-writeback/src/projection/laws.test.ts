import { foldKey, type PropertyDefinitions, validate, type WireGroup, type WireUser } from '@oaa-kit/oaa';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromLocalGroup } from '../attributes/local-group.ts';
import { fromLocalUser } from '../attributes/local-user.ts';
import { customGroups, customUsers } from '../attributes/test-mapping.ts';
import { extractedUsers, losslessUsers } from '../attributes/test-users.ts';
import type { ResourceKind } from '../directory/directory.ts';
import type { Link } from '../directory/write-back.ts';
import { project, type ResourceInGroups } from './projection.ts';
import { baseOf, readerGrant } from './test-projection.ts';

const mapping = { User: customUsers, Group: customGroups };

/** What became of a row of a base since, or that there was none. */
type Fate = 'same key' | 'other key' | 'deleted' | 'ambiguous' | 'lost' | 'created';

const fates = fc.constantFrom<Fate>('same key', 'same key', 'other key', 'deleted', 'ambiguous', 'lost', 'created');

/** Keys that meet in other cases and in other roles: of rows, links and names. */
const keys = fc.constantFrom('a', 'b', 'C', 'd', 'É', '__proto__', 'a (2)', 'x');

interface Story<Row> {
  readonly key: string;
  readonly fate: Fate;
  readonly row: Row;
  /** What the directory has of it now. */
  readonly now: Row;
  readonly parents: readonly number[];
}

function stories<Row>(rows: fc.Arbitrary<Row>, nows: fc.Arbitrary<Row>): fc.Arbitrary<readonly Story<Row>[]> {
  const story = fc.record({
    key: keys,
    fate: fates,
    row: rows,
    now: nows,
    parents: fc.array(fc.nat(7), { maxLength: 3 }),
  });
  return fc.uniqueArray(story, { maxLength: 6, selector: ({ key }) => foldKey(key) });
}

const histories = fc.record({
  withIds: fc.boolean(),
  users: stories<WireUser>(losslessUsers(customUsers), extractedUsers(customUsers)),
  groups: stories<WireGroup>(fc.record({ name: keys }), fc.record({ name: keys })),
  /** Whether definitions of the base contradict those of the mapping. */
  clashes: fc.boolean(),
});

const inBase = ({ fate }: Story<unknown>) => fate !== 'created';
const isLive = ({ fate }: Story<unknown>) => fate === 'same key' || fate === 'other key' || fate === 'created';
const idOf = (kind: ResourceKind, index: number) => `${kind}-${index}`;

function linksOf(kind: ResourceKind, all: readonly Story<unknown>[]): Link[] {
  return all.flatMap(({ key, fate }, index): Link[] => {
    const id = idOf(kind, index);
    if (fate === 'ambiguous') return [];
    const ever = fate === 'created' || fate === 'other key' ? id : key;
    return [{ kind, id, key: ever, nativeId: undefined, state: fate === 'deleted' ? 'tombstone' : 'live', since: 1 }];
  });
}

const linkingOf = (kind: ResourceKind, all: readonly Story<unknown>[]) =>
  all.flatMap((story, index) => (inBase(story) ? [story.fate === 'ambiguous' ? null : idOf(kind, index)] : []));

function run({ withIds, users, groups, clashes }: typeof histories extends fc.Arbitrary<infer Run> ? Run : never) {
  const row = <Row extends WireUser | WireGroup>(story: Story<Row>, listed: readonly string[]): Row => {
    const named = withIds ? { ...story.row, id: story.key } : { ...story.row, name: story.key };
    return listed.length > 0 ? { ...named, groups: listed } : named;
  };
  // Groups are in groups that come before them, so that nothing contains itself.
  const parentsOf = (story: Story<unknown>, before: number) =>
    [...new Set(story.parents)].filter((parent) => parent < before && groups[parent] !== undefined);
  const keysOf = (parents: readonly number[]) =>
    parents.flatMap((parent) => {
      const group = groups[parent];
      return group !== undefined && inBase(group) ? [group.key.toUpperCase()] : [];
    });
  const base = baseOf({
    users: users.filter(inBase).map((story) => row(story, keysOf(parentsOf(story, 9)))),
    groups: groups.flatMap((story, index) => (inBase(story) ? [row(story, keysOf(parentsOf(story, index)))] : [])),
    roles: [{ ...(withIds && { id: 'reader' }), name: 'reader', permissions: ['read'] }],
    grants: [
      ...users.filter(inBase).map(({ key }) => readerGrant(key.toLowerCase())),
      readerGrant('User-0'),
      readerGrant('x'),
    ],
  });
  const definitions: PropertyDefinitions = { ...customUsers.definitions };
  const local_group_properties: PropertyDefinitions = clashes ? { external_id: 'NUMBER' } : {};
  const withDefinitions = {
    ...base,
    custom_property_definition: {
      applications: [{ application_type: 'shop', local_user_properties: definitions, local_group_properties }],
    },
  };
  const members = (kind: ResourceKind, story: Story<unknown>, index: number) =>
    // What SCIM changed: other groups than the base has, still without circles.
    parentsOf({ ...story, parents: story.parents.map((parent) => parent + 1) }, kind === 'User' ? 9 : index)
      .filter((parent) => isLive(groups[parent] as Story<unknown>))
      .map((parent) => idOf('Group', parent));
  const resources = <Row>(
    kind: ResourceKind,
    all: readonly Story<Row>[],
    make: (now: Row) => ResourceInGroups['resource'],
  ) =>
    all.flatMap((story, index): ResourceInGroups[] => {
      if (!isLive(story)) return [];
      return [{ resource: { ...make(story.now), id: idOf(kind, index) }, groupIds: members(kind, story, index) }];
    });
  const result = project({
    base: withDefinitions,
    linking: { users: linkingOf('User', users), groups: linkingOf('Group', groups) },
    links: [...linksOf('User', users), ...linksOf('Group', groups)],
    mapping,
    users: resources('User', users, (now) => ({ id: '', ...fromLocalUser(now, customUsers) })),
    groups: resources('Group', groups, (now) => ({ id: '', ...fromLocalGroup(now, customGroups) })),
  });
  return { base: withDefinitions, ...result };
}

test('whatever a base says and whatever happened since, the projection validates', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const { base, payload } = run(history);
      const errors = (document: unknown) => validate(document).filter(({ severity }) => severity === 'error');
      expect(errors(base)).toEqual([]);
      expect(errors(payload)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('everybody who is live, ambiguous or lost is published once, nobody who was deleted is, and a grant only for whom it was extracted', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const { payload } = run(history);
      const [application] = payload.applications;
      const published = (application?.local_users ?? []).map(({ id = '' }) => id);
      const everKeys = new Map(linksOf('User', history.users).map(({ id, key }) => [id, key]));
      const linked = history.users.flatMap((story, index) => {
        if (story.fate === 'deleted' || story.fate === 'ambiguous') return [];
        return [foldKey(everKeys.get(idOf('User', index)) ?? '')];
      });
      const apart = history.users.filter(({ fate }) => fate === 'ambiguous').length;
      expect(published).toHaveLength(linked.length + apart);
      const folded = published.map(foldKey);
      expect(new Set(folded).size).toBe(folded.length);
      expect(folded).toEqual(expect.arrayContaining(linked));

      const granted = payload.identity_to_permissions.map(({ identity }) => foldKey(identity)).sort();
      const apartKeys = folded.filter((key) => !linked.includes(key));
      const extractedFor = history.users.flatMap(({ fate }, index) => {
        const isLinked = inBase({ fate } as Story<unknown>) && fate !== 'deleted' && fate !== 'ambiguous';
        return isLinked ? [foldKey(everKeys.get(idOf('User', index)) ?? '')] : [];
      });
      const twice = history.users.filter(({ key, fate }) => foldKey(key) === 'x' && inBase({ fate } as Story<unknown>));
      expect(new Set(granted)).toEqual(new Set([...extractedFor, ...apartKeys]));
      expect(granted.length).toBeLessThanOrEqual(extractedFor.length + apartKeys.length + twice.length);
    }),
    { numRuns: 300 },
  );
});
