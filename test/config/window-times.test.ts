import { describe, expect, it } from 'vitest';
import { WindowTimes } from '../../src/config/window-times.ts';

describe('times of the week', () => {
  it.each([
    ['Mon-Thu 10:00-16:00', [{ days: ['Mon', 'Tue', 'Wed', 'Thu'], from: 600, to: 960 }]],
    ['Fri 12:00-24:00', [{ days: ['Fri'], from: 720, to: 1_440 }]],
    ['weekends', [{ days: ['Sat', 'Sun'], from: 0, to: 1_440 }]],
    ['holidays', [{ days: 'holidays', from: 0, to: 1_440 }]],
    ['weekdays 09:30-17:00', [{ days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'], from: 570, to: 1_020 }]],
    ['Mon, Wed 10:00-11:00', [{ days: ['Mon', 'Wed'], from: 600, to: 660 }]],
    ['Sat-Mon', [{ days: ['Sat', 'Sun', 'Mon'], from: 0, to: 1_440 }]],
    [
      'Sat 22:00-04:00',
      [
        { days: ['Sat'], from: 1_320, to: 1_440 },
        { days: ['Sun'], from: 0, to: 240 },
      ],
    ],
    ['Sun 22:00-00:00', [{ days: ['Sun'], from: 1_320, to: 1_440 }]],
    ['holidays 22:00-00:00', [{ days: 'holidays', from: 1_320, to: 1_440 }]],
    [
      ['Fri 12:00-24:00', 'Sat', 'Sun'],
      [
        { days: ['Fri'], from: 720, to: 1_440 },
        { days: ['Sat'], from: 0, to: 1_440 },
        { days: ['Sun'], from: 0, to: 1_440 },
      ],
    ],
  ])('are read from %s', (text, spans) => {
    expect(WindowTimes.parse(text)).toEqual(spans);
  });

  it.each(['Mon-Thu 10-16', 'Monday 10:00-16:00', 'Mon 24:00-25:00', '10:00-16:00', 'Mon 10:00', ''])(
    'are not %s',
    (text) => {
      expect(WindowTimes.safeParse(text).error?.issues[0]?.message).toMatch(
        /is not a time of the week\. Write days and times like/u,
      );
    },
  );

  it.each([
    [
      'holidays 22:00-04:00',
      /^The morning after a holiday is an ordinary one, or another holiday\. End these times at 24:00/u,
    ],
    ['Mon 10:00-10:00', /^These times end when they begin\. .* "Mon"\.$/u],
    [
      ['Mon', 'Wed 10:00-11:00'],
      /^Mon alone means the whole day\. .* write "Mon, Wed 10:00-11:00" in quotes/u,
    ],
  ])('that mean something else than they seem to are refused: %j', (written, message) => {
    expect(problemOf(written)).toMatch(message);
  });
});

/** The deepest message of the first problem, as the policy file tells it. */
function problemOf(written: unknown): string {
  const [issue] = WindowTimes.safeParse(written).error?.issues ?? [];
  if (issue?.code !== 'invalid_union') return issue?.message ?? '';
  const inner = issue.errors.flat().find(({ code }) => code === 'custom');
  return inner?.message ?? issue.message;
}
