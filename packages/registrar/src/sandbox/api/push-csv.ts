import { z } from 'zod';
import { decodeBase64 } from '../base64.ts';
import { csvOutline } from '../csv-outline.ts';
import { parseBody } from '../parse-body.ts';
import type { ProviderRecord } from '../records.ts';
import { invalidArgument } from '../refusals.ts';
import { decodeUtf8 } from '../text.ts';
import { takeIn } from './accept-push.ts';
import { dataSourceOf, providerOf, refuseDeleting, refuseOtherIds } from './look-up.ts';
import { csvMapping } from './provider-body.ts';
import { type Api, type ApiRequest, paths, type Route } from './route.ts';

const body = z.strictObject({
  id: z.string().optional(),
  data_source_id: z.string().optional(),
  csv_data: z.string(),
});

function mappedColumns(provider: ProviderRecord): string[] {
  const mapping = csvMapping.safeParse(provider.settings.csv_mapping_configuration);
  if (!mapping.success) {
    throw invalidArgument('csv_mapping_configuration', `Provider has no CSV column mapping (${provider.name})`);
  }
  return mapping.data.column_mappings.map(({ column_name }) => column_name);
}

/**
 * Takes a CSV file in (reference 2.8.1). The file is checked against the provider's column mapping and kept; turning
 * its rows into entities is the business of the CSV source mappings, which this storey of the sandbox does without.
 */
function pushCsv(request: ApiRequest, api: Api): unknown {
  const provider = providerOf(request, api);
  const dataSource = dataSourceOf(request, api);
  const { csv_data: base64, ...ids } = parseBody(body, request.body);
  refuseOtherIds(ids, request);
  refuseDeleting(provider, 'provider');
  refuseDeleting(dataSource, 'data source');
  const columns = mappedColumns(provider);
  const bytes = decodeBase64(base64);
  if (bytes === undefined) throw invalidArgument('csv_data', 'CSV file must be sent as base64');
  if (bytes.length > api.limits.payloadBytes) {
    throw invalidArgument('csv_data', `CSV file is larger than ${api.limits.payloadBytes} bytes (${bytes.length})`);
  }
  const text = decodeUtf8(bytes);
  if (text === undefined) throw invalidArgument('csv_data', 'CSV file is not UTF-8 text');
  const outline = csvOutline(text);
  if (outline === undefined) throw invalidArgument('csv_data', 'CSV file has a quoted field that is never closed');
  if (outline.columns.length === 0) throw invalidArgument('csv_data', 'CSV file has no header row');
  const missing = columns.filter((column) => !outline.columns.includes(column.trim()));
  if (missing.length > 0) {
    throw invalidArgument('csv_data', `Header row lacks columns of the mapping (${missing.slice(0, 20).join(', ')})`);
  }
  return takeIn(
    { csv: { text, rows: outline.rows } },
    dataSource,
    { mode: 'csv', bytes: bytes.length },
    [],
    request,
    api,
  );
}

/** A CSV file instead of a payload. */
export const pushCsvRoutes: readonly Route[] = [
  { method: 'POST', url: `${paths.dataSource}::push_csv`, handle: pushCsv },
];
