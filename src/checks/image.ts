import type { CheckVerdict } from '../domain/check.ts';
import type { ImageThere } from '../ports/source-control.ts';
import type { CheckSubject, Look } from './check-look.ts';
import { type ImageIn, imagesOf } from './images.ts';
import { withoutEnvironment } from './unknown.ts';
import { listed, plain, shortCommit } from './words.ts';

/** Milliseconds. Registries copy images between regions in minutes. */
const LOOK_AGAIN_IN = 10_000;

/**
 * The image of the commit has to be in the registry of every region, ready to be pulled, and its label has to name the commit: a
 * tag alone could have been put on anything. An image without that label is unknown.
 */
export const lookAtImage: Look<'image'> = async (_policy, subject, adapters, options) => {
  const { environment } = subject;
  if (environment === undefined) return withoutEnvironment(subject);
  const images = await imagesOf(subject, environment, adapters, options);
  if (images.length === 0) {
    return { kind: 'unknown', says: `${subject.service.title} runs nowhere in ${environment.name}.` };
  }
  if (images.every(({ image }) => image.kind === 'absent')) return absentEverywhere(subject, images);
  const verdicts = images.map((one) => verdictIn(one, subject));
  return worst(verdicts) ?? passed(subject, images);
};

function absentEverywhere({ commit }: CheckSubject, images: readonly ImageIn[]): CheckVerdict {
  const regions = listed(images.map(({ region }) => region));
  const says = `There is no image of ${shortCommit(commit)} in the registry of ${regions}. It has to be built first.`;
  return { kind: 'failed', says };
}

function passed({ commit }: CheckSubject, images: readonly ImageIn[]): CheckVerdict {
  const regions = listed(images.map(({ region }) => region));
  return { kind: 'passed', says: `It is in ${regions}, and was made from ${shortCommit(commit)}.` };
}

/** Undefined: nothing is wrong with it. */
function verdictIn({ region, image }: ImageIn, { commit }: CheckSubject): CheckVerdict | undefined {
  if (image.kind === 'absent') {
    const says = `The image of ${shortCommit(commit)} has not arrived in ${region} yet.`;
    return { kind: 'waiting', says, lookAgainIn: LOOK_AGAIN_IN };
  }
  return statusVerdict(image, region) ?? labelVerdict(image, region, commit);
}

type Present = Extract<ImageThere, { kind: 'present' }>;

function statusVerdict({ status }: Present, region: string): CheckVerdict | undefined {
  switch (status) {
    case 'active':
      return undefined;
    case 'activating': {
      const says = `The registry of ${region} is still bringing the image back from its archive.`;
      return { kind: 'waiting', says, lookAgainIn: LOOK_AGAIN_IN };
    }
    case 'archived': {
      const says = `The image is archived in ${region}, so it could not be pulled. Bring it back in ECR, then try again.`;
      return { kind: 'failed', says };
    }
  }
}

function labelVerdict({ revision }: Present, region: string, commit: string): CheckVerdict | undefined {
  if (revision === commit) return undefined;
  if (revision === undefined) {
    const says = `The image in ${region} does not say which commit it was made from. Let its build put the commit into the label org.opencontainers.image.revision.`;
    return { kind: 'unknown', says };
  }
  const says = `The image in ${region} is tagged with ${shortCommit(commit)}, but says of itself that it was made from ${plain(shortCommit(revision))}. Build it anew.`;
  return { kind: 'failed', says };
}

/** What is certain comes before what nobody knows, and that before what may still come. */
export function worst(verdicts: readonly (CheckVerdict | undefined)[]): CheckVerdict | undefined {
  const order = ['failed', 'unknown', 'waiting'];
  return verdicts
    .filter((verdict) => verdict !== undefined)
    .toSorted((left, right) => order.indexOf(left.kind) - order.indexOf(right.kind))
    .at(0);
}
