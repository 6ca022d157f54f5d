import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../../sandbox/page/text/markdown.ts';

const text = (value: string) => ({ kind: 'text', text: value });

describe('markdown', () => {
  it('reads headings, paragraphs, lists, quotes, rules and code', () => {
    const parts = parseMarkdown('# Head\nFirst\nsecond\n\n- a\n  - b\n\n> q\n---\n```ts\nx < y\n```');

    expect(parts).toEqual([
      { kind: 'heading', level: 1, children: [text('Head')] },
      { kind: 'paragraph', children: [text('First\nsecond')] },
      {
        kind: 'list',
        isOrdered: false,
        items: [
          { indent: 0, children: [text('a')] },
          { indent: 1, children: [text('b')] },
        ],
      },
      { kind: 'quote', children: [text('q')] },
      { kind: 'rule' },
      { kind: 'preformatted', text: 'x < y' },
    ]);
  });

  it('formats with two stars, one star and two tildes', () => {
    expect(parseMarkdown('**b** *i* ~~s~~')).toEqual([
      {
        kind: 'paragraph',
        children: [
          { kind: 'bold', children: [text('b')] },
          text(' '),
          { kind: 'italic', children: [text('i')] },
          text(' '),
          { kind: 'strike', children: [text('s')] },
        ],
      },
    ]);
  });

  it('links only to web and mail addresses', () => {
    expect(parseMarkdown('[ok](https://a.example) [no](javascript:alert)')).toEqual([
      {
        kind: 'paragraph',
        children: [
          { kind: 'link', url: 'https://a.example', children: [text('ok')] },
          text(' [no](javascript:alert)'),
        ],
      },
    ]);
  });

  it('takes a fence that is never closed to the end', () => {
    expect(parseMarkdown('```\na\nb')).toEqual([{ kind: 'preformatted', text: 'a\nb' }]);
  });
});
