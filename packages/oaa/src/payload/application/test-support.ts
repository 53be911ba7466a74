import { InputError } from '../../errors/errors.ts';
import { type Application, defineApplication } from '../index.ts';
import { jsonChunks, type PayloadSource } from '../serialise.ts';
import type { WireApplication, WireApplicationPayload } from './wire.ts';

/** An empty application. */
export function anApplication(): Application {
  return defineApplication({ name: 'Shop', applicationType: 'Shop' });
}

/** A payload as it stands on the wire. */
export function written(payload: PayloadSource): WireApplicationPayload {
  return JSON.parse(Array.from(jsonChunks(payload)).join('')) as WireApplicationPayload;
}

/** The first application of a payload as it stands on the wire. */
export function writtenApplication(payload: PayloadSource): WireApplication {
  const [application] = written(payload).applications;
  if (application === undefined) throw new Error('The payload has no application.');
  return application;
}

/** The error that `work` throws. */
export function refusal(work: () => unknown): InputError {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}
