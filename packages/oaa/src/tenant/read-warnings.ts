import type { RemoteText } from '../http/index.ts';
import { isObject, type JsonObject, own } from '../payload/json.ts';
import { text } from './answers.ts';
import type { PushWarning } from './push-types.ts';

/** The warnings of a push's answer: objects with `message` or `Message`, or plain texts. */
export function readWarnings(answer: JsonObject, remoteText: RemoteText): PushWarning[] {
  const warnings = own(answer, 'warnings');
  if (!Array.isArray(warnings)) return [];
  return warnings.map((warning: unknown) => {
    const message = isObject(warning) ? (text(warning, 'message') ?? text(warning, 'Message')) : warning;
    return { message: remoteText(typeof message === 'string' ? message : JSON.stringify(warning)) };
  });
}
