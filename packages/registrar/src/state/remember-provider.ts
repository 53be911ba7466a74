import type { RememberedProvider } from './registrar-state.ts';

/** The providers with one more, in the place of what was there under its key or with its id. */
export function rememberProvider(
  providers: readonly RememberedProvider[],
  provider: RememberedProvider,
): readonly RememberedProvider[] {
  return [...providers.filter(({ key, id }) => key !== provider.key && id !== provider.id), provider];
}
