import { type JsonObject, own } from '../payload/json.ts';
import { text, unexpectedAnswer } from './answers.ts';
import type { Provider } from './provider.ts';
import { redact } from './redact.ts';

/** The templates of both forms: one under `custom_template`, several under `custom_templates`. */
function templatesOf(value: JsonObject): string[] {
  const several = own(value, 'custom_templates');
  const all = [text(value, 'custom_template'), ...(Array.isArray(several) ? several : [])];
  return [...new Set(all.filter((template): template is string => typeof template === 'string' && template !== ''))];
}

/** @throws RemoteError `response-invalid` when id or name is missing */
export function readProvider(value: JsonObject): Provider {
  const id = text(value, 'id');
  const name = text(value, 'name');
  if (id === undefined || name === undefined) throw unexpectedAnswer('provider', 'has no id or no name', 200);
  const provisioning = own(value, 'provisioning');
  return {
    id,
    name,
    state: text(value, 'state') ?? '',
    templates: templatesOf(value),
    provisioning: typeof provisioning === 'boolean' ? provisioning : undefined,
    externalLifecycleManagementType: text(value, 'external_lifecycle_management_type'),
    raw: redact(value),
  };
}
