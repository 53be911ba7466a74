import { stringify } from 'yaml';

/** A JSON value as YAML 1.2 that reads back as the same value; long texts stay on their line. */
export function toYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
