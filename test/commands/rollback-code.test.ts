import { expect, it } from 'vitest';
import { comparedIn } from '../../src/domain/code-changes.ts';
import { formWords } from './form-reading.ts';
import { TestDesk } from './front-desk.ts';

it('asks whether to roll back with what that takes out of the code, as it was read when it went out', async () => {
  const desk = new TestDesk();
  const number = await desk.succeeded('v1.1.0');
  const plan = (await desk.store.deployment(number))?.plan;
  if (plan === undefined) throw new Error('There is no deployment');
  const [live] = Object.entries(plan.from);
  const newest = [{ sha: plan.to.commit ?? '', title: 'Add a banner', author: 'Octo Cat' }];
  const change = {
    ...{ regions: [live?.[0] ?? ''], base: live?.[1].commit ?? '', brings: { total: 1, newest } },
    ...{ takesAway: { total: 0, newest: [] }, files: 1, additions: 1, deletions: 0, isCut: false },
  };
  await desk.happens(number, {
    type: 'changes-read',
    changes: { kind: 'known', of: comparedIn(plan), changes: [change], unknownIn: [] },
  });

  const { form } = await desk.types('rollback api staging');

  expect(formWords(form)).toMatch(/It takes 1 commit out of the code\. \/ • Add a banner, by Octo Cat/u);
});
