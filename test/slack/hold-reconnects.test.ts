import { describe, expect, it } from 'vitest';
import { holdReconnects } from '../../src/slack/hold-reconnects.ts';
import { recordingLog } from './harness.ts';

describe('starting the socket', () => {
  it('for the first time fails as the library does', async () => {
    const { client } = clientThat(['refused']);

    await expect(client.start()).rejects.toThrow('refused');
  });

  it('again, as the library does to reconnect, never rejects while Forge stops', async () => {
    const { client, stopping } = clientThat(['connected', 'refused']);
    await client.start();
    stopping.is = true;

    await expect(client.start()).resolves.toEqual({ ok: true });
  });

  it('again ends as the library says when it is connected', async () => {
    const { client } = clientThat(['connected', 'connected']);
    await client.start();

    await expect(client.start()).resolves.toEqual({ ok: true, url: 'wss://again' });
  });
});

function clientThat(outcomes: ('connected' | 'refused')[]) {
  const stopping = { is: false };
  const left = [...outcomes];
  const client = {
    start: async () => {
      if (left.shift() === 'refused') throw new Error('refused');
      return { ok: true, url: 'wss://again' };
    },
  };
  holdReconnects(client, { isStopping: () => stopping.is, log: recordingLog([]) });
  return { client, stopping };
}
