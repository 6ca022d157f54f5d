import { type CheckVerdict, SEVERITIES } from '../domain/check.ts';
import type { ImageScan } from '../ports/source-control.ts';
import type { CheckOf, CheckSubject, Look } from './check-look.ts';
import { worst } from './image.ts';
import { findingsCommand, type ImageIn, imagesOf } from './images.ts';
import { withoutEnvironment } from './unknown.ts';
import { listed, plain, shortCommit } from './words.ts';

/** Milliseconds. */
const LOOK_AGAIN_IN = 10_000;

/** The registry's scan of the image may have found no more than the policy allows, in every region. A scan nobody knows the end of is unknown. */
export const lookAtScan: Look<'scan'> = async (policy, subject, adapters, options) => {
  const { environment } = subject;
  if (environment === undefined) return withoutEnvironment(subject);
  const images = await imagesOf(subject, environment, adapters, options);
  if (images.length === 0) {
    return { kind: 'unknown', says: `${subject.service.title} runs nowhere in ${environment.name}.` };
  }
  const verdicts = images.map((one) => verdictIn(one, policy, subject));
  return worst(verdicts) ?? { kind: 'passed', says: withinLimits(images) };
};

/** Undefined: nothing is wrong with it. */
function verdictIn(
  { region, image }: ImageIn,
  policy: CheckOf<'scan'>,
  subject: CheckSubject,
): CheckVerdict | undefined {
  if (image.kind === 'absent') {
    const says = `There is no image of ${shortCommit(subject.commit)} in ${region}, so nothing was scanned.`;
    return { kind: 'unknown', says };
  }
  const command = findingsCommand(subject, region, image.digest);
  const more = command === undefined ? {} : { more: { command } };
  const { scan } = image;
  switch (scan.kind) {
    case 'complete': {
      const says = tooMuch(scan, policy.most, region);
      return says === undefined ? undefined : { ...says, ...more };
    }
    case 'running': {
      const says = `The scan in ${region} ${plain(scan.says)}`;
      return { kind: 'waiting', says, lookAgainIn: LOOK_AGAIN_IN, ...more };
    }
    case 'none':
    case 'unsupported':
    case 'failed':
    case 'expired':
      return { kind: 'unknown', says: `The scan in ${region} ${plain(scan.says, 300)}`, ...more };
  }
}

type Complete = Extract<ImageScan, { kind: 'complete' }>;
type TooMuch = { kind: 'failed' | 'unknown'; says: string };

function tooMuch(
  { findings, unrated }: Complete,
  most: CheckOf<'scan'>['most'],
  region: string,
): TooMuch | undefined {
  const limited = SEVERITIES.flatMap((severity) => {
    const limit = most[severity];
    return limit === undefined ? [] : [{ severity, limit, found: findings[severity] }];
  });
  const over = limited.filter(({ found, limit }) => !(found <= limit));
  if (over.length > 0) {
    const numbers = over.map(({ severity, found, limit }) => `${found} ${severity} (at most ${limit})`);
    return {
      kind: 'failed',
      says: `The scan in ${region} found too many weaknesses: ${listed(numbers)}. Mend them and build anew.`,
    };
  }
  const doubtful = limited.filter(({ found, limit }) => !(found + unrated <= limit));
  const [first] = doubtful;
  if (first === undefined) return undefined;
  const says = `The scan in ${region} found ${unrated} that nobody has given a severity, so there may be more than ${first.limit} ${first.severity}.`;
  return { kind: 'unknown', says };
}

function withinLimits(images: readonly ImageIn[]): string {
  const [first] = images;
  const scan = first?.image.kind === 'present' ? first.image.scan : undefined;
  if (scan?.kind !== 'complete') return 'The scan found nothing over the limits.';
  const numbers = SEVERITIES.map((severity) => `${scan.findings[severity]} ${severity}`);
  return `The scan found ${listed(numbers)}, which the policy allows.`;
}
