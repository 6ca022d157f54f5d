import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cleaned,
  code,
  escaped,
  oneLine,
  quotation,
  quoted,
  refusal,
  sentence,
  shortened,
  shortenedMarkup,
} from '../../views/text.ts';
import { anyText } from './arbitrary-text.ts';

const most = fc.oneof(fc.nat(24), fc.constantFrom(30, 75, 100, 150, 300, 3000));

/** What Slack shows of escaped text. */
function shownBySlack(markup: string): string {
  return markup.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Escapes of Slack's and nothing else that it would parse. */
const HARMLESS = /^(?:[^<>&]|&(?:amp|lt|gt);)*$/u;

describe('a limit', () => {
  it('is kept by every helper that takes one, in code points and in UTF-16 units', () => {
    fc.assert(
      fc.property(anyText, most, (text, limit) => {
        for (const short of [
          shortened(cleaned(text), limit),
          shortenedMarkup(escaped(text), limit),
          quoted(text, limit),
        ]) {
          expect(short.length).toBeLessThanOrEqual(limit);
          expect([...short].length).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });

  it('is kept by a quotation, its sign counted', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 3, max: 500 }), (text, limit) => {
        const shown = quotation(text, limit);

        expect(shown.length).toBeLessThanOrEqual(limit);
        expect(shown).toMatch(/^> [^\n]*$/u);
      }),
    );
  });

  it('never cuts through a character, an escape or a mention', () => {
    fc.assert(
      fc.property(anyText, most, (text, limit) => {
        const plain = shortened(cleaned(text), limit);
        const markup = shortenedMarkup(`<@U0SAM> ${escaped(text)} <@U0MAYA>`, limit);

        expect(plain.isWellFormed()).toBe(true);
        expect(markup.isWellFormed()).toBe(true);
        expect(markup.replaceAll(/<@U0(?:SAM|MAYA)>/gu, '')).toMatch(HARMLESS);
      }),
    );
  });

  it('leaves what fits as it is, so that shortening twice is shortening once', () => {
    fc.assert(
      fc.property(anyText, most, (text, limit) => {
        const whole = cleaned(text);
        const plain = shortened(whole, limit);
        const markup = shortenedMarkup(escaped(text), limit);

        expect(shortened(plain, limit)).toBe(plain);
        expect(shortenedMarkup(markup, limit)).toBe(markup);
        expect(plain === whole).toBe(whole.length <= limit);
      }),
    );
  });

  it('keeps the beginning and shows that the rest is missing', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 300 }), (text, limit) => {
        const whole = cleaned(text);
        const shown = shownBySlack(shortenedMarkup(escaped(text), limit));

        if (shown === whole) return;
        expect(shown.endsWith('…')).toBe(true);
        expect(whole.startsWith(shown.slice(0, -1))).toBe(true);
      }),
    );
  });
});

describe('escaped text', () => {
  it('holds nothing that Slack would parse, and is shown as it was typed', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escaped(text)).toMatch(HARMLESS);
        expect(shownBySlack(escaped(text))).toBe(cleaned(text));
      }),
    );
  });

  it('is escaped again where it is text again: nothing is ever un-escaped', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(shownBySlack(escaped(escaped(text)))).toBe(escaped(text));
      }),
    );
  });

  it('stays within a line, a sentence and a code span', () => {
    fc.assert(
      fc.property(anyText, most, (text, limit) => {
        expect(oneLine(oneLine(text))).toBe(oneLine(text));
        expect(cleaned(cleaned(text))).toBe(cleaned(text));
        expect(quoted(text, limit)).not.toMatch(/[\n\r\u2028\u2029]/u);
        expect(sentence(sentence(text))).toBe(sentence(text));
        expect(code(text)).toMatch(/^`[^`\n]*`$/u);
      }),
    );
  });
});

describe('a refusal', () => {
  it('holds no markup but mentions of people', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(refusal(text).replaceAll(/<(?:@[UW][A-Z0-9]+|!subteam\^S[A-Z0-9]+)>/gu, '')).toMatch(HARMLESS);
      }),
    );
  });
});
