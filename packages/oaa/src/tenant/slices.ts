/** Cuts a stream of chunks into slices of exactly `sizeBytes` (the last may be shorter), each a list of chunks. */
export function* slices(chunks: Iterable<Uint8Array>, sizeBytes: number): Generator<readonly Uint8Array[]> {
  let slice: Uint8Array[] = [];
  let length = 0;
  for (const chunk of chunks) {
    let rest = chunk;
    while (length + rest.length >= sizeBytes) {
      const taken = sizeBytes - length;
      slice.push(rest.subarray(0, taken));
      yield slice;
      rest = rest.subarray(taken);
      slice = [];
      length = 0;
    }
    if (rest.length > 0) {
      slice.push(rest);
      length += rest.length;
    }
  }
  if (length > 0) yield slice;
}
