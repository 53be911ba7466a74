import { z } from 'zod';
import { decodeBase64 } from '../base64.ts';
import { parseBody } from '../parse-body.ts';
import type { Icon } from '../records.ts';
import { invalidArgument } from '../refusals.ts';
import { decodeUtf8 } from '../text.ts';
import { providerOf, refuseDeleting, refuseOtherIds } from './look-up.ts';
import { type Api, type ApiRequest, paths, type Route } from './route.ts';

/** Of the base64 text (reference 1.8). */
const maximumBase64Bytes = 64_000;
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const svgStart = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)?(?:<!DOCTYPE[^>]*>\s*)?<svg[\s>]/i;

const body = z.strictObject({ id: z.string().optional(), icon_base64: z.string().min(1, 'Icon must not be empty') });

function formatOf(bytes: Buffer): Icon['format'] | undefined {
  if (bytes.subarray(0, pngSignature.length).equals(pngSignature)) return 'png';
  const text = decodeUtf8(bytes);
  return text !== undefined && svgStart.test(text) ? 'svg' : undefined;
}

function setIcon(request: ApiRequest, api: Api): unknown {
  const provider = providerOf(request, api);
  const { id, icon_base64: base64 } = parseBody(body, request.body);
  refuseOtherIds({ id }, request);
  refuseDeleting(provider, 'provider');
  if (base64.length > maximumBase64Bytes) {
    throw invalidArgument(
      'icon_base64',
      `Icon is larger than ${maximumBase64Bytes} bytes of base64 (${base64.length})`,
    );
  }
  const bytes = decodeBase64(base64);
  if (bytes === undefined) throw invalidArgument('icon_base64', 'Icon is not base64');
  const format = formatOf(bytes);
  if (format === undefined) throw invalidArgument('icon_base64', 'Icon is neither PNG nor SVG');
  api.store.putProvider({ ...provider, icon: { format, bytes: bytes.length, base64 } });
  return {};
}

/** Sets the icon of a provider. */
export const iconRoutes: readonly Route[] = [{ method: 'POST', url: `${paths.provider}::icon`, handle: setIcon }];
