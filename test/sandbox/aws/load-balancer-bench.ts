import type { RequestListener, Server } from 'node:http';
import { expect } from 'vitest';
import { DataPlane } from '../../../sandbox/aws/data-plane/data-plane.ts';
import type { Configuration, Readings, Rule } from '../../../sandbox/aws/data-plane/messages.ts';
import { until } from './start-aws.ts';
import { startTarget } from './targets.ts';

export const listener = 'listener';
export const toGroupOne: Rule = { conditions: [], forward: [{ targetGroup: 'one', weight: 1 }], stickyMs: 0 };

/** The real load balancer's process in front of targets that a test makes up. */
export class LoadBalancerBench {
  readonly states = new Map<number, string>();
  readonly dataPlane = new DataPlane(({ port, state }) => this.states.set(port, state));
  readonly servers: Server[] = [];
  readonly draining = new Set<number>();

  /** Resolves with the target's port. */
  async target(serve: RequestListener, options: { isHealthy?: boolean } = {}): Promise<number> {
    const { server, port } = await startTarget(serve, options);
    this.servers.push(server);
    return port;
  }

  /** Starts the listener over these groups of ports; resolves with its address. */
  async start(
    groups: Record<string, number[]>,
    options: { rules?: Rule[]; intervalMs?: number } = {},
  ): Promise<string> {
    await this.dataPlane.start(this.configuration(groups, options));
    return `http://127.0.0.1:${this.dataPlane.port(listener)}/`;
  }

  configuration(
    groups: Record<string, number[]>,
    { rules = [toGroupOne], intervalMs = 30 }: { rules?: Rule[]; intervalMs?: number } = {},
  ): Configuration {
    const healthCheck = {
      path: '/health',
      intervalMs,
      timeoutMs: 2_000,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
      codes: '200-299',
    };
    const toTarget = (port: number) => ({ host: '127.0.0.1', port, isDraining: this.draining.has(port) });
    return {
      probeToken: 'token',
      listeners: [{ arn: listener, port: 0, idleTimeoutMs: 300, rules }],
      targetGroups: Object.entries(groups).map(([arn, ports]) => ({
        arn,
        healthCheck,
        isUsed: true,
        stickyMs: 0,
        targets: ports.map(toTarget),
      })),
    };
  }

  async healthy(...ports: number[]): Promise<void> {
    await until(async () => ports.every((port) => this.states.get(port) === 'healthy'));
  }

  async readings(): Promise<Readings> {
    return await this.dataPlane.read(0);
  }

  async expectFailure(url: string, status: number): Promise<void> {
    expect((await fetch(url)).status).toBe(status);
    expect((await this.readings()).totals[listener]).toEqual({ requests: 1, failures: 1 });
  }

  async end(): Promise<void> {
    await this.dataPlane.stop();
    for (const server of this.servers) {
      server.closeAllConnections();
      server.close();
    }
  }
}

/** The bodies of so many answers, one request after the other. */
export async function ask(url: string, times: number): Promise<string[]> {
  const answers: string[] = [];
  for (let sent = 0; sent < times; sent += 1) answers.push(await (await fetch(url)).text());
  return answers;
}
