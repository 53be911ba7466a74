import { providersPath } from '../test-support.ts';
import { invalid, providers, type Refusal } from './refusal.ts';

export const keyRefusals: Refusal[] = [
  {
    because: 'a request without a key (2.1)',
    path: providers,
    headers: { authorization: '' },
    status: 401,
    code: 'Unauthenticated',
  },
  {
    because: 'a wrong key (2.1, 2.9)',
    path: providers,
    headers: { authorization: 'Bearer wrong' },
    status: 401,
    code: 'Unauthenticated',
  },
  {
    because: 'a key in another scheme (2.1)',
    path: providers,
    headers: { authorization: 'Basic dTpw' },
    status: 401,
    code: 'Unauthenticated',
  },
];

export const requestRefusals: Refusal[] = [
  { because: 'a path that does not exist (2.9)', path: () => '/api/v1/nothing', status: 404, code: 'NotFound' },
  {
    because: 'a verb that does not exist (2.5)',
    method: 'POST',
    path: ({ path }) => `${path}:parse`,
    body: {},
    status: 404,
    code: 'NotFound',
  },
  { because: 'a method that a path does not have', method: 'PUT', path: providers, status: 405, code: 'Unimplemented' },
  {
    because: 'GET of a push',
    method: 'GET',
    path: ({ path }) => `${path}:push`,
    status: 405,
    code: 'Unimplemented',
  },
  {
    because: 'a body that is not JSON (2.1)',
    method: 'POST',
    path: providers,
    body: '{name:',
    ...invalid,
    field: 'body',
  },
  { because: 'a body that is a list', method: 'POST', path: providers, body: [], ...invalid, field: 'body' },
  {
    because: 'a body that is too large',
    method: 'POST',
    path: providers,
    body: { name: 'x'.repeat(300_000), custom_template: 'application' },
    status: 413,
    code: 'ResourceExhausted',
  },
];

export const listRefusals: Refusal[] = [
  {
    because: 'a page size that is no number (2.2)',
    path: () => `${providersPath}?page_size=many`,
    ...invalid,
    field: 'page_size',
    naming: 'whole number',
  },
  {
    because: 'a negative page size (2.2)',
    path: () => `${providersPath}?page_size=-1`,
    ...invalid,
    field: 'page_size',
  },
  {
    because: 'a page token of nowhere (2.2)',
    path: () => `${providersPath}?page_token=abc`,
    ...invalid,
    field: 'page_token',
  },
  {
    because: 'a filter by an unknown field (2.2)',
    path: () => `${providersPath}?filter=colour+eq+%22red%22`,
    ...invalid,
    field: 'filter',
    naming: '(colour)',
  },
  {
    because: 'a filter with an unescaped quote in it (2.2)',
    path: () => `${providersPath}?filter=name+eq+%22a%22b%22`,
    ...invalid,
    field: 'filter',
  },
  {
    because: 'a filter without quotes (2.2)',
    path: () => `${providersPath}?filter=name+eq+GitHub`,
    ...invalid,
    field: 'filter',
  },
  {
    because: 'an order by an unknown field (2.2)',
    path: () => `${providersPath}?order_by=colour`,
    ...invalid,
    field: 'order_by',
    naming: '(colour)',
  },
];
