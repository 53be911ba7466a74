import type { JsonObject } from '../payload/json.ts';
import { text, unexpectedAnswer } from './answers.ts';
import type { DataSource } from './data-source.ts';
import { redact } from './redact.ts';

/** @throws RemoteError `response-invalid` when id or name is missing */
export function readDataSource(value: JsonObject): DataSource {
  const id = text(value, 'id');
  const name = text(value, 'name');
  if (id === undefined || name === undefined) throw unexpectedAnswer('data source', 'has no id or no name', 200);
  return { id, name, status: text(value, 'status'), raw: redact(value) };
}
