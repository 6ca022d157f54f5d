import { z } from 'zod';
import { HookSettingsChange } from './github/hooks/hook-settings.ts';

const name = (error: string) => z.string({ error }).min(1);
const repository = name('a repository of GET /sandbox/github, such as acme/api').default('acme/api');
const branch = name('a branch, such as feature/banner');
const commitish = name('a branch, a tag or a commit');
const pull = z.int({ error: 'the number of a pull request' }).min(1);
/** Who does it: a login. */
const as = name('a login of GET /sandbox/github, such as maya-p').default('maya-p');
const place = { repository, as };

export const ReadGithub = z.strictObject({});
export const Commit = z.strictObject({
  ...place,
  branch,
  from: commitish.optional(),
  message: name('what the commit says'),
  files: z.record(z.string().min(1), z.string().nullable(), {
    error: 'text by path; null takes a file away',
  }),
});
export const PushTag = z.strictObject({
  ...place,
  tag: name('the tag, such as v1.2.0'),
  ref: commitish.default('main'),
});
export const PushBranch = z.strictObject({ ...place, branch, to: commitish });
export const DeleteRef = z
  .strictObject({ ...place, branch: branch.optional(), tag: z.string().min(1).optional() })
  .refine((input) => (input.branch === undefined) !== (input.tag === undefined), {
    path: ['branch'],
    message: 'say either branch or tag',
  });
export const OpenPull = z.strictObject({
  ...place,
  head: branch,
  base: branch.default('main'),
  title: name('the title of the pull request'),
  body: z.string().default(''),
  draft: z.boolean().default(false),
});
export const ChangePull = z.strictObject({
  ...place,
  pull,
  draft: z.boolean().optional(),
  state: z.enum(['open', 'closed']).optional(),
});
export const WriteReview = z.strictObject({
  ...place,
  pull,
  verdict: z.enum(['approve', 'request-changes', 'comment', 'dismiss']),
  says: z.string().default(''),
});
export const MergePull = z.strictObject({
  ...place,
  pull,
  method: z.enum(['merge', 'squash', 'rebase']).default('squash'),
});
export const ReportCheck = z.strictObject({
  repository,
  as: as.default('github-actions[bot]'),
  ref: commitish,
  name: name('the name of the check, such as CI'),
  kind: z.enum(['check-run', 'status']).default('check-run'),
  state: z.enum([
    'queued',
    'in_progress',
    'success',
    'failure',
    'neutral',
    'cancelled',
    'skipped',
    'timed_out',
    'action_required',
    'stale',
  ]),
  says: z.string().optional(),
});
export const Protect = z.strictObject({
  repository,
  branch: branch.default('main'),
  /** Null: no rules any more. */
  rules: z
    .strictObject({
      checks: z.array(z.string()).default([]),
      approvals: z.int().min(0).max(6).default(0),
      upToDate: z.boolean().default(false),
    })
    .nullable(),
});
export const AllowMerges = z.strictObject({
  repository,
  methods: z.array(z.enum(['merge', 'squash', 'rebase'])).min(1),
});
export const ChangeWebhooks = HookSettingsChange.extend({
  /** Delivers one of the deliveries again: its guid, or `last`. */
  redeliver: z.string().min(1).optional(),
});
