import { ScimError } from '../errors/scim-error.ts';
import type { Schema } from '../schemas/schema.ts';
import type { Patching } from './patching.ts';
import { mutability } from './refusals.ts';

/** Takes away all attributes of an extension; with the last one, its URN goes out of `schemas`. RFC 7644 s3.5.2. */
export function removeExtension(extension: Schema, { schema, profile, draft }: Patching): void {
  const required = schema.type.extensions.some((one) => one.schema === extension && one.required);
  if (required) throw new ScimError(400, profile.removeRequired, `${extension.id} is required.`);
  for (const attribute of extension.attributes) {
    const place = { extension, attribute };
    if (draft.get(place) === undefined || attribute.mutability === 'readOnly') continue;
    if (attribute.mutability === 'immutable')
      throw mutability(`${attribute.name} is immutable; it has a value already.`);
    if (attribute.multiValued) draft.list(place).clear();
    else draft.set(place, undefined);
  }
}
