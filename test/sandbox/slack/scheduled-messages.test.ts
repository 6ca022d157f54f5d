import { describe, expect, it } from 'vitest';
import { PATIENT, refusalOf, startWorkspace } from './harness.ts';

const DEPLOYS = 'C0DEPLOYS';
const NOW_MS = 1_800_000_000_000;
const NOW = NOW_MS / 1000;

/** A workspace whose clock stands still, so that nothing falls due. */
const standing = () => startWorkspace({ clock: { now: () => NOW_MS } });
const later = (post_at: number) => ({ channel: DEPLOYS, text: 'Later.', post_at });

describe('a scheduled message', () => {
  it('is posted when its time has come, and is on the list until then', async () => {
    let now = NOW_MS;
    const { client, slack } = await startWorkspace({ clock: { now: () => now } });
    now += 500;
    const { scheduled_message_id: id } = await client.chat.scheduleMessage(later(NOW + 2));

    const before = await client.chat.scheduledMessages.list({ channel: DEPLOYS });
    await expect.poll(() => slack.messages('deploys', 'U0SAM').length, PATIENT).toBe(1);
    const after = await client.chat.scheduledMessages.list({});

    expect(before.scheduled_messages).toMatchObject([
      { id, channel_id: DEPLOYS, post_at: NOW + 2, text: 'Later.' },
    ]);
    expect(after.scheduled_messages).toEqual([]);
    expect(slack.messages('deploys', 'U0SAM')).toMatchObject([{ text: 'Later.', user: 'U0FORGE' }]);
  });

  it('can be taken back until a minute before', async () => {
    const { client } = await standing();
    const { scheduled_message_id: far } = await client.chat.scheduleMessage(later(NOW + 61));
    const { scheduled_message_id: near } = await client.chat.scheduleMessage(later(NOW + 59));
    const remove = (id: unknown) =>
      client.chat.deleteScheduledMessage({ channel: DEPLOYS, scheduled_message_id: String(id) });

    await expect(remove(far)).resolves.toMatchObject({ ok: true });
    expect(await refusalOf(remove(near))).toMatchObject({ error: 'invalid_scheduled_message_id' });
    expect(await refusalOf(remove(far))).toMatchObject({ error: 'invalid_scheduled_message_id' });
  });

  it.each([
    ['now', NOW, 'time_in_past'],
    ['121 days ahead', NOW + 121 * 86_400, 'time_too_far'],
  ])('%s is refused', async (_when, at, error) => {
    const { client } = await standing();

    expect(await refusalOf(client.chat.scheduleMessage(later(at)))).toMatchObject({ error });
  });

  it('is refused once thirty are due in the same five minutes', async () => {
    const { client } = await standing();
    for (let count = 1; count <= 30; count += 1) await client.chat.scheduleMessage(later(NOW + 1000 + count));

    expect(await refusalOf(client.chat.scheduleMessage(later(NOW + 1100)))).toMatchObject({
      error: 'restricted_too_many',
    });
    await expect(client.chat.scheduleMessage(later(NOW + 2000))).resolves.toMatchObject({ ok: true });
  });
});
