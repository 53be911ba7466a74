import { expect, test } from 'vitest';
import { rememberProvider } from './remember-provider.ts';
import { rememberedProvider } from './test-support.ts';

test('a provider takes the place of what had its key or its id', () => {
  const other = rememberedProvider({ key: 'c', id: '3' });
  const before = [rememberedProvider({ key: 'a', id: '1' }), rememberedProvider({ key: 'b', id: '2' }), other];
  const taken = rememberedProvider({ key: 'a', id: '2' });
  expect(rememberProvider(before, taken)).toEqual([other, taken]);
});
