import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { ECRClient } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { imageName } from '../../src/aws/image-name.ts';
import { PlatformUnavailable } from '../../src/ports/platform.ts';
import { readRevision } from '../../src/source-control/revision-label.ts';
import { portOf } from '../aws/sandbox-aws.ts';

const commit = 'a'.repeat(40);
const other = 'b'.repeat(40);
const label = { 'org.opencontainers.image.revision': commit };

describe('the commit an image is labelled with', () => {
  /** Texts by their digest, as a registry keeps them. */
  const kept = new Map<string, string>();
  let server: Server;
  let ecr: ECRClient;
  let origin: string;
  /** What is sent instead of a blob. */
  let instead: { status: number; body: string } | undefined;
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.method === 'GET') {
        const { status, body } = instead ?? {
          status: 200,
          body: kept.get(request.url?.slice(1) ?? '') ?? '',
        };
        response.writeHead(status).end(body);
        return;
      }
      let text = '';
      request.on('data', (chunk) => {
        text += String(chunk);
      });
      request.on('end', () => {
        const { imageIds = [], layerDigest } = JSON.parse(text);
        const manifest = kept.get(imageIds[0]?.imageDigest);
        const answer =
          layerDigest === undefined
            ? { images: manifest === undefined ? [] : [{ imageManifest: manifest }], failures: [] }
            : { downloadUrl: `${origin}/${layerDigest}`, layerDigest };
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${portOf(server.address())}`;
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    ecr = new ECRClient({ endpoint: origin, region: 'us-east-1', credentials, maxAttempts: 1 });
  });
  beforeEach(() => {
    instead = undefined;
  });
  afterAll(() => {
    ecr.destroy();
    server.closeAllConnections();
    server.close();
  });

  it('is an annotation of its manifest', async () => {
    expect(await revision({ annotations: label, config: { digest: 'sha256:0' } })).toBe(commit);
  });

  it('is a label of its config', async () => {
    expect(await revision({ config: config({ Labels: label }) })).toBe(commit);
  });

  it.each([[{}], [{ Labels: null }], [{ Labels: {} }]])(
    'is nothing where the config says %o',
    async (settings) => {
      expect(await revision({ config: config(settings) })).toBeUndefined();
    },
  );

  it('is what an index of images says', async () => {
    expect(await revision({ annotations: label, manifests: [] })).toBe(commit);
  });

  it('is what all images of an index say, and not what stands beside them', async () => {
    const arm = keep({ annotations: label });
    const intel = keep({ config: config({ Labels: label }) });
    const attestation = { digest: 'sha256:none', platform: { architecture: 'unknown', os: 'unknown' } };

    expect(await revision({ manifests: [onLinux(arm), onLinux(intel), attestation] })).toBe(commit);
  });

  it('is no commit where the images of an index differ', async () => {
    const one = keep({ annotations: label });
    const another = keep({ annotations: { 'org.opencontainers.image.revision': other } });

    expect(await revision({ manifests: [onLinux(one), onLinux(another)] })).toBe(`${commit}, ${other}`);
  });

  it('is no commit where one image of an index says nothing', async () => {
    const one = keep({ annotations: label });

    expect(await revision({ manifests: [onLinux(one), onLinux(keep({}))] })).toBe(`${commit}, none`);
  });

  it('is unknown where the registry sends something else than was asked for', async () => {
    const image = { config: config({ Labels: label }) };
    instead = { status: 200, body: `${JSON.stringify({ config: { Labels: { ...label } } })} ` };

    await expect(revision(image)).rejects.toThrow('what came is not what was asked for');
  });

  it.each([
    [403, 'Request has expired', 'the answer was 403'],
    [200, 'x'.repeat(1_000_001), 'it is far too long'],
  ])('is unknown where its address answers %i', async (status, body, words) => {
    instead = { status, body };

    const failed = await revision({ config: config({ Labels: label }) }).catch((error: unknown) => error);

    expect(failed).toBeInstanceOf(PlatformUnavailable);
    expect(String(failed)).toContain(words);
    expect(String(failed)).not.toContain('127.0.0.1');
  });

  it.each(['', 'no JSON', '[]', '{"config":7}', '{"annotations":{"org.opencontainers.image.revision":7}}'])(
    'is unknown where the manifest is %j',
    async (text) => {
      const digest = keepText(text);

      await expect(read(digest)).rejects.toBeInstanceOf(PlatformUnavailable);
    },
  );

  it('is unknown where the registry does not give the image', async () => {
    await expect(read('sha256:gone')).rejects.toBeInstanceOf(PlatformUnavailable);
  });

  function revision(manifest: object): Promise<string | undefined> {
    return read(keep(manifest));
  }

  function read(digest: string): Promise<string | undefined> {
    const template = '{account}.dkr.ecr.{region}.amazonaws.com/acme-api:git-{commit}';
    const name = imageName(template, { account: '111111111111', region: 'us-east-1' });
    return readRevision(digest, { ecr, name, signal: AbortSignal.timeout(20_000) });
  }

  function keep(value: object): string {
    return keepText(JSON.stringify(value));
  }

  function keepText(text: string): string {
    const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
    kept.set(digest, text);
    return digest;
  }

  function config(settings: object): { digest: string } {
    return { digest: keep({ architecture: 'amd64', config: settings }) };
  }
});

function onLinux(digest: string): object {
  return { digest, platform: { architecture: 'amd64', os: 'linux' } };
}
