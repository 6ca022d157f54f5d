import { expect, it } from 'vitest';
import { rollbackQuestion } from '../../commands/rollback-question.ts';
import { aPlan, aServicePolicy } from '../builders.ts';
import { inPhase } from '../in-phase.ts';
import { formWords } from './form-reading.ts';

it.each([
  { kind: 'web', says: true },
  { kind: 'worker', says: false },
] as const)('the rollback of a $kind speaks of requests: $says', ({ kind, says }) => {
  const service = aServicePolicy({ kind });
  const found = { kind: 'undo', undoes: inPhase('succeeded'), plan: aPlan(), seconds: 60, service } as const;

  const reply = rollbackQuestion(found, undefined);

  const words = formWords(reply.kind === 'form' ? reply.form : undefined);
  expect(words).toContain('It takes about 1 min');
  expect(words.includes('requests go on being answered')).toBe(says);
});
