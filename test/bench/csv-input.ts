import { createWriteStream } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const rows = 1_000_000;

function* lines(): Generator<string> {
  yield 'id,name,email,team,active,created,last_login,title\n';
  let block = '';
  for (let number = 0; number < rows; number += 1) {
    block += `u${number},User ${number},user${number}@example.com,team${number % 100},true,2024-01-01T00:00:00Z,2026-11-01T08:00:00Z,Engineer\n`;
    if (block.length < 1024 * 1024) continue;
    yield block;
    block = '';
  }
  yield block;
}

const mapping = `application: { name: Bench, type: Bench }
sources:
  - file: users.csv
    map:
      - user:
          id: id
          name: name
          email: email
          identities: email
          groups: { names: team, unknown: create }
          isActive: active
          createdAt: created
          lastLoginAt: last_login
`;

/** Writes the file that both sides read, a million rows, and the mapping for it. Returns their folder. */
export async function writeCsvInput(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'oaa-bench-'));
  await pipeline(Readable.from(lines()), createWriteStream(join(folder, 'users.csv')));
  await writeFile(join(folder, 'mapping.yaml'), mapping);
  return folder;
}
