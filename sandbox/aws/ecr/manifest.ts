import { createHash } from 'node:crypto';
import type { Content } from './image.ts';

export const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG_TYPE = 'application/vnd.oci.image.config.v1+json';

export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/**
 * The two texts of an image for one platform, as a build without attestations pushes them: the manifest, and the config it names,
 * which holds the labels. The layers are only told.
 */
export function manifestOf(
  content: Content,
  labels: Record<string, string>,
): { manifest: string; config: string } {
  const config = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    config: { Env: variables(content), Cmd: ['node', 'src/main.js'], Labels: labels },
    rootfs: { type: 'layers', diff_ids: [digestOf(variables(content).join('\n'))] },
  });
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: { mediaType: CONFIG_TYPE, digest: digestOf(config), size: Buffer.byteLength(config) },
    layers: [],
  });
  return { manifest, config };
}

function variables({ kind, version, commit, banner, behaviour }: Content): string[] {
  const all = { KIND: kind, VERSION: version, COMMIT: commit, BANNER: banner, BEHAVIOUR: behaviour };
  return Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
}
