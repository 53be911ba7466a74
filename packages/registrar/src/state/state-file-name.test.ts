import { expect, test } from 'vitest';
import { stateFileName } from './state-file-name.ts';

test.each([
  ['https://acme.vezacloud.com', '/s/registrar/acme.vezacloud.com.json'],
  ['http://127.0.0.1:8080', '/s/registrar/127.0.0.1_8080.json'],
  ['https://proxy.example.com/../tenants/acme', '/s/registrar/proxy.example.com_tenants_acme.json'],
  ['http://[::1]:81/%2e%2e%2f', '/s/registrar/___1__81__2e_2e_2f.json'],
])('the state of %s is kept in %s', (url, file) => {
  expect(stateFileName('/s', url)).toBe(file);
});
