import type { Route } from '../endpoints/route.ts';

/** Gives the route of a path, with what stands in place of its variable part; undefined for an unknown path. */
export type Router = (segments: readonly string[]) => FoundRoute | undefined;

export interface FoundRoute {
  readonly route: Route;
  /** Empty where the route has no variable part. */
  readonly id: string;
}

/** @param routes the first one that fits counts */
export function createRouter(routes: readonly Route[]): Router {
  const patterns = routes.map((route) => ({
    route,
    parts: route.template.split('/').filter((part) => part !== ''),
  }));
  return (segments) => {
    const found = patterns.find(
      ({ parts }) =>
        parts.length === segments.length && parts.every((part, index) => part === '{id}' || part === segments[index]),
    );
    return found && { route: found.route, id: segments[found.parts.indexOf('{id}')] ?? '' };
  };
}
