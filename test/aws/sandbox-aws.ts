import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Aws, createAws } from '../../sandbox/aws/aws.ts';
import type { Running } from '../../sandbox/aws/running.ts';
import type { Seed } from '../../sandbox/aws/seed.ts';
import type { Timing } from '../../sandbox/aws/timing.ts';
import { Faults } from '../../sandbox/faults.ts';
import { type AwsClients, createAwsClients } from '../../src/aws/clients.ts';

/** The sandbox's AWS behind a real port, and Forge's own clients for it. */
export type SandboxAws = {
  aws: Aws;
  faults: Faults;
  clients: AwsClients;
  /** Operations of the JSON services that arrived, such as `UpdateService`. */
  operations: string[];
  close(): Promise<void>;
};

/** A rolling deployment takes about three seconds. */
const fast: Partial<Timing> = {
  secondMs: 60,
  provisionMs: 20,
  pullMs: 20,
  startMs: 20,
  tickMs: 50,
  restartDelayMs: 20,
  settleMs: 100,
  ruleDelayMs: 20,
  staleReads: { minMs: 0, maxMs: 0 },
};

/**
 * Starts it and points this process's AWS environment at it, as an operator would. One at a time in a process:
 * the environment is shared.
 */
export async function startSandboxAws(options: {
  seed: Seed;
  timing?: Partial<Timing>;
  /** Processes unless told. */
  running?: Running;
}): Promise<SandboxAws> {
  const faults = new Faults();
  const operations: string[] = [];
  const server = createServer((request, response) => {
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') operations.push(target.split('.').at(-1) ?? target);
    void aws.handle(request, response, new URL('http://127.0.0.1'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server.address());
  const aws = await createAws({
    origin: () => `http://127.0.0.1:${port}`,
    faults,
    seed: options.seed,
    running: options.running ?? 'processes',
    timing: { ...fast, ...options.timing },
  });
  pointAwsAt(port);
  const clients = createAwsClients();
  return {
    aws,
    faults,
    clients,
    operations,
    async close() {
      clients.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await aws.stop();
    },
  };
}

/** Sends the AWS SDK of this process to a port of this machine, with credentials that mean nothing. */
export function pointAwsAt(port: number): void {
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${port}`;
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
}

export function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  return address.port;
}
