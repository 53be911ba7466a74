import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { OutputStream } from './command.ts';
import type { SecretMask } from './secret-mask.ts';

function isClosedPipe(error: Error): boolean {
  const code = 'code' in error ? error.code : undefined;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'ERR_STREAM_WRITE_AFTER_END';
}

/**
 * Hands text on to `target` without the secrets of `mask`. A reader that went away (`oaa ... | head`) is not an error:
 * what follows is dropped.
 */
export class MaskedOutput extends Writable {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  readonly #target: OutputStream;
  readonly #mask: SecretMask;
  #held = '';
  #failure: Error | undefined;

  constructor(target: OutputStream, mask: SecretMask) {
    super({ decodeStrings: false });
    this.isTTY = target.isTTY === true;
    this.columns = target.columns;
    this.#target = target;
    this.#mask = mask;
  }

  /** What kept text from being written, a full disk for example. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    const text = this.#mask.apply(this.#held + (typeof chunk === 'string' ? chunk : chunk.toString('utf8')));
    // A secret may be cut in two by the pieces in which a large document is written.
    const end = text.length - this.#mask.openEnd(text);
    this.#held = text.slice(end);
    this.#pass(text.slice(0, end), done);
  }

  override _final(done: () => void): void {
    this.#pass(this.#held, done);
  }

  #pass(text: string, done: () => void): void {
    if (text === '') {
      done();
      return;
    }
    this.#target.write(text, (error) => {
      if (error && !isClosedPipe(error)) this.#failure = error;
      done();
    });
  }

  /** Waits until everything has reached the target, which stays open. */
  async flush(): Promise<void> {
    this.end();
    await finished(this);
  }
}
