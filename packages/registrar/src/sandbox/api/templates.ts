import { templates } from '@oaa-kit/oaa';
import { paths, type Route } from './route.ts';

/** The payload templates; clients use it to find out whether the key is good. */
export const templateRoutes: readonly Route[] = [
  {
    method: 'GET',
    url: paths.templates,
    handle: () => ({ values: templates.map((name) => ({ name })), next_page_token: '', has_more: false }),
  },
];
