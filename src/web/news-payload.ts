import { z } from 'zod';
import type { NewsDelivery, NewsEvent } from '../ports/delivery.ts';
import { jsonOf } from './json-of.ts';

const Sha = z.string().regex(/^[0-9a-f]{40}$/);
const Branch = z.string().min(1).max(1000);
const repository = z.object({ full_name: z.string().max(200) });
/** Of a check or a run; null: of no branch of the repository. */
const Headed = z.object({ head_sha: Sha, head_branch: Branch.nullish() });

type Where = Pick<NewsDelivery, 'repository' | 'branches' | 'commits'>;

const ofPull = z
  .object({ repository, pull_request: z.object({ head: z.object({ ref: Branch, sha: Sha }) }) })
  .transform(({ repository: { full_name: name }, pull_request: { head } }): Where => {
    return { repository: name, branches: [head.ref], commits: [head.sha] };
  });

/** What Forge reads of them: https://docs.github.com/en/webhooks/webhook-events-and-payloads */
const PAYLOADS: Record<NewsEvent, z.ZodType<Where>> = {
  check_run: z
    .object({
      repository,
      check_run: z.object({
        head_sha: Sha,
        check_suite: z.object({ head_branch: Branch.nullish() }).nullish(),
      }),
    })
    .transform(({ repository: { full_name: name }, check_run: { head_sha, check_suite: suite } }) =>
      whereIs(name, { head_sha, head_branch: suite?.head_branch }),
    ),
  check_suite: z
    .object({ repository, check_suite: Headed })
    .transform(({ repository: { full_name: name }, check_suite: suite }) => whereIs(name, suite)),
  workflow_run: z
    .object({ repository, workflow_run: Headed })
    .transform(({ repository: { full_name: name }, workflow_run: run }) => whereIs(name, run)),
  status: z
    .object({
      repository,
      sha: Sha,
      branches: z
        .array(z.object({ name: Branch }))
        .max(100)
        .default([]),
    })
    .transform(({ repository: { full_name: name }, sha, branches }): Where => {
      return { repository: name, branches: branches.map((branch) => branch.name), commits: [sha] };
    }),
  pull_request: ofPull,
  pull_request_review: ofPull,
};

/** Undefined: it is nothing of that kind that Forge can read. `said`: the id of the arrival that keeps what was said. */
export function newsOf(event: NewsEvent, body: string, said: string): NewsDelivery | undefined {
  const parsed = PAYLOADS[event].safeParse(jsonOf(body));
  return parsed.success ? { event, ...parsed.data, said } : undefined;
}

function whereIs(name: string, { head_sha: sha, head_branch: branch }: z.infer<typeof Headed>): Where {
  return { repository: name, branches: branch == null ? [] : [branch], commits: [sha] };
}
