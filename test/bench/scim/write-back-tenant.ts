// The sandbox in a process of its own, so that what it does is not counted as the publisher's.
import { createSandbox } from '@oaa-kit/registrar/sandbox';

const { url, apiKey } = await createSandbox();
process.send?.({ url, apiKey });
process.on('disconnect', () => process.exit());
