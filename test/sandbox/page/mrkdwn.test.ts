import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Inline } from '../../../sandbox/page/text/inline.ts';
import { plainText } from '../../../sandbox/page/text/inline.ts';
import { parseMrkdwn, parsePlainText } from '../../../sandbox/page/text/mrkdwn.ts';

function inlineOf(source: string, { verbatim = false } = {}): Inline[] {
  const parts = parseMrkdwn(source, { verbatim });
  return parts.flatMap((part) => (part.kind === 'preformatted' ? [] : part.children));
}

const text = (value: string): Inline => ({ kind: 'text', text: value });

describe('mrkdwn', () => {
  it('formats bold, italic, strike and code at the edges of words', () => {
    expect(inlineOf('*b* _i_ ~s~ `c*d*`')).toEqual([
      { kind: 'bold', children: [text('b')] },
      text(' '),
      { kind: 'italic', children: [text('i')] },
      text(' '),
      { kind: 'strike', children: [text('s')] },
      text(' '),
      { kind: 'code', text: 'c*d*' },
    ]);
  });

  it.each(['snake_case_name', '2*3*4', 'a * b * c', '*open', '* not bold *', '``', '_ _'])(
    'leaves %j as it is',
    (source) => {
      expect(inlineOf(source)).toEqual([text(source)]);
    },
  );

  it('nests formats and keeps a link inside', () => {
    expect(inlineOf('*see _<https://a.example|this>_*')).toEqual([
      {
        kind: 'bold',
        children: [
          text('see '),
          {
            kind: 'italic',
            children: [{ kind: 'link', url: 'https://a.example', children: [text('this')] }],
          },
        ],
      },
    ]);
  });

  it('does not format across a line break', () => {
    expect(inlineOf('*a\nb*')).toEqual([text('*a\nb*')]);
  });

  it('decodes the three escapes exactly once', () => {
    expect(inlineOf('&lt;b&gt; &amp;lt; &quot;')).toEqual([text('<b> &lt; &quot;')]);
  });

  it('does not take an escaped mention for a mention', () => {
    expect(inlineOf('&lt;!channel&gt; &lt;@U0MAYA&gt;')).toEqual([text('<!channel> <@U0MAYA>')]);
  });

  it('recognises people, channels, groups and broadcasts', () => {
    expect(inlineOf('<@U0MAYA><#C0DEPLOYS|deploys><!subteam^S0EXECS|execs><!here>')).toEqual([
      { kind: 'user', id: 'U0MAYA' },
      { kind: 'channel', id: 'C0DEPLOYS', label: 'deploys' },
      { kind: 'group', id: 'S0EXECS', label: 'execs' },
      { kind: 'broadcast', range: 'here' },
    ]);
  });

  it('reads a date with its format, link and fallback', () => {
    expect(inlineOf('<!date^1763769600^{date} at {time}^https://a.example|22 Nov>')).toEqual([
      {
        kind: 'date',
        timestamp: 1763769600,
        format: '{date} at {time}',
        fallback: '22 Nov',
        url: 'https://a.example',
      },
    ]);
  });

  it.each([
    '<javascript:alert(1)|click>',
    '<data:text/html,x>',
    '<!date^soon^{date}|soon>',
    '<b>',
    '<!unknown>',
  ])('keeps %j as text', (source) => {
    expect(inlineOf(source)).toEqual([text(source)]);
  });

  it('links a bare address without the full stop after it, unless the text is verbatim', () => {
    const link: Inline = {
      kind: 'link',
      url: 'https://a.example/x',
      children: [text('https://a.example/x')],
    };

    expect(inlineOf('See https://a.example/x.')).toEqual([text('See '), link, text('.')]);
    expect(inlineOf('See https://a.example/x.', { verbatim: true })).toEqual([
      text('See https://a.example/x.'),
    ]);
  });

  it('splits quotes and preformatted text from the rest', () => {
    const parts = parseMrkdwn('a\n&gt; b\n> c\nd\n```x &lt; <https://a.example>\n  y```\ne', {
      verbatim: false,
    });

    expect(parts).toEqual([
      { kind: 'text', children: [text('a')] },
      { kind: 'quote', children: [text('b\nc')] },
      { kind: 'text', children: [text('d\n')] },
      { kind: 'preformatted', text: 'x < https://a.example\n  y' },
      { kind: 'text', children: [text('e')] },
    ]);
  });

  it('quotes everything after three marks', () => {
    expect(parseMrkdwn('>>>a\nb', { verbatim: false })).toEqual([
      { kind: 'quote', children: [text('a\nb')] },
    ]);
  });

  it('takes a fence that is never closed for text', () => {
    expect(inlineOf('a ```b')).toEqual([text('a ```b')]);
  });

  it('never loses a letter or digit that was written', () => {
    const pieces = fc.constantFrom(
      'a',
      'Z',
      '7',
      ' ',
      '*',
      '_',
      '~',
      '`',
      '```',
      '>',
      '\n',
      ':',
      '<',
      '|',
      '&amp;',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (written) => {
        const source = written.join('');
        const read = parseMrkdwn(source, { verbatim: true })
          .map((part) => (part.kind === 'preformatted' ? part.text : plainText(part.children)))
          .join('');
        const words = (value: string): string => value.replaceAll('&amp;', '').replace(/[^aZ7]/g, '');
        expect(words(read)).toBe(words(source));
      }),
    );
  });
});

describe('plain text', () => {
  it('is never formatted', () => {
    const source = '*b* <@U0MAYA> &amp; :rocket:';

    expect(parsePlainText(source, { emoji: false })).toEqual([text(source)]);
  });

  it('shows emoji where the object allows it', () => {
    expect(parsePlainText('Go :rocket:', { emoji: true })).toEqual([
      text('Go '),
      { kind: 'emoji', name: 'rocket' },
    ]);
  });
});
