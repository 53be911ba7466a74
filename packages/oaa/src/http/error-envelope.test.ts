import { describe, expect, test } from 'vitest';
import { readErrorEnvelope } from './error-envelope.ts';

const nothing = {
  code: undefined,
  message: undefined,
  requestId: undefined,
  violations: [],
  resolution: undefined,
  resource: undefined,
};

describe('readErrorEnvelope', () => {
  test('reads every part of the tenant form', () => {
    expect(
      readErrorEnvelope({
        code: 'NotFound',
        message: 'generic',
        request_id: 'r-1',
        timestamp: '2025-01-01T00:00:00.123456789Z',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.BadRequest',
            field_violations: [{ field: 'a.b', description: 'bad [x]' }, 'odd', {}],
          },
          {
            '@type': 'type.googleapis.com/errorstatus.v1.UserFacingErrorInfo',
            reason: 'NOT_FOUND',
            message: 'plain words',
            resolution: 'do this',
          },
          { '@type': 'type.googleapis.com/errorstatus.v1.ResourceInfo', resource_type: 'provider', resource: '4711' },
          null,
        ],
      }),
    ).toEqual({
      code: 'NotFound',
      message: 'plain words',
      requestId: 'r-1',
      violations: [
        { field: 'a.b', description: 'bad [x]' },
        { field: '', description: '' },
      ],
      resolution: 'do this',
      resource: 'provider 4711',
    });
  });

  test('takes a number as code, and does without details', () => {
    expect(readErrorEnvelope({ code: 3, message: 'm' })).toEqual({ ...nothing, code: '3', message: 'm' });
  });

  test.each([undefined, null, 'text', [], {}, { error: 'x' }, { details: [] }])('%j is no error body', (body) => {
    expect(readErrorEnvelope(body)).toBeUndefined();
  });
});
