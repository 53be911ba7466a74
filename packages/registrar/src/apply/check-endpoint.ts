import type { EndpointCheck } from './check-endpoints.ts';

/** `checkEndpoint` of `@oaa-kit/scim-writeback/check`, loaded when it is needed: most runs change no connection. */
export const checkEndpoint: EndpointCheck = async (endpoint) => {
  const doctor = await import('@oaa-kit/scim-writeback/check');
  return doctor.checkEndpoint(endpoint);
};
