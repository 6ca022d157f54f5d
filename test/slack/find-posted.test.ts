import { describe, expect, it } from 'vitest';
import { connectForge, type TestSlack } from './harness.ts';

const SAM = 'U0SAM';
const message = { text: 'Deploying v1.2.0', blocks: [] };

describe('finding a post', () => {
  it('finds the one whose answer was lost', async () => {
    const { forge, slack, setFaults } = await connectForge();
    const since = Date.now();
    setFaults({ operation: 'chat.postMessage', kind: 'cut-after' });
    await forge.chat.post({ id: '142', channel: 'C0DEPLOYS', message });
    await forge.chat.post({ id: '143', channel: 'C0DEPLOYS', message });

    const finding = await forge.chat.findPosted({ id: '142', channel: 'C0DEPLOYS', since });

    expect(finding).toEqual({
      kind: 'found',
      channel: 'C0DEPLOYS',
      ts: slack.messages('deploys', SAM)[0]?.ts,
    });
  });

  it('finds one in a thread', async () => {
    const { forge } = await connectForge();
    const parent = await posted(forge, '142');
    const line = await forge.chat.post({ id: '142/7', channel: 'C0DEPLOYS', threadTs: parent, message });

    const request = { id: '142/7', channel: 'C0DEPLOYS', since: Date.now() };
    const inThread = await forge.chat.findPosted({ ...request, threadTs: parent });
    const inChannel = await forge.chat.findPosted(request);

    expect(inThread).toMatchObject({ kind: 'found', ts: line.kind === 'done' ? line.ts : '' });
    expect(inChannel).toEqual({ kind: 'absent' });
  });

  it('reads on over more messages than one page holds', async () => {
    const { forge } = await connectForge();
    const since = Date.now();
    const ts = await posted(forge, 'first');
    for (let number = 1; number <= 220; number += 1) await posted(forge, `later-${number}`);

    const finding = await forge.chat.findPosted({ id: 'first', channel: 'C0DEPLOYS', since });

    expect(finding).toEqual({ kind: 'found', channel: 'C0DEPLOYS', ts });
  });

  it('finds one in a direct message by the person it was sent to', async () => {
    const { forge, slack, setFaults } = await connectForge();
    const since = Date.now();
    setFaults({ operation: 'chat.postMessage', kind: 'cut-after' });
    await forge.chat.post({ id: '142', channel: SAM, message });

    const finding = await forge.chat.findPosted({ id: '142', channel: SAM, since });
    const another = await forge.chat.findPosted({ id: '143', channel: SAM, since });

    expect(finding).toEqual({
      kind: 'found',
      channel: 'D0SAM',
      ts: slack.messages('D0SAM', SAM)[0]?.ts,
    });
    expect(another).toEqual({ kind: 'absent' });
  });

  it('never says absent of a direct message that cannot be opened', async () => {
    const { forge } = await connectForge();

    const finding = await forge.chat.findPosted({ id: '142', channel: 'U0DORA', since: Date.now() });

    expect(finding).toMatchObject({ kind: 'unclear', detail: expect.stringContaining('user_disabled') });
  });

  it('says absent when the channel does not hold it', async () => {
    const { forge } = await connectForge();
    await posted(forge, '143');

    const finding = await forge.chat.findPosted({ id: '142', channel: 'C0DEPLOYS', since: Date.now() });

    expect(finding).toEqual({ kind: 'absent' });
  });

  it.each(['error', 'throttle', 'cut-before'] as const)('never says absent after %s', async (kind) => {
    const { forge, setFaults } = await connectForge();
    setFaults({ operation: 'conversations.history', kind });

    const finding = await forge.chat.findPosted({ id: '142', channel: 'C0DEPLOYS', since: Date.now() });

    expect(finding).toMatchObject({ kind: 'unclear' });
  });
});

async function posted(forge: TestSlack['forge'], id: string): Promise<string> {
  const result = await forge.chat.post({ id, channel: 'C0DEPLOYS', message });
  if (result.kind !== 'done') throw new Error(`${id} was not posted: ${result.kind}`);
  return result.ts;
}
