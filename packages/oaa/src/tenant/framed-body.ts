import { InputError } from '../errors/index.ts';
import type { HttpBody } from '../http/index.ts';

export interface Frame {
  /** Keys before the large one. */
  readonly before: Readonly<Record<string, string | number>>;
  /** Key of the large string. */
  readonly key: string;
  /** Keys after it. */
  readonly after?: Readonly<Record<string, string | number>> | undefined;
}

/**
 * A JSON object with one large string, written as a stream.
 *
 * @param contentBytes exact length of what `content` yields
 * @param content the string as it stands inside the quotes, escaped; called once for each attempt
 */
export function framedBody(frame: Frame, contentBytes: number, content: () => Iterable<Uint8Array>): HttpBody {
  const start = JSON.stringify(frame.before).slice(0, -1);
  const head = Buffer.from(`${start}${start === '{' ? '' : ','}${JSON.stringify(frame.key)}:"`, 'utf8');
  const rest = JSON.stringify(frame.after ?? {}).slice(1);
  const tail = Buffer.from(`"${rest === '}' ? '' : ','}${rest}`, 'utf8');
  const changed = (): InputError =>
    new InputError('payload-invalid', 'The payload changed while it was being pushed.', {
      hint: 'Do not change a payload before its push has ended.',
    });
  return {
    contentType: 'application/json',
    byteLength: head.length + contentBytes + tail.length,
    *open() {
      yield head;
      let bytes = 0;
      for (const chunk of content()) {
        bytes += chunk.length;
        if (bytes > contentBytes) throw changed();
        yield chunk;
      }
      if (bytes !== contentBytes) throw changed();
      yield tail;
    },
  };
}
