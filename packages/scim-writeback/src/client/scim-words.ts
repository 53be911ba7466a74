import { clientSettings, type RemoteWords } from '@oaa-kit/oaa/http';

/** How messages of a client speak of the other side when its caller gives no words: with the options of the client. */
export const scimWords: RemoteWords = {
  noun: 'SCIM service',
  credential: 'credential',
  rightsHint: 'The credential needs the right to read and to write users and groups.',
  settings: clientSettings,
};
