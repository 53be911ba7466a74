export {
  type DirectoryLaw,
  type DirectoryStore,
  type DirectoryStoreOptions,
  directoryLaws,
} from '../directory/conformance.ts';
