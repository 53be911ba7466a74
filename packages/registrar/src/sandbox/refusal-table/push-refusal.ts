import { invalid, type Refusal } from './refusal.ts';

/** A push that is refused with 400. */
export const pushRefusal = (because: string, body: unknown, field: string, naming?: string): Refusal => ({
  because,
  method: 'POST',
  path: ({ path }) => `${path}:push`,
  body,
  ...invalid,
  field,
  ...(naming === undefined ? {} : { naming }),
});
