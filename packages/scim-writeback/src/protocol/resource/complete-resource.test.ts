import { describe, expect, test } from 'vitest';
import { completeResource } from './complete-resource.ts';
import { customUrn, customUsers, strictlyCustomUsers } from './test-schemas.ts';

const core = customUsers.type.schema.id;

describe('a resource that is about to be stored', () => {
  test('has in schemas the URNs of what it holds (#72)', () => {
    const resource = { schemas: [core, 'urn:gone'], userName: 'a', [customUrn]: { grade: 'g' } };
    expect(completeResource(resource, customUsers)).toEqual({ ...resource, schemas: [core, customUrn] });
    expect(completeResource({ userName: 'a' }, customUsers)).toEqual({ schemas: [core], userName: 'a' });
  });

  test('lacks nothing that is required, and all that it lacks is told', () => {
    expect(() => completeResource({ schemas: [core], userName: ' ' }, strictlyCustomUsers)).toThrow(
      expect.objectContaining({
        status: 400,
        scimType: 'invalidValue',
        detail: `userName is required. ${customUrn} is required.`,
      }),
    );
  });
});
