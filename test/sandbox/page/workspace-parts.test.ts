import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { coalesced } from '../../../sandbox/page/coalesced.ts';
import { parseMessages } from '../../../sandbox/page/model.ts';
import { parsePlace, placeHash } from '../../../sandbox/page/place.ts';
import { spaced } from '../../../sandbox/page/spaced.ts';
import { suggestionsFor } from '../../../sandbox/page/suggestions.ts';
import { countUnread } from '../../../sandbox/page/unread.ts';

describe('a place in the page', () => {
  it.each([
    '#/',
    '#/home',
    '#/channel/deploys',
    '#/channel/deploys/services',
    '#/channel/deploys/faults',
    '#/channel/Maya%20Chen/thread/17.01',
  ])('survives the address %s', (hash) => {
    expect(placeHash(parsePlace(hash))).toBe(hash);
  });

  it('is the list for an address that names nothing', () => {
    expect(parsePlace('#/channel/')).toEqual({ kind: 'list' });
  });

  it('takes a broken escape as it stands', () => {
    expect(parsePlace('#/channel/50%')).toEqual({ kind: 'channel', name: '50%', side: { kind: 'none' } });
  });
});

describe('unread messages', () => {
  const messages = parseMessages([
    { ts: '10.0', user: 'U0FORGE', text: 'before' },
    { ts: '21.0', user: 'U0FORGE', text: 'news' },
    { ts: '22.0', user: 'U0MAYA', text: 'my own' },
    { ts: '23.0', threadTs: '21.0', user: 'U0FORGE', text: 'a reply' },
    { ts: '24.0', threadTs: '21.0', user: 'U0FORGE', text: 'please approve <@U0MAYA>' },
    { ts: '25.0', threadTs: '21.0', user: 'U0FORGE', text: 'sent to the channel too', broadcast: true },
  ]);

  it('are news in the channel and replies that mention the reader', () => {
    const unread = countUnread(messages, { me: 'U0MAYA', lastRead: 20, isDirect: false });

    expect(unread).toEqual({ count: 3, mentions: 1 });
  });

  it('all count as mentions in a direct message', () => {
    const unread = countUnread(messages, { me: 'U0MAYA', lastRead: 20, isDirect: true });

    expect(unread).toEqual({ count: 4, mentions: 4 });
  });
});

describe('suggestions', () => {
  it('are given only for a command', () => {
    expect(suggestionsFor('deploy', [])).toEqual([]);
  });

  it("begin with the person's own latest commands", () => {
    const [first] = suggestionsFor('/forge d', ['/forge deploy api', '/forge deploy worker']);

    expect(first).toEqual({ text: '/forge deploy worker', explanation: 'Used before' });
  });

  it('end when the command is complete', () => {
    expect(suggestionsFor('/forge help', [])).toEqual([]);
  });
});

describe('a coalesced reading', () => {
  it('asked many times while it runs, runs once more', async () => {
    let runs = 0;
    const read = coalesced(async () => {
      runs += 1;
      await Promise.resolve();
    });

    await Promise.all([read(), read(), read(), read()]);

    expect(runs).toBe(2);
  });

  it('goes on after a failure', async () => {
    let runs = 0;
    const read = coalesced(async () => {
      runs += 1;
      if (runs === 1) throw new Error('cut');
      await Promise.resolve();
    });

    const results = await Promise.allSettled([read(), read()]);

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});

describe('a spaced reading', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('runs at once, and once more for all that was asked meanwhile', async () => {
    let runs = 0;
    const read = spaced(async () => {
      runs += 1;
    }, 50);

    await read();
    const rest = Promise.all([read(), read(), read()]);
    await vi.advanceTimersByTimeAsync(50);
    await rest;

    expect(runs).toBe(2);
  });

  it('waits until the time has passed', async () => {
    let runs = 0;
    const read = spaced(async () => {
      runs += 1;
    }, 50);

    await read();
    const again = read();
    await vi.advanceTimersByTimeAsync(49);
    expect(runs).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await again;

    expect(runs).toBe(2);
  });
});
