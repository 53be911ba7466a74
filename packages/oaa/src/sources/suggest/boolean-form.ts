import { compileBooleanParser } from '../mapping/parse-boolean.ts';

const trueWords = 'ja j oui si sí x ✓ ✔ on ok aktiv hired employed current wahr vrai freigeschaltet live'.split(' ');
const falseWords =
  'nein non off inaktiv gesperrt locked terminated deactivated suspended blocked left former deleted expired ausgeschieden deaktiviert archived revoked falsch faux closed'.split(
    ' ',
  );

/** Which words mean true and false; without lists where the mapping knows them by itself. */
export interface BooleanForm {
  readonly true?: readonly string[];
  readonly false?: readonly string[];
  /** What an empty cell means, where the other value is written as an empty cell. */
  readonly default?: boolean;
}

/**
 * How truth is written in a column; undefined where its texts do not tell. Words such as `hired` and `gesperrt` count
 * only with `wide`, for a column of which it is known that it says whether somebody is active.
 *
 * @param inverted true in the column means false: `disabled`
 */
export function booleanForm(
  distinct: readonly string[],
  hasEmpty: boolean,
  { wide, inverted }: { readonly wide: boolean; readonly inverted: boolean },
): BooleanForm | undefined {
  if (distinct.length === 0 || distinct.length > 12) return undefined;
  const known = compileBooleanParser();
  const meaning = (text: string): boolean | undefined => {
    const word = text.toLowerCase();
    const value = known(word);
    if (value !== undefined) return value;
    if (!wide && !['ja', 'nein', 'oui', 'non', 'x', '✓', '✔', 'wahr', 'falsch'].includes(word)) return undefined;
    return trueWords.includes(word) ? true : falseWords.includes(word) ? false : undefined;
  };
  const meanings = distinct.map((text) => [text, meaning(text)] as const);
  if (meanings.some(([, value]) => value === undefined)) return undefined;
  const words = (value: boolean) => meanings.filter(([, one]) => one === value).map(([text]) => text);
  const [yes, no] = inverted ? [words(false), words(true)] : [words(true), words(false)];
  const onlyMark = distinct.length === 1 && hasEmpty && /^[x✓✔]$/i.test(distinct[0] ?? '');
  if (!inverted && !onlyMark && distinct.every((text) => known(text) !== undefined)) return {};
  if (onlyMark) return inverted ? { false: no, default: true } : { true: yes, default: false };
  if (!inverted) return { true: yes, false: no };
  // All usual words are turned round, so that one that is not in the sample is read rightly, too.
  const usualFalse = ['false', 'f', 'no', 'n', '0'];
  const usualTrue = ['true', 't', 'yes', 'y', '1'];
  return { true: [...new Set([...usualFalse, ...yes])], false: [...new Set([...usualTrue, ...no])] };
}
