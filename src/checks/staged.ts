import type { CheckVerdict } from '../domain/check.ts';
import type { Deployment } from '../domain/deployment.ts';
import type { CheckOf, CheckSubject, Look } from './check-look.ts';
import { imagesOf } from './images.ts';
import { withoutEnvironment } from './unknown.ts';
import { shortCommit } from './words.ts';

/** Deployments that are looked through. */
const BACK = 100;

/** This very image was live in another environment: a deployment of it succeeded there, and nobody has rolled it back. */
export const lookAtStaged: Look<'staged'> = async (policy, subject, adapters, options) => {
  const { environment, service, commit } = subject;
  if (environment === undefined) return withoutEnvironment(subject);
  const there = await adapters.store.succeeded({
    ...{ service: service.name, environment: policy.in, limit: BACK },
  });
  const newest = there.find(({ plan }) => plan.to.commit === commit);
  if (newest === undefined) return notThere(policy, subject);
  const undone = undoneVerdict(newest, policy, subject);
  if (undone !== undefined) return undone;
  const proven = new Set(Object.values(newest.plan.to.digests));
  const images = await imagesOf(subject, environment, adapters, options);
  const missing = images.find(({ image }) => image.kind === 'absent');
  if (missing !== undefined || images.length === 0) {
    const where = missing?.region ?? environment.name;
    const says = `There is no image of ${shortCommit(commit)} in ${where} that could be compared with the one in ${policy.in}.`;
    return { kind: 'unknown', says };
  }
  const other = images.find(({ image }) => image.kind !== 'present' || !proven.has(image.digest));
  if (other === undefined) {
    return { kind: 'passed', says: `It was live in ${policy.in} (#${newest.number}): the same image.` };
  }
  const says = `The image for ${other.region} is another one than was live in ${policy.in} (#${newest.number}), though it was made from the same commit. Deploy this one to ${policy.in} first.`;
  return { kind: 'failed', says };
};

function notThere({ in: place }: CheckOf<'staged'>, { version }: CheckSubject): CheckVerdict {
  const says = `${version} has not been live in ${place} yet. Deploy it there first; when that has succeeded, try this check again.`;
  return { kind: 'failed', says };
}

function undoneVerdict(
  { number, undoneBy, undoingBy }: Deployment,
  { in: place }: CheckOf<'staged'>,
  { version }: CheckSubject,
): CheckVerdict | undefined {
  const by = undoneBy ?? undoingBy;
  if (by === undefined) return undefined;
  const word = undoneBy === undefined ? 'is being rolled back' : 'was rolled back';
  const says = `${version} was live in ${place} (#${number}), but ${word} there by #${by}. Deploy it there again, if it was not the fault of this release.`;
  return { kind: 'failed', says };
}
