export {
  applyTransformers,
  type TransformedAttributes,
  type Transformer,
  type TransformerContext,
} from './apply-transformers.ts';
export type { SourceAttributes } from './evaluate-formatter.ts';
export { functionNames } from './functions.ts';
export type { LookupTable, LookupTables } from './lookup-table.ts';
