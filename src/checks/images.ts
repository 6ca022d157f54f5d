import type { EnvironmentPolicy } from '../domain/policy.ts';
import type { ImageThere } from '../ports/source-control.ts';
import type { CheckAdapters, CheckSubject, LookOptions } from './check-look.ts';

export type ImageIn = { region: string; image: ImageThere };

/** The image of the commit in every region it is to run in, in the policy's order; where nobody says anything, it is not there. */
export async function imagesOf(
  { service, commit }: CheckSubject,
  environment: EnvironmentPolicy,
  { sourceControl }: CheckAdapters,
  options: LookOptions,
): Promise<ImageIn[]> {
  const request = { service: service.name, environment: environment.name, commit };
  const found = await sourceControl.image(request, options);
  const runs = service.runs[environment.name] ?? [];
  return runs.map(({ region }) => ({ region, image: found[region] ?? { kind: 'absent' } }));
}

/** The command that shows what the scan of an image found; undefined where the image's name says no repository. */
export function findingsCommand(
  { service }: CheckSubject,
  region: string,
  digest: string,
): string | undefined {
  const repository = /^[^/]+\/(?<name>.+):[^:]*$/u.exec(service.image)?.groups?.name;
  if (repository === undefined) return undefined;
  return `aws ecr describe-image-scan-findings --region ${region} --repository-name ${repository} --image-id imageDigest=${digest}`;
}
