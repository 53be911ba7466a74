import { describe, expect, test } from 'vitest';
import { validate } from './validate.ts';

/** Counts every read of a property, at any depth. */
function counted(value: unknown, count: () => void): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const made = new Map<PropertyKey, unknown>();
  return new Proxy(value, {
    get(target, key, receiver) {
      count();
      if (!made.has(key)) {
        const item = Reflect.get(target, key, receiver);
        made.set(key, typeof item === 'function' ? item : counted(item, count));
      }
      return made.get(key);
    },
  });
}

function name(prefix: string, number: number): string {
  return `${prefix}${number}`;
}

function times<Item>(count: number, make: (number: number) => Item): Item[] {
  return Array.from({ length: count }, (_, number) => make(number));
}

/** `size` users, groups in a chain, roles in a chain, resources and grants; with `faults` every reference is wrong. */
function payload(size: number, faults: boolean): Record<string, unknown> {
  const at = (prefix: string, number: number) => (faults ? `${prefix} is not there ${number}` : name(prefix, number));
  return {
    custom_property_definition: {
      applications: [{ application_type: 'Shop', local_user_properties: { floor: 'NUMBER' } }],
    },
    applications: [
      {
        name: 'Shop',
        application_type: 'Shop',
        local_users: times(size, (number) => ({
          name: name('u', number),
          groups: [at('g', number), at('g', 0)],
          custom_properties: faults ? { flor: number } : { floor: number },
          tags: [{ key: 'a', value: faults ? ';' : 'b' }],
        })),
        local_groups: times(size, (number) => ({
          name: name('g', number),
          groups: number === 0 ? [] : [at('g', number - 1)],
        })),
        local_roles: times(size, (number) => ({
          name: name('r', number),
          permissions: [at('p', number)],
          roles: number === 0 ? [] : [at('r', number - 1)],
        })),
        resources: times(size, (number) => ({
          name: name('x', number),
          resource_type: 'folder',
          sub_resources: [{ name: 'y', resource_type: 'file' }],
        })),
      },
    ],
    permissions: times(size, (number) => ({ name: name('p', number), permission_type: ['DataRead'] })),
    identity_to_permissions: times(size, (number) => ({
      identity: at('u', number),
      identity_type: 'local_user',
      application_permissions: [
        { application: 'Shop', permission: at('p', number), resources: [at('x', number), `x${number}.y`] },
      ],
      role_assignments: [{ application: 'Shop', role: at('r', number), apply_to_application: true }],
    })),
  };
}

describe.each([
  ['without a problem', false],
  ['full of problems', true],
])('the work of validating a payload %s', (_, faults) => {
  test('grows with the payload, not faster', () => {
    const reads = [500, 1_000].map((size) => {
      let sum = 0;
      validate(counted(payload(size, faults), () => (sum += 1)));
      return sum;
    });
    const [small = 0, large = 0] = reads;
    expect(small).toBeGreaterThan(500 * 10);
    expect(large / small).toBeLessThan(2.1);
  });

  test('is done for 20,000 of everything long before the watchdog', { timeout: 60_000 }, () => {
    const diagnostics = validate(payload(20_000, faults));
    expect(diagnostics.length === 0).toBe(!faults);
  });
});
