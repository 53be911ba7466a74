import { type DiagnosticList, joinPath } from '../../diagnostics.ts';
import { isObject, type JsonObject, listOf, own, textOf } from '../../json.ts';
import { exceedsBytes, limits } from '../../limits.ts';
import { propertyProblem } from '../../properties.ts';
import { showValue } from '../../show-value.ts';
import { tagProblem } from '../../tags.ts';
import { isTimestamp } from '../../timestamps.ts';
import type { DefinitionTable } from './definition-tables.ts';

/** Custom property values against their definitions. */
export function checkProperties(
  list: DiagnosticList,
  entity: JsonObject,
  definitions: DefinitionTable | undefined,
  path: () => string,
): void {
  const properties = own(entity, 'custom_properties');
  if (!isObject(properties)) return;
  for (const name of Object.keys(properties)) {
    const at = () => joinPath(path(), 'custom_properties', name);
    const type = definitions?.typeOf(name);
    if (type === undefined) {
      const known = definitions?.names() ?? [];
      list.error(
        'undefined-property',
        at(),
        `The custom property "${name}" is not defined for this kind of entity.${list.didYouMean(name, known)}`,
        `Define it in ${definitions?.path ?? 'custom_property_definition'}; definitions must be in every push.`,
      );
      continue;
    }
    const problem = propertyProblem(type, properties[name]);
    if (problem !== undefined) {
      list.error(problem.code, at(), `The custom property "${name}": ${problem.message}.`);
    }
  }
}

function checkTags(list: DiagnosticList, entity: JsonObject, path: () => string): void {
  const tags = listOf(entity, 'tags');
  for (let index = 0; index < tags.length; index += 1) {
    const tag = tags[index];
    if (!isObject(tag)) continue;
    const problem = tagProblem({ key: textOf(tag, 'key') ?? '', value: textOf(tag, 'value') ?? '' });
    if (problem !== undefined) list.error('bad-tag', joinPath(path(), 'tags', index), `${problem}.`);
  }
}

/** Tags, custom properties and description: what entities of every kind may carry. */
export function checkAttachments(
  list: DiagnosticList,
  entity: JsonObject,
  definitions: DefinitionTable | undefined,
  path: () => string,
): void {
  checkProperties(list, entity, definitions, path);
  checkTags(list, entity, path);
  const description = textOf(entity, 'description');
  if (description !== undefined && exceedsBytes(description, limits.descriptionBytes)) {
    list.error(
      'too-long',
      joinPath(path(), 'description'),
      `The description is longer than ${limits.descriptionBytes} bytes.`,
      'Cut it; truncateBytes cuts at a character boundary.',
    );
  }
}

/** The named keys, where they are texts, must be RFC 3339 timestamps. */
export function checkTimestamps(
  list: DiagnosticList,
  entity: JsonObject,
  keys: readonly string[],
  path: () => string,
): void {
  for (const key of keys) {
    const text = textOf(entity, key);
    if (text === undefined || isTimestamp(text)) continue;
    list.error(
      'bad-timestamp',
      joinPath(path(), key),
      `${showValue(text)} is not an RFC 3339 timestamp.`,
      'Write it like "2026-01-31T09:00:00Z", with Z or an offset.',
    );
  }
}
