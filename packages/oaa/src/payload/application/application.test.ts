import { describe, expect, test } from 'vitest';
import { anApplication, refusal, written, writtenApplication } from './test-support.ts';

type App = ReturnType<typeof anApplication>;

/** Every kind of entity that an application holds under its own key. */
const kinds = [
  {
    kind: 'local user',
    add: (app: App, name: string) => app.addUser(name),
    ensure: (app: App, name: string) => app.ensureUser(name),
    remove: (app: App, entity: string) => app.removeUser(entity),
    of: (app: App) => app.users,
  },
  {
    kind: 'local group',
    add: (app: App, name: string) => app.addGroup(name),
    ensure: (app: App, name: string) => app.ensureGroup(name),
    remove: (app: App, entity: string) => app.removeGroup(entity),
    of: (app: App) => app.groups,
  },
  {
    kind: 'local role',
    add: (app: App, name: string) => app.addRole(name),
    ensure: (app: App, name: string) => app.ensureRole(name),
    remove: (app: App, entity: string) => app.removeRole(entity),
    of: (app: App) => app.roles,
  },
  {
    kind: 'access credential',
    add: (app: App, id: string) => app.addAccessCredential(id, 'Token'),
    ensure: (app: App, id: string) => app.ensureAccessCredential(id, 'Token'),
    remove: (app: App, entity: string) => app.removeAccessCredential(entity),
    of: (app: App) => app.accessCredentials,
  },
  {
    kind: 'identity',
    add: (app: App, name: string) => app.addIdpIdentity(name),
    ensure: (app: App, name: string) => app.ensureIdpIdentity(name),
    remove: (app: App, entity: string) => app.removeIdpIdentity(entity),
    of: (app: App) => app.idpIdentities,
  },
  {
    kind: 'resource',
    add: (app: App, name: string) => app.addResource(name, 'thing'),
    ensure: (app: App, name: string) => app.ensureResource(name, 'thing'),
    remove: (app: App, entity: string) => app.removeResource(entity),
    of: (app: App) => app.resources,
  },
  {
    kind: 'permission',
    add: (app: App, name: string) => app.addPermission(name, ['DataRead']),
    ensure: (app: App, name: string) => app.ensurePermission(name, ['DataRead']),
    remove: (app: App, entity: string) => app.removePermission(entity),
    of: (app: App) => app.permissions,
  },
] as const;

describe.each(kinds)('a $kind', ({ kind, add, ensure, remove, of }) => {
  test('is added once: a second one with its key, in whatever case, is refused', () => {
    const app = anApplication();
    const first = add(app, 'Jane');
    const { code, message, hint } = refusal(() => add(app, 'JANE'));
    expect({ code, message, hint }).toStrictEqual({
      code: 'duplicate-entity',
      message: `The ${kind} "JANE" is already there, as "Jane".`,
      hint: 'Keys are compared without regard to case. Use the "ensure" method to get it or add it.',
    });
    expect(Array.from<unknown>(of(app))).toStrictEqual([first]);
  });

  test('is got or added by "ensure"', () => {
    const app = anApplication();
    const first = ensure(app, 'Jane');
    expect(ensure(app, 'jane')).toBe(first);
    expect(of(app).get('JANE')).toBe(first);
    expect([of(app).has('jANE'), of(app).has('bob'), of(app).size]).toStrictEqual([true, false, 1]);
  });

  test('keeps the place in which it was added', () => {
    const app = anApplication();
    for (const name of ['c', 'A', 'b']) add(app, name);
    remove(app, 'C');
    add(app, 'c');
    expect(Array.from<{ key: string }, string>(of(app), ({ key }) => key)).toStrictEqual(['A', 'b', 'c']);
  });

  test('is removed once, by handle or key, and is then a stranger', () => {
    const app = anApplication();
    const first = add(app, 'Jane');
    expect([remove(app, 'nobody'), remove(app, 'JANE'), remove(app, 'Jane')]).toStrictEqual([false, true, false]);
    expect([first.removed, of(app).size]).toStrictEqual([true, 0]);
    const second = add(app, 'Jane');
    expect(remove(app, first as never)).toBe(false);
    expect([...of(app)]).toStrictEqual([second]);
  });

  test('needs a name', () => {
    expect(refusal(() => add(anApplication(), '')).code).toBe('input-invalid');
  });
});

