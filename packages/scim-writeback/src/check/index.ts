export { checkEndpoint } from './check-endpoint.ts';
export type { CheckOptions } from './check-options.ts';
export type { CheckExchange, CheckReport, CheckResult, CheckStatus } from './check-report.ts';
export { checkCodes } from './requirements/all-requirements.ts';
