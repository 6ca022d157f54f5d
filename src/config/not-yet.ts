const removeKey = 'Remove the key.';
const removeOrWait =
  'Remove the whole environment until Forge can, or only this key if that is acceptable there.';

/**
 * What the policy file will be able to say, but Forge cannot do yet. A policy nobody enforces is worse than none:
 * these keys are refused by name, never ignored.
 */
const laterKeys = new Map([
  [
    'may',
    'Who may do what is said by roles: write `people:` in this place, like { deployers: [S0TEAM], everyone: viewer }.',
  ],
  ['soak', `Forge does not wait between regions yet. ${removeOrWait}`],
  ['announce', `Forge announces nothing in a second channel yet. ${removeKey}`],
  [
    'migration',
    'Forge runs no migrations yet. Remove the key if somebody migrates by hand before deploying, or the whole service until Forge can.',
  ],
  ['tag', 'Tags are deployed by themselves: write { branch: main, on tag: "v*" }.'],
  ['role', `Forge assumes no role yet; it uses the AWS credentials it is started with. ${removeKey}`],
  ['notifications', `Forge notifies nobody outside Slack yet. ${removeKey}`],
  ['flags', `Forge knows no feature flags yet. ${removeKey}`],
]);

/** The sentence for a key of a later version; undefined for a key that is simply not known. */
export function keyNotYet(key: string): string | undefined {
  return laterKeys.get(key);
}