describe('removing an entity takes it out everywhere', () => {
  function scene() {
    const app = anApplication();
    const read = app.addPermission('read', ['DataRead']);
    const write = app.addPermission('write', ['DataWrite']);
    const staff = app.addGroup('staff');
    const sales = app.addGroup('sales', { groups: [staff] });
    const reader = app.addRole('reader', { permissions: [read, write] });
    const editor = app.addRole('editor', { permissions: [write], roles: [reader] });
    const token = app.addAccessCredential('t1', 'Token');
    const folder = app.addResource('folder', 'folder');
    const file = folder.addResource('file', 'file');
    const jane = app.addUser('jane', { groups: [sales, staff], accessCredentials: [token] });
    jane.grant(read, app).grant(read, [folder, file]).grant(write, file).assignRole(reader, [folder, file]);
    jane.assignRole(editor, app);
    return { app, read, write, staff, sales, reader, editor, token, folder, file, jane };
  }

  test('a group: memberships of users and groups, and its grants', () => {
    const { app, staff, read } = scene();
    staff.grant(read, app);
    app.removeGroup(staff);
    const { local_users, local_groups } = writtenApplication(app);
    expect(local_groups).toStrictEqual([{ name: 'sales' }]);
    expect(local_users?.[0]?.groups).toStrictEqual(['sales']);
    expect(written(app).identity_to_permissions.map(({ identity }) => identity)).toStrictEqual(['jane']);
  });

  test('a role: the roles that contain it, and its assignments', () => {
    const { app, reader } = scene();
    app.removeRole(reader);
    expect(writtenApplication(app).local_roles).toStrictEqual([{ name: 'editor', permissions: ['write'] }]);
    expect(written(app).identity_to_permissions[0]?.role_assignments).toStrictEqual([
      { application: 'Shop', role: 'editor', apply_to_application: true },
    ]);
  });

  test('a permission: the roles that have it, and its grants', () => {
    const { app, write } = scene();
    app.removePermission(write);
    expect(written(app).permissions.map(({ name }) => name)).toStrictEqual(['read']);
    expect(writtenApplication(app).local_roles).toStrictEqual([
      { name: 'reader', permissions: ['read'] },
      { name: 'editor', roles: ['reader'] },
    ]);
    expect(written(app).identity_to_permissions[0]?.application_permissions).toStrictEqual([
      { application: 'Shop', permission: 'read', apply_to_application: true },
      { application: 'Shop', resources: ['folder', 'folder.file'], permission: 'read' },
    ]);
  });

  test('a credential: the users that have it', () => {
    const { app, token } = scene();
    app.removeAccessCredential(token);
    expect(writtenApplication(app).local_users).toStrictEqual([{ name: 'jane', groups: ['sales', 'staff'] }]);
  });

  test('a resource: all below it, and every grant on them; an assignment does not widen to the application', () => {
    const { app, folder, file } = scene();
    app.removeResource(folder);
    expect([folder.removed, file.removed]).toStrictEqual([true, true]);
    expect(writtenApplication(app).resources).toStrictEqual([]);
    expect(written(app).identity_to_permissions).toStrictEqual([
      {
        identity: 'jane',
        identity_type: 'local_user',
        application_permissions: [{ application: 'Shop', permission: 'read', apply_to_application: true }],
        role_assignments: [{ application: 'Shop', role: 'editor', apply_to_application: true }],
      },
    ]);
  });

  test('a sub-resource: the grants on it', () => {
    const { app, folder, file } = scene();
    expect([folder.removeResource('FILE'), folder.removeResource(file)]).toStrictEqual([true, false]);
    expect(writtenApplication(app).resources).toStrictEqual([{ name: 'folder', resource_type: 'folder' }]);
    expect(written(app).identity_to_permissions[0]?.application_permissions).toStrictEqual([
      { application: 'Shop', permission: 'read', apply_to_application: true },
      { application: 'Shop', resources: ['folder'], permission: 'read' },
    ]);
  });

  test('a user: its grants', () => {
    const { app, jane } = scene();
    app.removeUser(jane);
    expect(written(app).identity_to_permissions).toStrictEqual([]);
  });

  test('and one added under its key later gets nothing of what it had', () => {
    const { app, staff, read, reader, folder, jane } = scene();
    app.removeGroup(staff);
    app.removePermission(read);
    app.removeRole(reader);
    app.removeResource(folder);
    app.addGroup('staff');
    const newRead = app.addPermission('READ', ['DataRead']);
    const newReader = app.addRole('Reader');
    const newFolder = app.addResource('folder', 'folder');
    expect(writtenApplication(app).local_users).toStrictEqual([
      { name: 'jane', groups: ['sales'], access_creds: ['t1'] },
    ]);
    expect(writtenApplication(app).local_roles).toStrictEqual([
      { name: 'editor', permissions: ['write'] },
      { name: 'Reader' },
    ]);
    jane.grant(newRead, newFolder).assignRole(newReader, newFolder);
    expect(written(app).identity_to_permissions).toStrictEqual([
      {
        identity: 'jane',
        identity_type: 'local_user',
        application_permissions: [{ application: 'Shop', resources: ['folder'], permission: 'READ' }],
        role_assignments: [
          { application: 'Shop', role: 'Reader', apply_to_application: false, resources: ['folder'] },
          { application: 'Shop', role: 'editor', apply_to_application: true },
        ],
      },
    ]);
  });

  test('but a reference made by key names whatever has that key: it stays', () => {
    const app = anApplication();
    const jane = app.addUser('jane', { groups: ['staff'] });
    jane.grant('read', 'folder').assignRole('reader', app);
    app.addGroup('staff');
    app.removeGroup('staff');
    expect(writtenApplication(app).local_users?.[0]?.groups).toStrictEqual(['staff']);
    expect(written(app).identity_to_permissions).toHaveLength(1);
  });
});

