import { InputError } from '../errors/errors.ts';
import { exceedsBytes, limits } from './limits.ts';

/** @throws InputError for a description that the tenant would refuse; `name` says in the message whose it is. */
export function checkDescription(description: string | undefined, name: string): void {
  if (description === undefined || !exceedsBytes(description, limits.descriptionBytes)) return;
  throw new InputError(
    'input-invalid',
    `The description of "${name}" is longer than ${limits.descriptionBytes} bytes.`,
    {
      hint: `Cut it: truncateBytes(description, limits.descriptionBytes).`,
    },
  );
}
