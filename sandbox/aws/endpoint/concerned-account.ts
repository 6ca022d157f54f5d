import type { World } from '../world.ts';

/**
 * The account that a request is about, as the things it names tell: an ARN, an image, a cluster. One credential of the
 * sandbox works in all accounts, as a program that assumes a role in each. Undefined when nothing tells.
 */
export function concernedAccount(input: unknown, world: World): string | undefined {
  const texts = [...textsIn(input)];
  for (const text of texts) {
    const account = accountNumber.exec(text)?.groups?.account;
    if (account !== undefined && isKnown(account, world)) return account;
  }
  for (const text of texts) {
    const owners = new Set(ownersOf(text, world));
    const [owner] = owners;
    if (owners.size === 1) return owner;
  }
  return undefined;
}

const accountNumber =
  /^(?:arn:aws:[\w-]+:[\w-]*:(?<account>\d{12}):|(?<account>\d{12})\.dkr\.ecr\.|https?:\/\/[^/]+\/(?<account>\d{12})\/|(?<account>\d{12})$)/;

function isKnown(account: string, world: World): boolean {
  return world.clusters.some((cluster) => cluster.account === account);
}

/** Accounts with something of that name; a path, such as `service/<cluster>/<service>`, names by its second part. */
function ownersOf(text: string, world: World): string[] {
  const name = /^(?:service|app|targetgroup)\/([^/]+)\//.exec(text)?.[1] ?? text;
  const family = name.split(':')[0];
  return [
    ...[
      ...world.clusters,
      ...world.loadBalancers,
      ...world.targetGroups,
      ...world.schedules,
      ...world.queues,
    ].filter((thing) => thing.name === name),
    ...world.taskDefinitions.filter((definition) => definition.family === family),
  ].map(({ account }) => account);
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) yield* textsIn(inner);
}