describe('handles', () => {
  test('of another application, or of another payload, are refused', () => {
    const app = anApplication();
    const other = anApplication();
    const jane = app.addUser('jane');
    const role = app.addRole('r');
    const group = app.addGroup('g');
    const foreign: [string, () => unknown][] = [
      ['group', () => jane.addToGroup(other.addGroup('a'))],
      ['group of a group', () => group.addToGroup(other.addGroup('b'))],
      ['credential', () => jane.addAccessCredential(other.addAccessCredential('c', 'C'))],
      ['role', () => jane.assignRole(other.addRole('d'), app)],
      ['role in a role', () => role.addRole(other.addRole('e'))],
      ['resource', () => jane.grant('read', other.addResource('f', 'f'))],
      ['resource of a list', () => jane.assignRole(role, ['x', other.addResource('g', 'g')])],
      ['application', () => jane.grant('read', other)],
      ['permission', () => jane.grant(other.addPermission('h', []), app)],
      ['permission in a role', () => role.addPermission(other.addPermission('i', []))],
      ['option', () => app.addUser('bob', { groups: [other.addGroup('j')] })],
    ];
    for (const [what, work] of foreign) expect([what, refusal(work).code]).toStrictEqual([what, 'entity-foreign']);
    expect(app.users.has('bob')).toBe(false);
    expect(written(app).identity_to_permissions).toStrictEqual([]);
    expect(writtenApplication(app).local_users).toStrictEqual([{ name: 'jane' }]);
  });

  test('read well in texts, in logs and as JSON', () => {
    const app = anApplication();
    const inspect = Symbol.for('nodejs.util.inspect.custom');
    const jane = app.addUser('Jane', { id: 'u1' });
    const read = app.addPermission('read', ['DataRead']);
    expect([`${jane}`, `${app}`, `${read}`]).toStrictEqual(['Jane (u1)', 'Shop', 'read']);
    expect(
      [jane, app, read].map((handle) => (handle as never as Record<symbol, () => string>)[inspect]?.()),
    ).toStrictEqual(['LocalUser Jane (u1)', 'Application Shop', 'Permission read']);
    expect(JSON.stringify({ jane, users: app.users, read })).toBe(
      '{"jane":{"id":"u1","name":"Jane"},"users":[{"id":"u1","name":"Jane"}],"read":{"name":"read","permission_type":["DataRead"],"apply_to_sub_resources":false,"resource_types":[]}}',
    );
    expect(JSON.parse(JSON.stringify(app))).toStrictEqual(written(app));
  });
});

describe('an application', () => {
  test.each([
    ['a name', { name: ' ', applicationType: 'Shop' }],
    ['a type', { name: 'Bank', applicationType: '' }],
  ])('needs %s', (_, options) => {
    const { payload } = anApplication();
    expect(refusal(() => payload.addApplication(options)).message).toBe(
      'An application needs a name and an application type.',
    );
  });

  test('and a resource have a description of at most 256 bytes', () => {
    const { payload } = anApplication();
    const description = 'é'.repeat(128);
    const app = payload.addApplication({ name: 'a', applicationType: 'a', description });
    app.addResource('r', 'r', { description });
    const tooLong = `${description}x`;
    expect(
      refusal(() => payload.addApplication({ name: 'b', applicationType: 'b', description: tooLong })).message,
    ).toBe('The description of "b" is longer than 256 bytes.');
    expect(refusal(() => app.addResource('s', 's', { description: tooLong })).message).toBe(
      'The description of "s" is longer than 256 bytes.',
    );
    expect([payload.applications].flatMap((all) => [...all]).map(({ name }) => name)).toStrictEqual(['Shop', 'a']);
    expect(app.resources.has('s')).toBe(false);
  });
});
