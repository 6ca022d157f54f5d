const removeKey = 'Remove the key.';
const removeOrWait =
  'Remove the whole environment until Forge can, or only this key if that is acceptable there.';
const blueGreen =
  'Forge cannot deploy blue-green yet. Name one ECS service instead: { url: …, cluster: …, service: … }.';

/**
 * What the policy file will be able to say, but Forge cannot do yet. A policy nobody enforces is worse than none:
 * these keys are refused by name, never ignored.
 */
const laterKeys = new Map([
  ['approvals', `Forge cannot enforce approvals yet: deployments would start without them. ${removeOrWait}`],
  ['windows', `Forge cannot enforce windows yet: deployments would start at any time. ${removeOrWait}`],
  ['may', `Forge cannot restrict who may do what yet: every full member could. ${removeOrWait}`],
  ['gates', `Forge cannot judge measurements yet: a bad release would not be held. ${removeOrWait}`],
  [
    'roll back when',
    `Forge cannot judge measurements yet: a bad release would not be rolled back. ${removeOrWait}`,
  ],
  ['evidence', `Forge cannot judge measurements yet; it judges health and smoke tests. ${removeKey}`],
  ['soak', `Forge does not wait between regions yet. ${removeOrWait}`],
  ['standby', `Forge keeps no standby yet: a rollback starts the previous release again. ${removeKey}`],
  ['announce', `Forge announces nothing in a second channel yet. ${removeKey}`],
  [
    'checks',
    'Forge runs no checks before a deployment yet. Remove the key if a release may be deployed without them, or the whole service until Forge can.',
  ],
  [
    'migration',
    'Forge runs no migrations yet. Remove the key if somebody migrates by hand before deploying, or the whole service until Forge can.',
  ],
  ['database', `Forge watches no database yet. ${removeKey}`],
  ['blue', blueGreen],
  ['green', blueGreen],
  ['rules', blueGreen],
  ['preview', blueGreen],
  ['tag', 'Forge does not deploy by tag yet. Name a branch instead: { branch: main }.'],
  ['role', `Forge assumes no role yet; it uses the AWS credentials it is started with. ${removeKey}`],
  ['notifications', `Forge notifies nobody outside Slack yet. ${removeKey}`],
  ['flags', `Forge knows no feature flags yet. ${removeKey}`],
  ['github', `Forge does not talk to GitHub yet. ${removeKey}`],
]);

const laterGroups = new Set([
  'viewers',
  'deployers',
  'responders',
  'approvers',
  'release-managers',
  'incident-commanders',
  'security',
]);

/** The sentence for a key of a later version; undefined for a key that is simply not known. */
export function keyNotYet(key: string, parent: string | undefined): string | undefined {
  if (parent === 'people' && laterGroups.has(key)) {
    return `Forge gives nobody a role yet: every full member of the workspace may deploy. ${removeKey}`;
  }
  return laterKeys.get(key);
}

/** The same for a strategy, as its name or as the settings that begin with its name. */
export function strategyNotYet(input: unknown): string | undefined {
  const text = typeof input === 'string' ? input : Object.keys(Object(input)).join(' ');
  const strategy = ['blue-green', 'canary'].find((name) => text.includes(name));
  if (strategy === undefined) return undefined;
  return `Forge cannot deploy by ${strategy} yet: it would replace every task at once. Remove the whole environment until Forge can, or write rolling if that is acceptable there.`;
}
