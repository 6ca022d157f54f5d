import type { Outline } from './outline.ts';
import type { Problem } from './problem.ts';
import { words } from './words.ts';
import type { YamlFile } from './yaml-file.ts';

/** What ECR takes as the name of a repository, with placeholders. */
const atom = '(?:[a-z0-9]|\\{account\\}|\\{region\\})+';
const namePart = `${atom}(?:(?:[._]|__|-+)${atom})*`;
const host =
  '(?:\\{account\\}|\\d{12})\\.dkr\\.ecr\\.(?:\\{region\\}|[a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?';
const tag = '[A-Za-z0-9_.-]*\\{commit\\}[A-Za-z0-9_.-]*';

/** Where the images of a service are: an ECR repository, and a tag that names the commit. */
export const ImageTemplate = words({
  what: 'an image template',
  how: 'It names a repository of an ECR registry in lower case and ends in a tag with {commit}; {account} and {region} stand for those of each run, like "{account}.dkr.ecr.{region}.amazonaws.com/api:git-{commit}".',
  pattern: new RegExp(`^${host}/${namePart}(?:/${namePart})*:${tag}$`),
});

/** Templates with a region of their own, of services that run in another one as well: ECR is asked where a run is. */
export function imageProblems({ services }: Outline, yaml: YamlFile): Problem[] {
  const problems: Problem[] = [];
  for (const [name, { image, runs }] of Object.entries(services)) {
    const literal = /\.dkr\.ecr\.(?<region>[a-z0-9-]+)\./.exec(image ?? '')?.groups?.region;
    if (literal === undefined) continue;
    const other = Object.values(runs)
      .flatMap((regions) => Object.keys(regions))
      .find((region) => region !== literal);
    if (other === undefined) continue;
    const message = `The image is in ${literal}, and the service runs in ${other} too, where ECR would not have it. Write {region} in its place.`;
    problems.push(yaml.problemAt(['services', name, 'image'], message, 'value'));
  }
  return problems;
}
