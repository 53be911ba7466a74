import { printableLine } from '@oaa-kit/oaa/cli';
import type { JsonValue } from '../../manifest/declared-provider.ts';
import type { PlannedField, SecretChange } from '../plan.ts';
import type { Sign } from './signs.ts';

const maximumLength = 160;
const shownHexDigits = 12;

/** A field as its sign and its line. */
export interface DescribedField {
  readonly sign: Sign;
  readonly text: string;
}

const secretWords: Readonly<Record<SecretChange, { readonly sign: Sign; readonly words: string }>> = {
  new: { sign: '+', words: '(secret, new)' },
  changed: { sign: '~', words: '(secret, changed)' },
  unknown: { sign: '~', words: 'secret (unknown, would be sent)' },
  unreadable: { sign: '~', words: 'secret (cannot be read here)' },
};

function valueText(path: string, value: JsonValue): string {
  if (path === 'icon' && typeof value === 'string') return `image ${value.slice(0, shownHexDigits)}`;
  const text = JSON.stringify(value);
  const cut = text.length > maximumLength ? `${text.slice(0, maximumLength)}... (${text.length} characters)` : text;
  return printableLine(cut);
}

/** `~ provisioning: false -> true` in two parts. */
export function describeField(field: PlannedField): DescribedField {
  const name = printableLine(field.path);
  if ('secret' in field) {
    const { sign, words } = secretWords[field.secret];
    return { sign, text: `${name}: ${words}` };
  }
  const { path, before, after } = field;
  if (after === undefined) {
    return { sign: '-', text: before === undefined ? name : `${name}: ${valueText(path, before)}` };
  }
  if (before === undefined) return { sign: '+', text: `${name}: ${valueText(path, after)}` };
  // Another payload template is what a provider is replaced for.
  const sign = path.startsWith('custom_template') ? '!' : '~';
  return { sign, text: `${name}: ${valueText(path, before)} -> ${valueText(path, after)}` };
}
