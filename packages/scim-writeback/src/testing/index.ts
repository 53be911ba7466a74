export {
  type AdapterLaw,
  type AdapterUnderTest,
  type ApplicationView,
  adapterLaws,
  type JoiningAdapterLaw,
  type JoiningAdapterUnderTest,
  joiningAdapterLaws,
} from '../application/adapter-conformance.ts';
export {
  type DirectoryLaw,
  type DirectoryStore,
  type DirectoryStoreOptions,
  directoryLaws,
} from '../directory/conformance.ts';
