import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { GRANTED_SCOPES } from '../../sandbox/slack/scopes.ts';
import { UserError } from '../../src/domain/errors.ts';
import { neededScopes } from '../../src/slack/methods.ts';
import { connectForge, receptionWith } from './harness.ts';

const SAM = 'U0SAM';

describe('starting', () => {
  it.each([
    { token: { botToken: 'xoxb-wrong' }, sentence: /bot token \(invalid_auth\)\. Check SLACK_BOT_TOKEN/ },
    { token: { appToken: 'xapp-wrong' }, sentence: /app token \(invalid_auth\)\. Check SLACK_APP_TOKEN/ },
  ])('with a wrong token says which and where to find the right one', async ({ token, sentence }) => {
    const { forge } = await connectForge(token);

    const start = forge.start(receptionWith().reception);

    await expect(start).rejects.toThrow(sentence);
    await expect(start).rejects.toBeInstanceOf(UserError);
  });

  it.each(['auth.test', 'apps.connections.open'])(
    'while Slack has a fault of its own (%s) does not blame the token, and works when it is over',
    async (operation) => {
      const { forge, setFaults } = await connectForge();
      setFaults({ operation, kind: 'error' });

      const first = await forge.start(receptionWith().reception).catch((error: unknown) => error);
      if (first !== undefined) await forge.start(receptionWith().reception);

      expect(first).not.toBeInstanceOf(UserError);
    },
  );

  it('while Slack cannot be reached fails instead of waiting for ever', async () => {
    const { forge, setFaults } = await connectForge();
    setFaults({ operation: 'auth.test', kind: 'cut-before', times: 99 });

    await expect(forge.start(receptionWith().reception)).rejects.toThrow('Slack cannot be reached');
  });
});

describe('stopping', () => {
  it('waits for what was kept, and refuses what comes meanwhile', async () => {
    const { slack, forge } = await connectForge();
    const gate = Promise.withResolvers<void>();
    const { reception, processed } = receptionWith({ process: () => gate.promise });
    await forge.start(reception);
    await slack.command({ as: SAM, channel: 'deploys', text: '/forge deploy staging' });
    let isStopped = false;

    const stop = forge.stop().then(() => {
      isStopped = true;
    });
    await slack.command({ as: SAM, channel: 'deploys', text: '/forge status' });
    const wasStopped = isStopped;
    gate.resolve();
    await stop;

    expect(wasStopped).toBe(false);
    expect(slack.messages('deploys', SAM)).toMatchObject([{ text: expect.stringContaining('restarting') }]);
    expect(processed).toEqual([]);
  });

  it('disconnects, so that Slack says at once that nobody listens', async () => {
    const { slack, forge } = await connectForge();
    await forge.start(receptionWith().reception);

    await forge.stop();
    const delivery = await slack.command({ as: SAM, channel: 'deploys', text: '/forge status' });

    expect(delivery).toEqual({ acked: false, error: 'dispatch_failed' });
  });

  it('twice, or before starting, does nothing', async () => {
    const { forge } = await connectForge();

    await forge.stop();
    await forge.start(receptionWith().reception);
    await forge.stop();

    expect(await forge.stop()).toBeUndefined();
  });
});

describe('the connection', () => {
  it('comes back after Slack asked for another', async () => {
    const { slack, forge } = await connectForge();
    const { reception, processed } = receptionWith();
    await forge.start(reception);

    slack.refresh();
    await wait(100);

    await expect
      .poll(() => slack.command({ as: SAM, channel: 'deploys', text: '/forge status' }), {
        timeout: 10_000,
        interval: 200,
      })
      .toMatchObject({ acked: true });
    await expect.poll(() => processed).toHaveLength(1);
  });

  it('comes back also when Slack could not be reached for a while', async () => {
    const { slack, forge, setFaults } = await connectForge();
    await forge.start(receptionWith().reception);
    setFaults({ operation: 'apps.connections.open', kind: 'cut-before', times: 3 });

    slack.refresh();
    await wait(100);

    await expect
      .poll(() => slack.command({ as: SAM, channel: 'deploys', text: '/forge status' }), {
        timeout: 15_000,
        interval: 200,
      })
      .toMatchObject({ acked: true });
  });
});

describe('a reconnection', () => {
  it('that Slack refuses is tried again, and ends nothing', async () => {
    const { slack, forge, setFaults } = await connectForge();
    await forge.start(receptionWith().reception);
    setFaults({ operation: 'apps.connections.open', kind: 'refuse', error: 'account_inactive' });

    slack.refresh();
    await wait(100);

    await expect
      .poll(() => slack.command({ as: SAM, channel: 'deploys', text: '/forge status' }), {
        timeout: 20_000,
        interval: 200,
      })
      .toMatchObject({ acked: true });
  });
});

describe('what somebody must set up', () => {
  it('is nothing when Forge is in every channel and was granted everything', async () => {
    const { forge } = await connectForge({ scopes: neededScopes });

    expect(await forge.setupProblems(['C0DEPLOYS', 'C0PRODUCTION', 'C0DEPLOYS'])).toEqual([]);
  });

  it('names each channel Forge cannot write to, with what to do', async () => {
    const { forge } = await connectForge({ scopes: neededScopes });

    const problems = await forge.setupProblems(['C0GENERAL', 'C0RETIRED', 'C0NOWHERE']);

    expect(problems).toEqual([
      'Forge is not in #general. Type /invite @forge there.',
      'The channel #retired is archived. Unarchive it, or name another one in the policy file.',
      'Forge cannot see the channel C0NOWHERE. If it is private, type /invite @forge there; otherwise correct its id in the policy file.',
    ]);
  });

  it('names the scopes that were not granted', async () => {
    const { forge } = await connectForge({
      scopes: GRANTED_SCOPES.filter((scope) => scope !== 'users:read'),
    });

    expect(await forge.setupProblems([])).toEqual([expect.stringContaining('users:read')]);
  });
});
