import { describe, expect, it } from 'vitest';
import { coalesced } from '../../../sandbox/page/coalesced.ts';
import { parseMessages } from '../../../sandbox/page/model.ts';
import { parsePlace, placeHash } from '../../../sandbox/page/place.ts';
import { RequestRates } from '../../../sandbox/page/request-rates.ts';
import { suggestionsFor } from '../../../sandbox/page/suggestions.ts';
import { countUnread } from '../../../sandbox/page/unread.ts';

describe('a place in the page', () => {
  it.each([
    '#/',
    '#/home',
    '#/channel/deploys',
    '#/channel/deploys/services',
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

describe('request rates', () => {
  it('are measured over the time between two readings', () => {
    const rates = new RequestRates();

    expect([rates.measure('api', 100, 0), rates.measure('api', 120, 2_000)]).toEqual([0, 10]);
  });

  it('stay as they were between readings that are too close', () => {
    const rates = new RequestRates();
    rates.measure('api', 100, 0);
    rates.measure('api', 120, 2_000);

    expect(rates.measure('api', 121, 2_100)).toBe(10);
  });

  it('begin anew when the counter fell', () => {
    const rates = new RequestRates();
    rates.measure('api', 100, 0);

    expect(rates.measure('api', 3, 2_000)).toBe(0);
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
