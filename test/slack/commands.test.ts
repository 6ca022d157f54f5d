import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startForge } from './harness.ts';

const SAM = 'U0SAM';

describe('a slash command', () => {
  it('arrives with who typed what where, and how to answer', async () => {
    const { slack, processed } = await startForge();

    await slack.command({ as: SAM, channel: 'deploys', text: '/forge deploy staging because @lena asked' });
    await expect.poll(() => processed).toHaveLength(1);

    expect(processed).toMatchObject([
      {
        kind: 'command',
        id: expect.stringMatching(/^command:./),
        userId: SAM,
        userTeam: 'T0ACME',
        channel: 'C0DEPLOYS',
        text: 'deploy staging because <@U0LENA|lena> asked',
        responseUrl: expect.stringContaining('/commands/'),
        triggerId: expect.any(String),
      },
    ]);
  });

  it('is acknowledged only after it was kept, and done only after that', async () => {
    const order: string[] = [];
    const gate = Promise.withResolvers<boolean>();
    const { slack } = await startForge({
      keep: () => {
        order.push('keep');
        return gate.promise;
      },
      process: async () => {
        order.push('process');
      },
    });

    const delivery = slack.command({ as: SAM, channel: 'deploys', text: '/forge status' }).then((result) => {
      order.push('acknowledged');
      return result;
    });
    await expect.poll(() => order).toEqual(['keep']);
    await wait(100);
    const beforeKept = [...order];
    gate.resolve(true);

    expect(await delivery).toMatchObject({ acked: true });
    await expect.poll(() => order).toHaveLength(3);
    expect(beforeKept).toEqual(['keep']);
    expect(order.toSorted()).toEqual(['acknowledged', 'keep', 'process']);
  });

  it('that Slack delivers again is kept and done once', async () => {
    const { slack, setFaults, processed } = await startForge();
    setFaults({ operation: 'deliver:slash_commands', kind: 'cut-after' });

    const delivery = await slack.command({ as: SAM, channel: 'deploys', text: '/forge status' });
    await wait(50);

    expect(delivery).toMatchObject({ acked: true });
    expect(processed).toHaveLength(1);
  });

  it('that was kept by an earlier process is acknowledged and not done again', async () => {
    const { slack, processed } = await startForge({ keep: async () => false });

    const delivery = await slack.command({ as: SAM, channel: 'deploys', text: '/forge status' });
    await wait(50);

    expect(delivery).toMatchObject({ acked: true });
    expect(processed).toEqual([]);
  });

  it('that could not be kept is not done, and the person is told', async () => {
    const { slack, processed, lines } = await startForge({
      keep: () => Promise.reject(new Error('disk full')),
    });

    await slack.command({ as: SAM, channel: 'deploys', text: '/forge deploy staging' });

    expect(slack.messages('deploys', SAM)).toMatchObject([
      { text: expect.stringContaining('nothing was done'), ephemeral: true },
    ]);
    expect(processed).toEqual([]);
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ problem: 'disk full' }) }),
    );
  });

  it('that is kept too late is answered in time and discarded', async () => {
    const gate = Promise.withResolvers<boolean>();
    const { slack, calls } = await startForge({ keep: () => gate.promise });

    const delivery = await slack.command({ as: SAM, channel: 'deploys', text: '/forge deploy staging' });
    gate.resolve(true);

    expect(delivery).toMatchObject({ acked: true });
    expect(slack.messages('deploys', SAM)).toMatchObject([{ text: expect.stringContaining('in time') }]);
    await expect.poll(() => calls).toEqual(['discard command']);
  });

  it('whose processing fails is logged, and the next one is still done', async () => {
    const { slack, lines, processed } = await startForge({
      process: (incoming) => Promise.reject(new Error(`cannot do ${incoming.kind}`)),
    });

    await slack.command({ as: SAM, channel: 'deploys', text: '/forge status' });
    const delivery = await slack.command({ as: SAM, channel: 'deploys', text: '/forge status' });

    expect(delivery).toMatchObject({ acked: true });
    await expect
      .poll(() => lines.filter((line) => line.fields.problem === 'cannot do command'))
      .toHaveLength(2);
    expect(processed).toEqual([]);
  });
});
