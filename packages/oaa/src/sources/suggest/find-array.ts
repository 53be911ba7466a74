import { isObject } from '../../payload/json.ts';

const maximumDepth = 4;

function pointerSegment(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** JSON pointer to the nearest array of objects in a document; undefined when there is none. */
export function findArray(document: unknown): string | undefined {
  let level: [pointer: string, value: unknown][] = [['', document]];
  for (let depth = 0; depth <= maximumDepth && level.length > 0; depth += 1) {
    const found = level.find(([, value]) => Array.isArray(value) && value.some(isObject));
    if (found !== undefined) return found[0];
    level = level.flatMap(([pointer, value]) =>
      isObject(value)
        ? Object.entries(value).map(([key, item]): [string, unknown] => [`${pointer}/${pointerSegment(key)}`, item])
        : [],
    );
  }
  return undefined;
}
