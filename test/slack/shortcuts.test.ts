import { describe, expect, it } from 'vitest';
import { startForge } from './harness.ts';

const SAM = 'U0SAM';

describe('a shortcut', () => {
  it('from the search field arrives with what opens a form', async () => {
    const { slack, processed } = await startForge();

    const delivery = await slack.shortcut({ as: SAM, callback_id: 'deploy' });
    await expect.poll(() => processed).toHaveLength(1);

    expect(delivery).toMatchObject({ acked: true });
    expect(processed).toEqual([
      {
        ...{ kind: 'shortcut', userId: SAM, userTeam: expect.any(String), callbackId: 'deploy' },
        ...{ id: expect.stringMatching(/^shortcut:/u), receivedAt: expect.any(Number) },
        triggerId: expect.any(String),
      },
    ]);
  });

  it('of a message of Forge’s arrives with what it is about', async () => {
    const { slack, forge, processed } = await startForge();
    const message = { text: 'v1.1.0 is live (#142)', blocks: [] };
    const posted = await forge.chat.post({ id: '142', channel: 'C0DEPLOYS', message });
    const ts = posted.kind === 'done' ? posted.ts : '';

    await slack.shortcut({ as: SAM, callback_id: 'rollback', channel: 'deploys', ts });
    await expect.poll(() => processed).toHaveLength(1);

    expect(processed).toMatchObject([
      {
        on: { channel: 'C0DEPLOYS', ts, text: 'v1.1.0 is live (#142)', isOurs: true, post: '142' },
        ...{ channel: 'C0DEPLOYS', responseUrl: expect.stringContaining('http') },
      },
    ]);
  });

  it('of somebody else’s message is known as such', async () => {
    const { slack, processed } = await startForge();
    const said = await slack.say({ as: 'U0MAYA', channel: 'deploys', text: 'Is #142 live (#142)?' });

    await slack.shortcut({ as: SAM, callback_id: 'rollback', channel: 'deploys', ts: said.ts });
    await expect.poll(() => processed).toHaveLength(1);

    expect(processed).toMatchObject([{ on: { isOurs: false } }]);
  });
});
