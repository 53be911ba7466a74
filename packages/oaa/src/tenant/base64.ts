const blockBytes = 48 * 1024;

/** How long the base64 of so many bytes is (RFC 4648 section 4). */
export function base64Length(byteLength: number): number {
  return Math.ceil(byteLength / 3) * 4;
}

function encode(bytes: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'), 'latin1');
}

/** The base64 of all chunks together, in pieces of at most 64 kB. The chunks may be cut anywhere. */
export function* base64Chunks(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  let carried: Uint8Array = new Uint8Array(0);
  for (const chunk of chunks) {
    let rest = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    while (rest.length >= 3) {
      const length = Math.min(blockBytes, rest.length - (rest.length % 3));
      yield encode(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
    carried = rest;
  }
  if (carried.length > 0) yield encode(carried);
}
