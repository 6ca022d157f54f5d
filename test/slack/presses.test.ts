import { describe, expect, it } from 'vitest';
import { startForge, type TestSlack } from './harness.ts';

const SAM = 'U0SAM';

describe('a pressed button', () => {
  it('arrives with its value and the message it stands in', async () => {
    const { slack, forge, processed } = await startForge();
    const { ts } = await postButton(forge);

    const delivery = await slack.click({ as: SAM, channel: 'deploys', ts, action_id: 'abort' });
    await expect.poll(() => processed).toHaveLength(1);

    expect(delivery).toMatchObject({ acked: true });
    expect(processed).toMatchObject([
      {
        kind: 'press',
        userId: SAM,
        actionId: 'abort',
        blockId: 'buttons',
        value: '{"deployment":142}',
        message: { channel: 'C0DEPLOYS', ts },
        channel: 'C0DEPLOYS',
        responseUrl: expect.stringContaining('/actions/'),
      },
    ]);
  });

  it('that Slack delivers again is done once; pressed again it is another one', async () => {
    const { slack, forge, setFaults, processed } = await startForge();
    const { ts } = await postButton(forge);
    setFaults({ operation: 'deliver:interactive', kind: 'cut-after' });

    await slack.click({ as: SAM, channel: 'deploys', ts, action_id: 'abort' });
    await slack.click({ as: SAM, channel: 'deploys', ts, action_id: 'abort' });
    await expect.poll(() => processed).toHaveLength(2);

    expect(new Set(processed.map(({ id }) => id)).size).toBe(2);
  });

  it('that could not be kept is answered privately', async () => {
    const { slack, forge } = await startForge({ keep: () => Promise.reject(new Error('disk full')) });
    const { ts } = await postButton(forge);

    await slack.click({ as: SAM, channel: 'deploys', ts, action_id: 'abort' });

    await expect
      .poll(() => slack.messages('deploys', SAM))
      .toContainEqual(
        expect.objectContaining({ text: expect.stringContaining('nothing was done'), ephemeral: true }),
      );
    expect(slack.messages('deploys', 'U0MAYA')).toHaveLength(1);
  });
});

async function postButton(forge: TestSlack['forge']): Promise<{ ts: string }> {
  const result = await forge.chat.post({
    id: '142',
    channel: 'C0DEPLOYS',
    message: {
      text: 'Deploying',
      blocks: [
        {
          type: 'actions',
          block_id: 'buttons',
          elements: [
            {
              type: 'button',
              action_id: 'abort',
              text: { type: 'plain_text', text: 'Abort' },
              value: '{"deployment":142}',
            },
          ],
        },
      ],
    },
  });
  if (result.kind !== 'done') throw new Error(`The message was not posted: ${result.kind}`);
  return result;
}
