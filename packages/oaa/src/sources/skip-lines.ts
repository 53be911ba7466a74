const lineFeed = 10;
const carriageReturn = 13;
const byteOrderMark = Buffer.from('\uFEFF');

/** Leaves out the byte order mark at the beginning of a text, and its first `count` lines. */
export async function* skipLines(chunks: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let left = count;
  let afterReturn = false;
  let start: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    let text = chunk;
    if (start !== undefined) {
      text = Buffer.concat([start, chunk]);
      if (text.length < byteOrderMark.length && byteOrderMark.subarray(0, text.length).equals(text)) {
        start = text;
        continue;
      }
      start = undefined;
      if (text.subarray(0, byteOrderMark.length).equals(byteOrderMark)) text = text.subarray(byteOrderMark.length);
    }
    let at = 0;
    while (at < text.length && (left > 0 || afterReturn)) {
      const byte = text[at];
      if (afterReturn) {
        afterReturn = false;
        if (byte === lineFeed) {
          at += 1;
          continue;
        }
        if (left === 0) break;
      }
      if (byte === carriageReturn) afterReturn = true;
      if (byte === carriageReturn || byte === lineFeed) left -= 1;
      at += 1;
    }
    if (at < text.length) yield text.subarray(at);
  }
  if (start !== undefined && start.length > 0) yield start;
}
