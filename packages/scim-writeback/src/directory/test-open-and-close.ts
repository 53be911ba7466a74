import { sqliteStore } from './test-store.ts';

const [file = ''] = process.argv.slice(2);
const directory = await sqliteStore(file).open();
await directory.organizations.create({ id: `process-${process.pid}`, name: 'Process' });
await directory.close();
