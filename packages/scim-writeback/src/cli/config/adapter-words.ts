/** What an adapter threw, in its own words: `fetch failed: connect ECONNREFUSED ...`, since `fetch` says why in the cause alone. */
export function adapterWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  return cause instanceof Error && cause.message !== '' ? `${message}: ${cause.message}` : message;
}
