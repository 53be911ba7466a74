export { jsonRecord, jsonValue } from './json-schema.ts';
export { emptyState, type OpenState, openState, readState } from './open-state.ts';
export { type DocumentKind, readDocument } from './read-document.ts';
export type { RegistrarState, RememberedProvider, RememberedSecret } from './registrar-state.ts';
export { rememberProvider } from './remember-provider.ts';
export { isRemembered, rememberSecret } from './remembered-secret.ts';
export { stateFileName } from './state-file-name.ts';
export { type FileWords, unwritable, writePrivateFile } from './write-private-file.ts';
