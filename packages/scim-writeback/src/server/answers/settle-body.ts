/** UTF-16 units that are kept before anything is sent. */
const keptLength = 262_144;

/**
 * A body as one text where it is short, else as pieces that are made while they are written: memory stays bounded, and
 * short bodies have a length and fail, if they do, before anything was sent.
 */
export async function settleBody(pieces: AsyncGenerator<string>): Promise<string | AsyncIterable<string>> {
  let text = '';
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
    text += next.value;
    if (text.length > keptLength) return goOn(text, pieces);
  }
  return text;
}

async function* goOn(text: string, pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  yield text;
  yield* pieces;
}
