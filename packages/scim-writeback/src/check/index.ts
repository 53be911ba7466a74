export { checkEndpoint } from './check-endpoint.ts';
export type { CheckOptions } from './check-options.ts';
export type { CheckExchange, CheckReport, CheckResult, CheckStatus } from './check-report.ts';
export { describeLeftBehind } from './describe-left-behind.ts';
export { checkCodes } from './requirements/all-requirements.ts';
