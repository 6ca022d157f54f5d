import { accountRoutes } from './account-routes.ts';
import { actionRoutes } from './action-routes.ts';
import { checkRoutes } from './check-routes.ts';
import { commitRoutes, singleCommitRoute } from './commit-routes.ts';
import { deploymentRoutes } from './deployment-routes.ts';
import { graphqlRoute } from './graphql-route.ts';
import { pullRoutes } from './pull-routes.ts';
import type { RateLimit } from './rate-limit.ts';
import { refRoutes } from './ref-routes.ts';
import { repositoryRoutes } from './repository-routes.ts';
import { reviewRoutes } from './review-routes.ts';
import type { Route } from './route.ts';
import type { Tokens } from './tokens.ts';

/** Everything this GitHub answers. The first that fits is taken. */
export function githubRoutes(from: { tokens: Tokens; limit: RateLimit }): Route[] {
  return [
    ...accountRoutes(from),
    ...repositoryRoutes,
    ...refRoutes,
    ...commitRoutes,
    ...checkRoutes,
    ...pullRoutes,
    ...reviewRoutes,
    ...deploymentRoutes,
    ...actionRoutes,
    graphqlRoute,
    singleCommitRoute,
  ];
}
