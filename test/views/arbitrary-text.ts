import fc from 'fast-check';
import { hostileTexts } from './hostile.ts';

const pieces = fc.constantFrom(
  ...[
    '<!channel>',
    '<@U0SAM>',
    '<@U0EVIL|Sam>',
    '<#C0DEPLOYS>',
    '<https://evil.example|here>',
    '@channel',
    '@here',
  ],
  ...[
    '&',
    '<',
    '>',
    '&lt;',
    '&am',
    '&amp;lt;',
    '`',
    '```',
    '*',
    '_',
    '~',
    '> ',
    ':rocket:',
    '|',
    '^',
    '\\',
    '"',
  ],
  ...['\n', '\r\n', '\u2028', '\u0000', '\u202E', '\u200B', '\u200F', '\uFEFF', '\uD83D', '\uDE80'],
  ...['🚀', '👩‍👩‍👧', '🇩🇪', 'e\u0301', 'שלום', 'مرحبا', 'ﷺ', '漢字', 'İ', 'ß'],
  ...[
    'a',
    ' ',
    'v1.2.3',
    '2026-01-05',
    '{time}',
    'x'.repeat(75),
    '&'.repeat(40),
    '🚀'.repeat(160),
    '<'.repeat(900),
  ],
);

/** What people and systems may say: anything, short or very long. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(...hostileTexts.map(([, text]) => text)),
);

/** A name of a service or an environment, as a policy file may give it. */
export const anyName: fc.Arbitrary<string> = fc
  .stringMatching(/^[a-z][a-z0-9]{0,20}(-[a-z0-9]{1,18})?$/)
  .filter((name) => name.length <= 40);
