const removeKey = 'Remove the key.';
const removeOrWait =
  'Remove the whole environment until Forge can, or only this key if that is acceptable there.';

/**
 * What the policy file will be able to say, but Forge cannot do yet. A policy nobody enforces is worse than none:
 * these keys are refused by name, never ignored.
 */
const laterKeys = new Map([
  ['approvals', `Forge cannot enforce approvals yet: deployments would start without them. ${removeOrWait}`],
  ['windows', `Forge cannot enforce windows yet: deployments would start at any time. ${removeOrWait}`],
  ['may', `Forge cannot restrict who may do what yet: every full member could. ${removeOrWait}`],
  ['soak', `Forge does not wait between regions yet. ${removeOrWait}`],
  ['announce', `Forge announces nothing in a second channel yet. ${removeKey}`],
  [
    'checks',
    'Forge runs no checks before a deployment yet. Remove the key if a release may be deployed without them, or the whole service until Forge can.',
  ],
  [
    'migration',
    'Forge runs no migrations yet. Remove the key if somebody migrates by hand before deploying, or the whole service until Forge can.',
  ],
  ['tag', 'Forge does not deploy by tag yet. Name a branch instead: { branch: main }.'],
  ['role', `Forge assumes no role yet; it uses the AWS credentials it is started with. ${removeKey}`],
  ['notifications', `Forge notifies nobody outside Slack yet. ${removeKey}`],
  ['flags', `Forge knows no feature flags yet. ${removeKey}`],
  ['github', `Forge does not talk to GitHub yet. ${removeKey}`],
]);

const laterGroups = new Set(['viewers', 'deployers', 'responders', 'release-managers', 'security']);

/** The sentence for a key of a later version; undefined for a key that is simply not known. */
export function keyNotYet(key: string, parent: string | undefined): string | undefined {
  if (parent === 'people' && laterGroups.has(key)) {
    return `Forge does not know this role yet: every full member of the workspace may deploy. ${removeKey}`;
  }
  return laterKeys.get(key);
}
