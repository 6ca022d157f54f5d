import { z } from 'zod';

const Level = z.enum(['read', 'write']);
export type Level = z.infer<typeof Level>;

/** Permissions of a GitHub App, as the API spells them. */
export const PERMISSIONS = [
  'actions',
  'administration',
  'checks',
  'contents',
  'deployments',
  'issues',
  'members',
  'metadata',
  'pull_requests',
  'statuses',
  'workflows',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What an owner of the organisation, or GitHub itself, may change while everything runs. */
export const Settings = z.strictObject({
  /** What Forge's App may do. One that is absent: nothing. */
  permissions: z.partialRecord(z.enum(PERMISSIONS), Level),
  /** What became of the App's installation. */
  installation: z.enum(['active', 'suspended', 'removed']),
  /** Calls that are left until the hour is over, of those with a token. */
  callsLeft: z.int().min(0),
  /** Seconds until they are all there again. */
  callsResetSeconds: z.int().min(1),
  /** How long after a dispatch its run shows in lists. */
  runsShowAfterMs: z.int().min(0).max(60_000),
});
export type Settings = z.infer<typeof Settings>;
export const SettingsChange = Settings.partial();
export type SettingsChange = Partial<Settings>;

export const CALLS_AN_HOUR = 5_000;

/** What Forge needs for everything it does, and no more. */
export const FIRST_SETTINGS: Settings = {
  permissions: {
    actions: 'write',
    checks: 'read',
    contents: 'write',
    deployments: 'write',
    members: 'read',
    metadata: 'read',
    pull_requests: 'write',
    statuses: 'read',
  },
  installation: 'active',
  callsLeft: CALLS_AN_HOUR,
  callsResetSeconds: 3_600,
  runsShowAfterMs: 300,
};
