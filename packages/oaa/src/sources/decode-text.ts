import { InputError } from '../errors/errors.ts';
import { LineCounter } from './line-counter.ts';
import { sourceError } from './source-problem.ts';

function createDecoder(encoding: string, file: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new InputError('input-invalid', `The encoding "${encoding}" of ${file} is not known.`, {
      hint: 'Use a WHATWG name such as utf-8, windows-1252 or utf-16le.',
    });
  }
}

/** What a chunk says before the first bytes that cannot be decoded. */
function textBeforeFault(chunk: Uint8Array, encoding: string): Uint8Array {
  const text = new TextDecoder(encoding).decode(chunk, { stream: true });
  return Buffer.from(text.slice(0, Math.max(0, text.indexOf('\uFFFD'))));
}

/**
 * How to turn text of another encoding into UTF-8.
 * @param encoding a WHATWG name
 * @throws InputError for an unknown name; while reading with the line of bytes that are not of this encoding
 */
export function textDecoder(encoding: string, file: string): (chunks: AsyncIterable<Buffer>) => AsyncGenerator<Buffer> {
  const decoder = createDecoder(encoding, file);
  return async function* (chunks) {
    const lines = new LineCounter();
    const decode = (chunk?: Buffer): string => {
      try {
        return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
      } catch {
        const row = chunk === undefined ? lines.line : lines.lineAfter(textBeforeFault(chunk, encoding));
        throw sourceError(
          'wrong-type',
          { file, row },
          `The text is not ${decoder.encoding} here.`,
          'Name its real encoding in the mapping (encoding: ...), or save it as UTF-8.',
        );
      }
    };
    for await (const chunk of chunks) {
      const text = Buffer.from(decode(chunk));
      lines.add(text);
      if (text.length > 0) yield text;
    }
    const rest = Buffer.from(decode());
    if (rest.length > 0) yield rest;
  };
}
