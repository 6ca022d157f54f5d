import type { BlockAction } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { refusalOf, startApp, startWorkspace } from './harness.ts';

const SAM = 'U0SAM';
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const APPROVE: KnownBlock = {
  type: 'actions',
  block_id: 'votes',
  elements: [{ type: 'button', action_id: 'approve', text: plain('Approve'), value: '142' }],
};

describe('the Home', () => {
  it('is published when somebody opens it, and its buttons work', async () => {
    const { slack, origin } = await startWorkspace();
    const bodies: BlockAction[] = [];
    await startApp(origin, (app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [APPROVE] } });
      });
      app.action<BlockAction>('approve', async ({ ack, body }) => {
        bodies.push(body);
        await ack();
      });
    });

    const opened = await slack.openHome(SAM);
    await expect.poll(() => slack.home(SAM)).toMatchObject({ type: 'home' });
    const id = slack.home(SAM)?.id ?? '';
    await slack.click({ as: SAM, view_id: id, action_id: 'approve' });

    expect(opened).toMatchObject({ acked: true });
    expect(slack.home('U0MAYA')).toBeUndefined();
    expect(bodies).toMatchObject([{ container: { type: 'view', view_id: id }, view: { type: 'home', id } }]);
  });

  it('is published only over the version the app knows', async () => {
    const { client } = await startWorkspace();
    const publish = (hash?: string) =>
      client.views.publish({
        user_id: SAM,
        view: { type: 'home', blocks: [APPROVE] },
        ...(hash !== undefined && { hash }),
      });
    const first = await publish();
    await publish(first.view?.hash);

    expect(await refusalOf(publish(first.view?.hash))).toMatchObject({ error: 'hash_conflict' });
    const gone = client.views.publish({ user_id: 'U0DORA', view: { type: 'home', blocks: [] } });
    expect(await refusalOf(gone)).toMatchObject({ error: 'user_not_found' });
  });

  it('is told again, as the same event, when its first event got lost', async () => {
    const { slack, origin, setFaults } = await startWorkspace({ eventRetryDelaysMs: [0, 10] });
    const events: string[] = [];
    await startApp(origin, (app) => {
      app.event('app_home_opened', async ({ body, context }) => {
        events.push(`${body.event_id} ${context.retryNum}`);
      });
    });
    setFaults({ operation: 'deliver:events_api', kind: 'error', times: 2 });

    const opened = await slack.openHome(SAM);

    expect(opened).toEqual({ acked: false, error: 'dispatch_failed' });
    await expect.poll(() => events).toEqual([expect.stringMatching(/^Ev\w+ 2$/)]);
  });
});
