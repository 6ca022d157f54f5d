import type { ECSClient } from '@aws-sdk/client-ecs';
import type { EcsPlace } from './place.ts';
import { copiedTags } from './revision-tags.ts';
import type { EcsService } from './service.ts';
import {
  containerNamed,
  type Described,
  findTaskDefinition,
  imageContainer,
  isSame,
  register,
  withImage,
} from './task-definition.ts';

/**
 * The revision itself when it names its image by digest, otherwise its copy that does. Called again it finds the copy:
 * on the service, or as the newest of its family.
 */
export async function pinnedRevision(
  place: EcsPlace,
  { described, digest, service }: { described: Described; digest: string; service: EcsService },
  ecs: ECSClient,
  signal: AbortSignal,
): Promise<string> {
  const container = imageContainer(described.definition, place);
  const image = containerNamed(described.definition, container)?.image ?? '';
  if (image === '' || image.includes('@')) return described.revision;
  const wanted = withImage(described, { container, image: `${withoutTag(image)}@${digest}` });
  const family = described.definition.family ?? described.revision;
  for (const name of new Set([service.primary.revision, family])) {
    const found = await findTaskDefinition(ecs, name, signal);
    if (found !== undefined && found.definition.status !== 'INACTIVE' && isSame(wanted, found)) {
      return found.revision;
    }
  }
  return register(ecs, { ...wanted, tags: copiedTags(described.tags) }, signal);
}

/** The colon of a registry's port is followed by a slash. */
function withoutTag(image: string): string {
  return image.replace(/:[^/:]*$/, '');
}
