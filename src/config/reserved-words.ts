/** Words people type after `/forge` that mean something by themselves, now or in a later version. */
const spoken = [
  ...['deploy', 'promote', 'approve', 'reject', 'pause', 'resume', 'abort', 'skip', 'rollback', 'schedule'],
  ...['schedules', 'unschedule', 'status', 'history', 'freeze', 'unfreeze', 'lock', 'unlock', 'when', 'ship'],
  ...[
    'reschedule',
    'confirm',
    'consent',
    'takeover',
    'happened',
    'ack',
    'reload',
    'flags',
    'review',
    'stats',
    'help',
    'whoami',
  ],
  ...[
    'retry',
    'override',
    'tick',
    'merge',
    'recheck',
    'unship',
    'revert',
    'automatic',
    'check',
    'checks',
    'build',
  ],
  ...['because', 'to', 'from', 'in', 'on', 'at', 'for', 'with', 'by', 'and', 'now', 'everywhere', 'everyone'],
  ...['all', 'any', 'only', 'latest', 'live', 'previous', 'emergency'],
  ...['rolling', 'blue-green', 'canary', 'blue', 'green', 'idle', 'standby', 'web', 'worker', 'scheduled'],
  ...['service', 'environment', 'region', 'release', 'version', 'branch', 'commit', 'deployment'],
];

const environments = ['development', 'staging', 'production'];

/** Why a service or an environment can't have this name: somebody would have to guess what a person meant. */
export function reservedMeaning(name: string, of: 'service' | 'environment'): string | undefined {
  if (spoken.includes(name)) return 'a word of its own in `/forge …`';
  if (of === 'service' && environments.includes(name)) return 'what people call an environment';
  if (/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(name)) return 'what AWS calls a region';
  if (/^(?=.*\d)[0-9a-f]{7,40}$/.test(name)) return 'what a commit looks like';
  if (/^v\d/.test(name)) return 'what a version looks like';
  return undefined;
}
