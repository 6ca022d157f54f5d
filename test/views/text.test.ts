import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  capitalised,
  cleaned,
  code,
  duration,
  escaped,
  moment,
  oneLine,
  quoted,
  refusal,
  roughly,
  sentence,
  shortened,
  shortenedMarkup,
  withMoments,
} from '../../views/text.ts';

const text = fc.string({ unit: 'binary' });

describe('foreign text', () => {
  it('never holds a character that begins a mention, a link or an entity', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(escaped(given).replaceAll(/&(?:amp|lt|gt);/g, '')).not.toMatch(/[<>&]/);
      }),
    );
  });

  it('is shown as it was typed', () => {
    expect(escaped('<!channel> & <@U0SAM> *now*')).toBe('&lt;!channel&gt; &amp; &lt;@U0SAM&gt; *now*');
  });

  it.each([
    ['right-to-left override', '\u202E'],
    ['Arabic letter mark', '\u061C'],
    ['zero-width joiner', '\u200D'],
    ['byte order mark', '\uFEFF'],
    ['soft hyphen', '\u00AD'],
    ['tag characters', '\u{E0041}'],
    ['line separator', '\u2028'],
    ['escape', '\u001B'],
    ['null', '\u0000'],
  ])('loses the %s, which makes a text read as another', (_name, character) => {
    expect(cleaned(`a${character}b`)).toBe('a b');
  });

  it('keeps its line breaks, where it stands by itself', () => {
    expect(cleaned('a\nb')).toBe('a\nb');
  });

  it('has no line break within a line of ours', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(oneLine(given)).not.toMatch(/[\n\r\u2028\u2029]/);
      }),
    );
  });

  it('is always text that can be sent, also when a character of it is half', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 20 }), (given, most) => {
        expect(shortened(cleaned(given), most).isWellFormed()).toBe(true);
        expect(quoted(given, most).isWellFormed()).toBe(true);
      }),
    );
    expect(cleaned('a\uD83Db').isWellFormed()).toBe(true);
  });

  it('cannot leave a code span', () => {
    expect(code('a`b\n`c')).toBe('`aˋb ˋc`');
  });
});

describe('a shortened text', () => {
  it('is as it was where it fits', () => {
    expect(shortened('exactly', 7)).toBe('exactly');
    expect(shortenedMarkup('<@U1>', 5)).toBe('<@U1>');
  });

  it('is never longer than it may be, and shows that something is missing', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 50 }), (given, most) => {
        fc.pre(given.length > most);

        expect(shortened(given, most).length).toBeLessThanOrEqual(most);
        expect(shortened(given, most)).toMatch(/…$/);
        expect(shortenedMarkup(given, most).length).toBeLessThanOrEqual(most);
        expect(shortenedMarkup(given, most)).toMatch(/…$/);
      }),
    );
  });

  it.each([
    ['an emoji', 'a🚀🚀', 3, 'a…'],
    ['an escape', 'a&amp;b', 5, 'a…'],
    ['a mention', 'by <@U0MAYA> now', 8, 'by …'],
    ['a date', 'at <!date^1^{time}|9:00> or so', 20, 'at …'],
  ])('leaves %s out whole', (_what, given, most, shown) => {
    expect(shortenedMarkup(given, most)).toBe(shown);
  });

  it('counts the escapes when foreign text is quoted', () => {
    expect(quoted('&'.repeat(100), 20)).toBe('&amp;&amp;&amp;…');
  });
});

describe('a sentence', () => {
  it.each([
    ['it failed', 'it failed.'],
    ['It failed.', 'It failed.'],
    ['why?', 'why?'],
    ['too long…', 'too long…'],
  ])('%s ends as %s', (given, shown) => {
    expect(sentence(given)).toBe(shown);
  });
});

describe('a time', () => {
  it.each([
    [-3, '0 s'],
    [0.4, '0 s'],
    [59.4, '59 s'],
    [59.6, '1 min'],
    [125, '2 min 5 s'],
    [3599, '59 min 59 s'],
    [3600, '1 h'],
    [11_430, '3 h 10 min'],
  ])('of %d seconds is %s', (seconds, shown) => {
    expect(duration(seconds)).toBe(shown);
  });

  it.each([
    [0, 'a few seconds'],
    [7, 'a few seconds'],
    [8, 'about 10 s'],
    [54, 'about 50 s'],
    [55, 'about 1 min'],
    [160, 'about 3 min'],
    [3299, 'about 55 min'],
    [3300, 'about 1 h'],
  ])('of %d seconds is roughly %s', (seconds, shown) => {
    expect(roughly(seconds)).toBe(shown);
  });

  it('is shown in each reader’s own zone, and in UTC where Slack cannot', () => {
    expect(moment(Date.UTC(2026, 0, 5, 9, 30, 59))).toBe(
      '<!date^1767605459^{date_short_pretty} {time}|2026-01-05 09:30 UTC>',
    );
  });
});

describe('a refusal', () => {
  it('mentions the user groups it names, in Slack’s own form alone', () => {
    expect(refusal('Ask <!subteam^S0RELEASE> or <!subteam^S0X|everyone> or <!here^S1>.')).toBe(
      'Ask <!subteam^S0RELEASE> or &lt;!subteam^S0X|everyone&gt; or &lt;!here^S1&gt;.',
    );
  });

  it('mentions the people it names and nothing else', () => {
    expect(refusal('<@U0MAYA> is at it: “<!channel>” <@here> <https://a.example|x>')).toBe(
      '<@U0MAYA> is at it: “&lt;!channel&gt;” &lt;@here&gt; &lt;https://a.example|x&gt;',
    );
  });
});

describe('times in a sentence', () => {
  it('are each reader’s own', () => {
    const at = Math.floor(Date.UTC(2026, 0, 5, 9) / 1000);

    expect(withMoments('It starts on 2026-01-05 at 09:00 UTC instead of 2026-01-05 at 08:30 UTC.')).toBe(
      `It starts on <!date^${at}^{date_short_pretty} {time}|2026-01-05 09:00 UTC> instead of <!date^${at - 1800}^{date_short_pretty} {time}|2026-01-05 08:30 UTC>.`,
    );
    expect(refusal('Not before 2026-01-05 at 09:00 UTC.')).toContain(`<!date^${at}^`);
  });

  it('stay as they are where they are none', () => {
    const none = 'v2026-01-05 at noon UTC, 2026-13-45 at 99:99 UTC';

    expect(withMoments(none)).toBe(none);
  });
});

describe('a capital', () => {
  it('is only the first letter', () => {
    expect(capitalised('rollback of #1')).toBe('Rollback of #1');
    expect(capitalised('')).toBe('');
  });
});
