import { z } from 'zod';

const Named = z.looseObject({ name: z.string(), sha: z.string() });
const Pull = z.looseObject({
  number: z.number(),
  title: z.string(),
  body: z.string().nullable(),
  /** `open`, `closed` or `merged`. */
  state: z.string(),
  author: z.string(),
  head: z.object({ ref: z.string(), sha: z.string() }),
  labels: z.array(z.string()),
  reviewers: z.array(z.string()),
  mergeCommit: z.string().nullable(),
  mergedBy: z.string().nullable(),
});
const Run = z.looseObject({
  id: z.number(),
  event: z.string(),
  sha: z.string(),
  title: z.string(),
  state: z.string(),
  jobs: z.array(z.object({ name: z.string(), state: z.string() })),
});
const Deployment = z.looseObject({
  id: z.number(),
  sha: z.string(),
  environment: z.string(),
  /** Oldest first. */
  statuses: z.array(z.object({ state: z.string(), description: z.string() })),
});
/** What GET /sandbox/github answers, as far as programs need it. */
export const GithubState = z.looseObject({
  settings: z.record(z.string(), z.unknown()),
  webhooks: z.looseObject({
    url: z.string().nullable(),
    deliveries: z.array(
      z.looseObject({
        guid: z.string(),
        event: z.string(),
        action: z.string().nullable(),
        attempts: z.array(z.union([z.number(), z.string()])),
      }),
    ),
  }),
  people: z.array(z.looseObject({ login: z.string(), token: z.string().optional() })),
  repositories: z.array(
    z.looseObject({
      name: z.string(),
      branches: z.array(Named),
      tags: z.array(Named),
      pulls: z.array(Pull),
      checks: z.array(Named.extend({ state: z.string() })),
      runs: z.array(Run),
      deployments: z.array(Deployment),
    }),
  ),
});
export type GithubState = z.infer<typeof GithubState>;
