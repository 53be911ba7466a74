import { join } from 'node:path';

/** Where the state of a tenant is kept unless told otherwise: `registrar/acme.vezacloud.com.json` in the state folder. */
export function stateFileName(stateFolder: string, tenantUrl: string): string {
  const { host, pathname } = new URL(tenantUrl);
  const name = `${host}${pathname}`.replace(/\/+$/, '').replaceAll(/[^a-zA-Z0-9.-]/g, '_');
  return join(stateFolder, 'registrar', `${name}.json`);
}
