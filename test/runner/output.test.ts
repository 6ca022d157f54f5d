import { describe, expect, it } from 'vitest';
import { createTail } from '../../src/runner/output.ts';

describe('the output of a command', () => {
  it('is kept from its end, and says that there was more', () => {
    const tail = createTail(10);

    for (const chunk of ['one ', 'two ', 'three ', 'four']) tail.push(Buffer.from(chunk));

    expect(tail.read()).toEqual({ text: 'three four', isCut: true });
  });

  it('is whole where it fits exactly', () => {
    const tail = createTail(4);

    tail.push(Buffer.from('four'));

    expect(tail.read()).toEqual({ text: 'four', isCut: false });
  });

  it('loses no more than the beginning of one chunk that is too long', () => {
    const tail = createTail(4);

    tail.push(Buffer.from('x'.repeat(100_000)));
    tail.push(Buffer.from('end'));

    expect(tail.read()).toEqual({ text: 'xend', isCut: true });
  });

  it('takes no more room or time where it comes byte by byte', () => {
    const tail = createTail(100_000);
    const before = process.memoryUsage.rss();

    for (let count = 0; count < 390_000; count += 1) tail.push(Buffer.of(97 + (count % 26)));

    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 2 ** 20);
    expect(tail.read().text === 'abcdefghijklmnopqrstuvwxyz'.repeat(4_000).slice(-100_000)).toBe(true);
  });

  it('is in order however large its pieces are', () => {
    const all = Array.from({ length: 3_000 }, (_, index) => `${index} `.repeat(1 + (index % 7)));
    for (const limit of [1, 7, 100, 16_384, 16_385, 50_000, 1_000_000]) {
      const tail = createTail(limit);

      for (const piece of all) tail.push(Buffer.from(piece));

      const text = all.join('');
      expect(tail.read()).toEqual({ text: text.slice(-limit), isCut: text.length > limit });
    }
  });

  it('is nothing where nothing is kept', () => {
    const tail = createTail(0);

    tail.push(Buffer.from('x'));

    expect(tail.read()).toEqual({ text: '', isCut: true });
  });

  it('does not begin in the middle of a character', () => {
    const tail = createTail(5);

    tail.push(Buffer.from('grüße'));
    tail.push(Buffer.from('!'));

    expect(tail.read().text).toBe('ße!');
  });

  it('has no colours, no moves of the cursor, no control characters and nothing that turns the text round', () => {
    const tail = createTail(1000);

    tail.push(
      Buffer.from(
        '\u001B[31mred\u001B[0m\u001B]0;title\u0007\u0000\b \u202Eevil\u2066 10%\r20%\r\ndone\ttab\n',
      ),
    );

    expect(tail.read().text).toBe('red evil 10%\n20%\ndone\ttab\n');
  });

  it('shows bytes that are no text as such', () => {
    const tail = createTail(1000);

    tail.push(Buffer.from([0x61, 0xff, 0xfe, 0x62, 0xc3]));

    expect(tail.read().text).toBe('a\uFFFD\uFFFDb\uFFFD');
  });
});
