import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';

const LOOK_EVERY_MS = 200;

export type EcsHistory = {
  look(): Promise<void>;
  revision(): number;
  rollouts(): ReadonlySet<string>;
  stop(): void;
};

/** Watches what really happened to the service: each rollout ECS began is an effect, whoever asked how often. */
export function watchEcs(endpoint: string): EcsHistory {
  const client = new ECSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
  });
  const rollouts = new Set<string>();
  let revision = 0;
  let failure: unknown;

  async function look(): Promise<void> {
    const answer = await client.send(
      new DescribeServicesCommand({ cluster: 'forge-staging', services: ['api'] }),
    );
    for (const { id, taskDefinition } of answer.services?.[0]?.deployments ?? []) {
      if (id !== undefined) rollouts.add(id);
      revision = Math.max(revision, Number(taskDefinition?.split(':').at(-1) ?? 0));
    }
  }

  const timer = setInterval(() => {
    look().catch((error: unknown) => {
      failure = error;
    });
  }, LOOK_EVERY_MS);
  return {
    async look() {
      if (failure !== undefined) throw new Error('ECS could not be watched', { cause: failure });
      await look();
    },
    revision: () => revision,
    rollouts: () => new Set(rollouts),
    stop() {
      clearInterval(timer);
      client.destroy();
    },
  };
}
