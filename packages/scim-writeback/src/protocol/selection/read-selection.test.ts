import { describe, expect, test } from 'vitest';
import { standardProfile } from '../profile.ts';
import { readSelection } from './read-selection.ts';

describe('#26, #27 the parameters', () => {
  test.each([
    [{}, {}],
    [{ attributes: '' }, {}],
    [{ attributes: ' , ' }, {}],
    [{ attributes: [] }, {}],
    [{ attributes: 'userName, name.givenName' }, { attributes: ['userName', 'name.givenName'] }],
    [{ attributes: ['userName', 'id,meta'] }, { attributes: ['userName', 'id', 'meta'] }],
    [{ excludedAttributes: 'members' }, { excludedAttributes: ['members'] }],
    [{ attributes: '', excludedAttributes: 'members' }, { excludedAttributes: ['members'] }],
  ])('%j', (parameters, expected) => {
    expect(readSelection(parameters, standardProfile)).toEqual(expected);
  });
});

test('#28 both are refused, or attributes win', () => {
  const both = { attributes: 'userName', excludedAttributes: 'members' };
  expect(() => readSelection(both, standardProfile)).toThrow(
    expect.objectContaining({
      status: 400,
      scimType: 'invalidValue',
      detail: 'Give attributes or excludedAttributes, not both.',
    }),
  );
  expect(readSelection(both, { ...standardProfile, bothSelections: 'attributes' })).toEqual({
    attributes: ['userName'],
  });
});
