import type { Deployment } from '../../src/domain/deployment.ts';
import { serviceNamed } from '../../src/domain/policy.ts';
import type { ImageThere } from '../../src/ports/source-control.ts';
import type { World } from '../world.ts';

/** Whether the image of a deployment's release can be pulled wherever it is to run. `says`: a sentence. */
export type Image =
  | { kind: 'there'; digests: Record<string, string>; isLabelled: boolean; says: string }
  | { kind: 'absent'; says: string }
  /** There is one that must not be deployed: waiting does not help. */
  | { kind: 'wrong'; says: string };

/** Asks every region's registry anew. Errors as the source control's. */
export async function imageOf(
  { service, environment, plan }: Deployment,
  { sourceControl, policy }: Pick<World, 'sourceControl' | 'policy'>,
  signal: AbortSignal,
): Promise<Image> {
  const { commit, version } = plan.to;
  const runs = serviceNamed(policy, service)?.runs[environment] ?? [];
  if (commit === undefined || runs.length === 0) {
    return {
      kind: 'wrong',
      says: `The policy file does not say any more where ${service} runs in ${environment}.`,
    };
  }
  const found = await sourceControl.image({ service, environment, commit }, { signal });
  const regions = runs.map(({ region }) => region);
  const digests: Record<string, string> = {};
  const missing: string[] = [];
  for (const region of regions) {
    const image = found[region];
    const problem = image === undefined ? undefined : problemOf(image, { region, commit, version });
    if (problem !== undefined) return { kind: 'wrong', says: problem };
    if (image?.kind === 'present' && image.status === 'active') digests[region] = image.digest;
    else missing.push(region);
  }
  if (missing.length > 0) {
    return {
      kind: 'absent',
      says: `The image of ${version} is not in the registry of ${missing.join(' and ')} yet.`,
    };
  }
  const isLabelled = regions.every((region) => isLabelledIn(found[region]));
  const says = `${version} is in the registry of ${regions.join(' and ')}, pinned by digest.`;
  return { kind: 'there', digests, isLabelled, says };
}

function isLabelledIn(image: ImageThere | undefined): boolean {
  return image?.kind === 'present' && image.revision !== undefined;
}

/** Of an image under the commit's name that must not be deployed. */
function problemOf(
  image: ImageThere,
  { region, commit, version }: { region: string; commit: string; version: string },
): string | undefined {
  if (image.kind === 'absent') return undefined;
  if (image.status === 'archived') {
    return `The image of ${version} in ${region} is archived, so that nothing can start it. Restore it in the registry.`;
  }
  if (image.revision === undefined || image.revision === commit) return undefined;
  return `The image of ${version} in ${region} says that it was made from the commit ${image.revision.slice(0, 12)}, which is another one. Look how it was built.`;
}
