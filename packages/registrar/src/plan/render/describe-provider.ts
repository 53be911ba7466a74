import { printableLine } from '@oaa-kit/oaa/cli';
import type { PlannedDataSource, PlannedProvider, ProviderAction } from '../plan.ts';
import { describeField } from './describe-field.ts';
import { type Paint, type Sign, signed } from './signs.ts';

const actions: Readonly<Record<Exclude<ProviderAction, 'none'>, { readonly sign: Sign; readonly verb: string }>> = {
  create: { sign: '+', verb: 'is created' },
  update: { sign: '~', verb: 'is changed' },
  delete: { sign: '-', verb: 'is deleted' },
  replace: { sign: '!', verb: 'is replaced: deleted and made again' },
};

function heading({ action, declared, assumes, adopts, forgets }: PlannedProvider, paint: Paint): string {
  if (forgets) return signed(paint, '~', printableLine(`"${declared.name}" is forgotten: only the state changes`));
  const id = assumes === undefined || action === 'create' ? '' : ` (${assumes.id})`;
  const renamed = assumes !== undefined && assumes.name !== declared.name ? `"${assumes.name}" -> ` : '';
  const name = printableLine(`${renamed}"${declared.name}"${id}`);
  const adoption = adopts ? 'taken over' : '';
  if (action === 'none')
    return adopts
      ? signed(paint, '~', `${name} is ${adoption} as it is`)
      : `  ${name} stays${declared.absent ? ' away' : ''}`;
  const { sign, verb } = actions[action];
  return signed(paint, sign, adopts ? `${name} ${verb}, ${adoption}` : `${name} ${verb}`);
}

function dataSourceLine({ action, name, template, id }: PlannedDataSource, paint: Paint): string {
  const details = [template, id].filter((detail) => detail !== undefined).join(', ');
  const text = printableLine(`data source "${name}"${details === '' ? '' : ` (${details})`}`);
  return signed(paint, action === 'create' ? '+' : '-', text);
}

/** What happens to one provider: a heading and the lines below it. Nothing for one to which nothing happens. */
export function describeProvider(planned: PlannedProvider, paint: Paint): readonly string[] {
  const { action, adopts, declared, reasons, fields, dataSources, checksEndpoint, needsAllowDelete } = planned;
  if (action === 'none' && !adopts && reasons.length === 0) return [];
  const lines = [
    ...reasons.map((reason) => paint('dim', printableLine(reason))),
    ...(checksEndpoint && declared.scim !== undefined
      ? [paint('dim', printableLine(`the SCIM endpoint ${declared.scim.url} is tried out before anything is sent`))]
      : []),
    ...fields.map(describeField).map(({ sign, text }) => signed(paint, sign, text)),
    ...dataSources.map((dataSource) => dataSourceLine(dataSource, paint)),
    ...(needsAllowDelete ? [paint('bold', 'this destroys what is in the graph: it needs --allow-delete')] : []),
  ];
  return [heading(planned, paint), ...lines.map((line) => `    ${line}`)];
}
