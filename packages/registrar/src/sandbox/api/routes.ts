import { controlRoutes } from './control.ts';
import { dataSourceRoutes } from './data-sources.ts';
import { iconRoutes } from './icon.ts';
import { jobStatusRoutes } from './job-status.ts';
import { partsRoutes } from './parts.ts';
import { providerRoutes } from './providers.ts';
import { pushRoutes } from './push.ts';
import { pushCsvRoutes } from './push-csv.ts';
import type { Route } from './route.ts';
import { templateRoutes } from './templates.ts';

/** Every operation that the sandbox offers. */
export const routes: readonly Route[] = [
  ...templateRoutes,
  ...providerRoutes,
  ...iconRoutes,
  ...dataSourceRoutes,
  ...jobStatusRoutes,
  ...pushRoutes,
  ...partsRoutes,
  ...pushCsvRoutes,
  ...controlRoutes,
];
