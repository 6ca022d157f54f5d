import { once } from 'node:events';
import { createServer } from 'node:http';
import { ECRClient } from '@aws-sdk/client-ecr';
import { expect, it, onTestFinished } from 'vitest';
import { imageName } from '../../src/aws/image-name.ts';
import { readScan } from '../../src/source-control/scan.ts';

/** A registry that answers this, whatever it is asked. */
async function ecrThatSays(answered: unknown): Promise<ECRClient> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answered));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  const ecr = new ECRClient({
    ...{ region: 'eu-west-1', endpoint: `http://127.0.0.1:${address.port}` },
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  onTestFinished(() => {
    ecr.destroy();
    server.closeAllConnections();
    server.close();
  });
  return ecr;
}

it.each([
  [{ imageScanStatus: { status: 'SOMETHING_NEW' } }, 'came to nothing (SOMETHING_NEW)'],
  [{ imageScanStatus: {} }, 'came to nothing that AWS tells'],
  [{}, 'came to nothing that AWS tells'],
])('a scan of which AWS says %j has not ended well', async (answered, says) => {
  const ecr = await ecrThatSays({ ...answered, imageScanFindings: { findingSeverityCounts: {} } });
  const name = imageName('{account}.dkr.ecr.{region}.amazonaws.com/acme-api:git-{commit}', {
    ...{ account: '111111111111', region: 'eu-west-1' },
  });

  const scan = await readScan(`sha256:${'1'.repeat(64)}`, {
    ecr,
    name,
    signal: new AbortController().signal,
  });

  expect(scan).toEqual({ kind: 'failed', says });
});
