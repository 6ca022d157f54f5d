import { expect, it } from 'vitest';
import { withCode } from './code-text.ts';
import { sentences } from './policy-text.ts';

it('a check that wants a release proven where its service does not run is a mistake, with what to do', () => {
  const text = withCode({ there: ['{ staged: staging }'] })
    .replace(
      'environments:\n',
      'environments:\n  trial: { channel: C0TRIAL, deploys: { branch: main }, strategy: rolling }\n',
    )
    .replace('{ staged: staging }', '{ staged: trial }');

  expect(sentences(text)).toContainEqual(
    expect.stringContaining(
      'environments.production.checks[0].staged: api does not run in trial, so it could never be deployed to production. Add it there, or remove this check.',
    ),
  );
});
