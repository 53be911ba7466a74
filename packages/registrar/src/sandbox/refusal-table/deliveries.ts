import { gzipBase64, samplePayload } from '../test-support.ts';
import { pushRefusal } from './push-refusal.ts';
import { absent, dataSources, type Refusal } from './refusal.ts';

const good = JSON.stringify(samplePayload());
export const deliveryRefusals: Refusal[] = [
  pushRefusal('a push without json_data (2.5)', {}, 'json_data', 'missing'),
  pushRefusal('json_data that is an object (2.5)', { json_data: samplePayload() }, 'json_data', 'string'),
  pushRefusal(
    'json_data that is not JSON (2.5)',
    { json_data: '{"applications": }' },
    'json_data',
    '(at character 18)',
  ),
  pushRefusal('json_data that is a list (2.5)', { json_data: '[]' }, 'json_data', 'object'),
  pushRefusal(
    'an unknown compression (2.5)',
    { json_data: good, compression_type: 'ZIP' },
    'compression_type',
    '(ZIP)',
  ),
  pushRefusal('an unknown key in a push (2.5)', { json_data: good, dry_run: true }, 'dry_run', '(dry_run)'),
  pushRefusal('another provider id in a push (2.5)', { id: absent, json_data: good }, 'id', absent),
  pushRefusal(
    'another data source id in a push (2.5)',
    { data_source_id: absent, json_data: good },
    'data_source_id',
    absent,
  ),
  pushRefusal(
    'compressed data that is not base64 (2.5)',
    { json_data: good, compression_type: 'GZIP' },
    'json_data',
    'base64',
  ),
  pushRefusal(
    'compressed data that is not gzip (2.5)',
    { json_data: Buffer.from(good).toString('base64'), compression_type: 'GZIP' },
    'json_data',
    'gzip',
  ),
  pushRefusal(
    'compressed data that is cut off (2.5)',
    { json_data: gzipBase64(good).slice(0, 80), compression_type: 'GZIP' },
    'json_data',
    'damaged',
  ),
  pushRefusal(
    'a decompression bomb (2.5)',
    { json_data: gzipBase64('0'.repeat(200_001)), compression_type: 'GZIP' },
    'json_data',
    'larger than 200000 bytes when decompressed',
  ),
  pushRefusal('json_data over the limit (1.0.1)', { json_data: `"${'x'.repeat(100_000)}"` }, 'json_data', '(100002)'),
  {
    because: 'a push to a data source that does not exist (2.5)',
    method: 'POST',
    path: (target) => `${dataSources(target)}/${absent}:push`,
    body: { json_data: good },
    status: 404,
    code: 'NotFound',
  },
];

const partsRefusal = (because: string, body: unknown, field: string, naming?: string): Refusal => ({
  ...pushRefusal(because, body, field, naming),
  path: ({ path }) => `${path}:parts`,
});
const upload = { operation: 'upload', upload_id: absent, sequence_number: 1, data: 'e30=' };

export const partsRefusals: Refusal[] = [
  partsRefusal('parts without an operation (2.6)', {}, 'operation', 'missing'),
  partsRefusal('an unknown operation (2.6)', { operation: 'abort' }, 'operation', '(abort)'),
  partsRefusal('an unknown key at the start (2.6)', { operation: 'start', size: 1 }, 'size', '(size)'),
  partsRefusal('a part of an unknown upload (2.6)', upload, 'upload_id', absent),
  partsRefusal('a part without an upload id (2.6)', { ...upload, upload_id: undefined }, 'upload_id', 'missing'),
  partsRefusal('a part without data (2.6)', { ...upload, data: undefined }, 'data', 'missing'),
  partsRefusal('a part that is not base64 (2.6)', { ...upload, data: '{}' }, 'data', 'base64'),
  partsRefusal('part number 0 (2.6)', { ...upload, sequence_number: 0 }, 'sequence_number', '1 to 99'),
  partsRefusal('part number 100 (2.6)', { ...upload, sequence_number: 100 }, 'sequence_number', '1 to 99'),
  partsRefusal('a part number that is not whole (2.6)', { ...upload, sequence_number: 1.5 }, 'sequence_number'),
  partsRefusal(
    'completing an unknown upload (2.6)',
    { operation: 'complete', upload_id: absent, sequence_count: 1 },
    'upload_id',
    absent,
  ),
  partsRefusal(
    'completing without a count (2.6)',
    { operation: 'complete', upload_id: absent },
    'sequence_count',
    'missing',
  ),
];

const csvRefusal = (because: string, body: unknown, field: string, naming?: string): Refusal => ({
  ...pushRefusal(because, body, field, naming),
  path: ({ path }) => `${path}:push_csv`,
});
const csv = (text: string | Buffer) => ({ csv_data: Buffer.from(text).toString('base64') });

export const csvRefusals: Refusal[] = [
  csvRefusal('a CSV push without csv_data (2.8.1)', {}, 'csv_data', 'missing'),
  csvRefusal('raw CSV (2.8.1)', { csv_data: 'user,role\nada,reader' }, 'csv_data', 'base64'),
  csvRefusal('CSV that is not UTF-8 (2.8.1)', csv(Buffer.from([0x75, 0xff, 0x0a])), 'csv_data', 'UTF-8'),
  csvRefusal('CSV without a header row (2.8.1)', csv('\n\n'), 'csv_data', 'header row'),
  csvRefusal('CSV without a mapped column (2.8.1)', csv('user,team\nada,x\n'), 'csv_data', '(role)'),
  csvRefusal('CSV with an open quote (2.8.1)', csv('user,role\n"ada,reader\n'), 'csv_data', 'never closed'),
  csvRefusal('CSV over the limit (1.8)', csv(`user,role\n${'a,b\n'.repeat(25_000)}`), 'csv_data', '(100010)'),
  csvRefusal('an unknown key in a CSV push (2.8.1)', { ...csv('user,role\n'), full: true }, 'full', '(full)'),
];
