// The floor of the CSV bench: csv-parse streaming the file, plain literals, a Map for keys, JSON.stringify by chunks,
// gzip. Nothing is checked and nothing may come twice. It does not change when the mapping engine does.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { parse } from 'csv-parse';

const folder = process.argv[2] ?? '.';
const hash = process.argv[3] === 'digest' ? createHash('sha256') : undefined;
const chunkLength = 64 * 1024;

async function* document(): AsyncGenerator<string> {
  yield '{"custom_property_definition":{"applications":[{"application_type":"Bench"}]},"applications":[{"name":"Bench","application_type":"Bench","description":null,"local_users":[';
  const users = new Map<string, number>();
  const teams = new Map<string, number>();
  let chunk = '';
  let first = true;
  let header = true;
  for await (const record of createReadStream(join(folder, 'users.csv')).pipe(parse({ bom: true }))) {
    if (header) {
      header = false;
      continue;
    }
    const [id, name, email, team, active, created, lastLogin] = record as string[];
    users.set((id as string).toLowerCase(), users.size);
    teams.set(team as string, teams.size);
    const user = {
      id,
      name,
      email,
      identities: [email],
      is_active: active === 'true',
      created_at: created,
      last_login_at: lastLogin,
      groups: [team],
    };
    chunk += `${first ? '' : ','}${JSON.stringify(user)}`;
    first = false;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
  }
  const groups = Array.from(teams.keys(), (team) => ({ id: team, name: team }));
  yield `${chunk}],"local_groups":${JSON.stringify(groups)},"local_roles":[],"local_access_creds":[],"tags":[],"custom_properties":{},"resources":[]}],"permissions":[],"identity_to_permissions":[]}`;
}

async function* observed(): AsyncGenerator<string> {
  for await (const chunk of document()) {
    hash?.update(chunk);
    yield chunk;
  }
}

const start = performance.now();
await pipeline(Readable.from(observed()), createGzip({ level: 6 }), createWriteStream(join(folder, 'floor.json.gz')));
const milliseconds = performance.now() - start;
const peakBytes = process.resourceUsage().maxRSS * 1024;
process.stdout.write(`${JSON.stringify({ milliseconds, peakBytes, digest: hash?.digest('hex') })}\n`);
