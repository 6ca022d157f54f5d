import { AwsError } from '../aws-error.ts';
import { registryHost } from '../names.ts';
import type { World } from '../world.ts';
import { type Content, type Image, type ImageSource, taggedImage } from './image.ts';

type Push = Content &
  Pick<ImageSource, 'revision'> & {
    /** `host/repository:tag`, one for each registry. */ references: readonly string[];
  };

/**
 * As a client pushes: what is there already with the same digest is left as it is. Throws AwsError, by the names ECR gives, where
 * the tag has another one, for tags are immutable; what was pushed before that stays.
 */
export function publishImage({ references, ...content }: Push, world: World): Image[] {
  return references.map((reference) => {
    const { place, tag } = parse(reference, world);
    const pushed = taggedImage({ ...content, ...place, pushedAt: new Date() }, [tag]);
    const mine = world.images.filter(
      ({ account, region, repository }) =>
        account === place.account && region === place.region && repository === place.repository,
    );
    refuseTaken(mine, pushed, tag);
    const same = mine.find(({ digest }) => digest === pushed.digest);
    if (same === undefined) world.images.push(pushed);
    else if (!same.tags.includes(tag)) same.tags.push(tag);
    world.changed();
    return same ?? pushed;
  });
}

function refuseTaken(images: readonly Image[], { digest, repository }: Image, tag: string): void {
  const taken = images.find(({ tags }) => tags.includes(tag));
  if (taken === undefined || taken.digest === digest) return;
  const message = `The image tag '${tag}' already exists in the '${repository}' repository and cannot be overwritten because the repository is immutable.`;
  throw new AwsError('ImageTagAlreadyExistsException', message);
}

/** A repository is there as soon as it holds an image: nobody creates one here. */
function parse(
  reference: string,
  world: World,
): { place: Pick<Image, 'account' | 'region' | 'repository'>; tag: string } {
  const { host, repository, tag } =
    /^(?<host>[^/]+)\/(?<repository>[^:@]+):(?<tag>[\w][\w.-]{0,127})$/.exec(reference)?.groups ?? {};
  const place = world.images.find((image) => registryHost(image) === host && image.repository === repository);
  if (place === undefined || tag === undefined) {
    const message = `The repository of ${reference} does not exist`;
    throw new AwsError('RepositoryNotFoundException', message);
  }
  const { account, region } = place;
  return { place: { account, region, repository: place.repository }, tag };
}
