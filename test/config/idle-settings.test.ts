import { describe, expect, it } from 'vitest';
import { goodInColours, recoloured, role } from './colours-text.ts';
import { sentences } from './policy-text.ts';

/** The good file in colours with one ECS service, deployed rolling, and more keys of the environment. */
function rolling(...lines: string[]): string {
  const settings = ['strategy: rolling', ...lines].map((line) => `    ${line}\n`).join('');
  return goodInColours
    .replace(/ {4}strategy: canary\n {4}dead man switch: .*\n/, settings)
    .replace(/ {4}database: .*\n/, '')
    .replace(/ {10}blue:[\s\S]*FORGE_PREVIEW_TOKEN }\n/, '          service: api\n');
}

describe('a setting that nothing comes of', () => {
  it.each([
    'gates: { errors: 1% }',
    'roll back when: { errors: 5% }',
    'standby: 1h',
    'confidence: 99%',
    'evidence: traffic',
    `dead man switch: { role: "${role}" }`,
  ])('is refused, never ignored, where nothing moves traffic: %s', (line) => {
    const [key = ''] = line.split(':');

    const told = sentences(rolling(line));

    expect(told).toEqual([
      expect.stringMatching(
        new RegExp(
          `^forge\\.yml:\\d+:5 environments\\.production\\."?${key}"?: Nothing would come of this: no traffic`,
        ),
      ),
    ]);
  });

  it.each(['evidence: smoke', 'dead man switch: off', 'production: true'])(
    'is not one that says what is so anyhow: %s',
    (line) => {
      expect(sentences(rolling(line))).toEqual([]);
    },
  );

  it.each([
    ['limits', 'gates: { errors: 1% }', 'services.api.gates'],
    ['triggers', 'roll back when: { errors: 5% }', 'services.api."roll back when"'],
    [
      'a database',
      'database: { production: { instance: a, max connections: 9 } }',
      'services.api.database.production',
    ],
  ])('is told of a service that moves no traffic: %s', (_what, line, path) => {
    const text = rolling().replace('    runs:', `    ${line}\n    runs:`);

    expect(sentences(text)).toEqual([expect.stringContaining(`${path}: Nothing would come of this`)]);
  });

  it.each([
    'strategies: { production: rolling, produktion: rolling }',
    'database: { produktion: { instance: a, max connections: 9 } }',
  ])('is told of an environment that is none: %s', (line) => {
    const text = recoloured(/ {4}database: .*\n/, '').replace('    runs:', `    ${line}\n    runs:`);

    expect(sentences(text)).toContainEqual(
      expect.stringContaining(
        '.produktion: There is no environment called `produktion`. Did you mean `production`?',
      ),
    );
  });

  it.each(['strategies: { canada: rolling }', 'database: { canada: { instance: a, max connections: 9 } }'])(
    'is told, once, of an environment where the service does not run: %s',
    (line) => {
      const canada = '  canada: { channel: C0CANADA, deploys: { branch: main }, strategy: rolling }\n';
      const text = recoloured('aws:\n', 'aws:\n  canada: { account: "111111111111" }\n')
        .replace('environments:\n', `environments:\n${canada}`)
        .replace(/ {4}database: .*\n/, `    ${line}\n`);

      expect(sentences(text)).toEqual([
        expect.stringMatching(/services\.api\.\w+\.canada: The service does not run in canada\./),
      ]);
    },
  );
});
