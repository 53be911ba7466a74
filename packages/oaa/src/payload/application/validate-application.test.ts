import { describe, expect, test } from 'vitest';
import { validate } from '../validate.ts';
import { faultPaths, problemsOf } from './test-faults.ts';
import { completePayload } from './test-payload.ts';

const { eu, user, grants } = faultPaths;

describe('validate', () => {
  test('finds nothing wrong with a payload that uses everything', () => {
    expect(validate(completePayload())).toStrictEqual([]);
  });

  test('finds a payload without applications, and definitions that are none, with all that hangs on them', () => {
    expect(problemsOf((payload) => delete payload.applications)[0]).toStrictEqual({
      severity: 'error',
      code: 'missing-key',
      path: '$.applications',
    });
    const problems = problemsOf((payload) => Object.assign(payload, { custom_property_definition: [] }));
    expect(problems[0]).toStrictEqual({ severity: 'error', code: 'wrong-type', path: '$.custom_property_definition' });
    expect(new Set(problems.slice(1).map(({ code }) => code))).toStrictEqual(new Set(['undefined-property']));
  });

  test('finds all problems at once', () => {
    const payload = completePayload();
    payload.applications[0].local_users[0].emial = 'x';
    payload.applications[0].local_users[0].groups[0] = 'nobody';
    payload.applications[0].local_groups[0].groups = ['g2'];
    payload.permissions[1].permission_type = ['x', 'DataRead', 'y'];
    payload.identity_to_permissions[0].role_assignments[0].role = 'x';
    expect(new Set(validate(payload).map(({ code, path }) => `${code} ${path}`))).toStrictEqual(
      new Set([
        `unknown-key ${user}.emial`,
        `dangling-group ${user}.groups[0]`,
        `cycle ${eu}.local_groups[0].groups`,
        'unknown-value $.permissions[1].permission_type[0]',
        'unknown-value $.permissions[1].permission_type[2]',
        `dangling-role ${grants}.role_assignments[0].role`,
      ]),
    );
  });

  test('leaves the payload as it is', () => {
    const payload = completePayload();
    validate(payload);
    expect(payload).toStrictEqual(completePayload());
  });

  test('reports an identity that is missing once for each application, not for each grant', () => {
    const payload = completePayload();
    payload.identity_to_permissions[0].identity = 'nobody';
    payload.identity_to_permissions[0].application_permissions.push({
      application: 'Shop US',
      permission: 'read',
      apply_to_application: true,
    });
    expect(validate(payload).map(({ code }) => code)).toStrictEqual(['dangling-user', 'dangling-user']);
  });
});

describe('an incremental payload', () => {
  test('names only what changes: references may be on the tenant already, and an id is name enough', () => {
    expect(
      validate({
        incremental_change: true,
        applications: [
          {
            name: 'Shop',
            operation: 'modify',
            local_users: [
              { id: 'u1', operation: 'modify', groups: ['elsewhere'] },
              { name: 'u2', operation: 'add' },
            ],
            resources: [{ id: 'x', operation: 'delete' }],
          },
        ],
        permissions: [{ name: 'read', operation: 'delete' }],
      }),
    ).toStrictEqual([]);
  });

  test('must say what changes', () => {
    const payload = {
      incremental_change: true,
      applications: [{ name: 'Shop', local_users: [{ operation: 'delete' }], resources: [{}] }],
    };
    expect(validate(payload).map(({ severity, code, path }) => ({ severity, code, path }))).toStrictEqual([
      { severity: 'error', code: 'missing-key', path: '$.applications[0].local_users[0].name' },
      { severity: 'error', code: 'missing-key', path: '$.applications[0].resources[0].name' },
    ]);
  });
});
