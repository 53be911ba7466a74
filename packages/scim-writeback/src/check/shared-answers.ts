import { NotTried } from './judge.ts';
import { once } from './once.ts';
import { somebody } from './people.ts';
import type { Probe } from './probe.ts';
import { userBody } from './sent-bodies.ts';
import type { Answer } from './wire.ts';

/** The answer to an id that nobody has. */
export const unknownId = once((probe) =>
  probe.send({ method: 'GET', endpoint: 'Users', id: probe.session.newName('nobody') }),
);

/** The answer to the POST of a user whose name is taken. */
export const conflict = once(async (probe) => {
  const { name } = await somebody(probe);
  const { answer } = await probe.post('Users', userBody(name));
  return answer;
});

/** Answers that are errors: of them all has to be true what RFC 7644 s3.12 says. */
export async function errorAnswers(probe: Probe): Promise<readonly Answer[]> {
  const answers = [await unknownId(probe)];
  try {
    if (!probe.readOnly) answers.push(await conflict(probe));
  } catch (error) {
    if (!(error instanceof NotTried)) throw error;
  }
  // That another status is wrong is said elsewhere.
  return answers.filter(({ status }) => status === 404 || status === 409);
}

/** The answers to requests without a credential, and with a wrong one. */
export const withoutCredential = once((probe) =>
  probe.send({ method: 'GET', endpoint: 'Users', query: firstPage, credential: 'none' }),
);
export const withWrongCredential = once((probe) =>
  probe.send({ method: 'GET', endpoint: 'Users', query: firstPage, credential: 'wrong' }),
);

/** A page that is short where the endpoint can make it so. */
export const firstPage = { startIndex: '1', count: '10' };

export const usersPage = once((probe) => probe.list('Users', firstPage));
