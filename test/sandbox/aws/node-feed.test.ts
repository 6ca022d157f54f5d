import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../../sandbox/aws/data-plane/messages.ts';
import { NodeFeed } from '../../../sandbox/aws/data-plane/node-feed.ts';
import { eventually } from '../../eventually.ts';

describe('what a load balancer node learns', () => {
  it('comes in the order it was given, though the machine was too busy to bring the first in time', async () => {
    const brought: string[] = [];
    const feed = new NodeFeed(({ probeToken }) => brought.push(probeToken));
    feed.give(configuration('before'), 0);

    feed.give(configuration('first'), 5);
    busyFor(20);
    feed.give(configuration('second'), 0);

    await eventually(() => brought.length === 3);
    expect(brought).toEqual(['before', 'first', 'second']);
  });

  it('is the newest after several changes that came at the same moment', async () => {
    const brought: string[] = [];
    const feed = new NodeFeed(({ probeToken }) => brought.push(probeToken));
    feed.give(configuration('before'), 0);

    feed.give(configuration('first'), 20);
    busyFor(7);
    feed.give(configuration('second'), 0);
    feed.give(configuration('third'), 1);

    await eventually(() => brought.length === 4);
    expect(brought).toEqual(['before', 'first', 'second', 'third']);
  });
});

/** Told apart by their token. */
function configuration(probeToken: string): Configuration {
  return { probeToken, listeners: [], targetGroups: [] };
}

function busyFor(ms: number): void {
  const end = Date.now() + ms;
  while (Date.now() < end);
}
