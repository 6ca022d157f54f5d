import { describe, expect, it } from 'vitest';
import { deskUnderWay, seenNow } from './desks.ts';
import { buttonValue, formWords, initialValues } from './form-reading.ts';
import { TestDesk } from './front-desk.ts';

async function afterTwoDeployments(): Promise<TestDesk> {
  const desk = new TestDesk();
  await desk.succeeded('v1.1.0');
  return desk;
}

describe('rollback in words', () => {
  it.each([
    'rollback staging',
    'rollback api staging',
    'ROLLBACK the api in Staging please',
    'staging rollback',
    'rollback #1',
    'rollback staging #1',
  ])('“%s” asks for confirmation, from what to what, and does nothing yet', async (words) => {
    const desk = await afterTwoDeployments();

    const { form } = await desk.types(words);

    expect(form).toMatchObject({
      callback_id: 'rollback',
      title: { text: 'Roll back #1' },
      submit: { text: 'Roll back' },
    });
    expect(formWords(form)).toMatch(/Public API in staging\* goes from \*v1\.1\.0\* back to \*v1\.0\.0\*/u);
    expect(formWords(form)).toMatch(/asked by @U0MAYA.*It takes .*data that was written meanwhile stays/su);
    expect(await desk.store.nextNumber()).toBe(2);
  });

  it('takes the reason that was typed into the form', async () => {
    const desk = await afterTwoDeployments();

    const { form } = await desk.types('rollback staging because errors went up');

    expect(initialValues(form)).toEqual({ why: 'errors went up' });
  });

  it('carries out what was confirmed, with its reason', async () => {
    const desk = await afterTwoDeployments();
    const { form } = await desk.types('rollback staging');

    const answer = await desk.sends('rollback', { why: 'errors' }, form?.private_metadata);

    expect(answer.words).toBe('#2 takes #1 back. Its message shows when the previous release is confirmed.');
    expect(await desk.store.deployment(2)).toMatchObject({
      undoes: 1,
      why: 'errors',
      plan: { to: { version: 'v1.0.0' } },
      requestedBy: { via: 'form' },
    });
  });

  it('offers to abort what is still under way', async () => {
    const desk = await deskUnderWay();

    const { form } = await desk.types('rollback staging because it is late');

    expect(form).toMatchObject({ callback_id: 'abort', submit: { text: 'Abort' } });
    expect(formWords(form)).toMatch(/#1 is still under way.*Public API in staging.*v1\.0\.0\* is put back/su);
    expect(initialValues(form)).toEqual({ why: 'it is late' });
  });

  it('tells everything in words when the form cannot open any more, and how to ask again', async () => {
    const desk = await afterTwoDeployments();
    desk.opening = 'expired';

    const { words } = await desk.types('rollback staging');

    expect(words).toMatch(
      /goes from \*v1\.1\.0\* back to \*v1\.0\.0\*.*nothing was done yet: press Roll back, or type `\/forge rollback #1` again/su,
    );
  });

  it('is confirmed by the button of those words, with the reason that was typed', async () => {
    const desk = await afterTwoDeployments();
    desk.opening = 'expired';
    const { blocks } = await desk.types('rollback staging because errors went up');

    const answer = await desk.presses('rollback', buttonValue(blocks, 'Roll back'));

    expect(answer.words).toContain('#2 takes #1 back');
    expect(await desk.store.deployment(2)).toMatchObject({ undoes: 1, why: 'errors went up' });
  });

  it('keeps a button Slack takes where the reason is long', async () => {
    const desk = await afterTwoDeployments();
    desk.opening = 'expired';

    const { blocks } = await desk.types(`rollback staging because ${'"\\n'.repeat(1_000)}`);

    expect(JSON.stringify(buttonValue(blocks, 'Roll back')).length).toBeLessThanOrEqual(2_000);
  });

  it('of what is under way is an abort by the button of those words', async () => {
    const desk = await deskUnderWay();
    desk.opening = 'expired';
    const { blocks } = await desk.types('rollback staging');

    const answer = await desk.presses('abort', buttonValue(blocks, 'Abort'));

    expect(answer.words).toContain('#1 is being aborted: v1.0.0 is being put back.');
  });

  it.each([
    { words: 'rollback', known: {} },
    { words: 'rollback api', known: { service: 'api' } },
    { words: 'rollback because of errors', known: { why: 'of errors' } },
    { words: 'rollback api billing-worker staging', known: { environment: 'staging' } },
    { words: 'rollback staging production', known: {} },
  ])('“$words” asks what to roll back and guesses nothing', async ({ words, known }) => {
    const desk = await afterTwoDeployments();

    const { form } = await desk.types(words);

    expect(form).toMatchObject({ callback_id: 'rollback', submit: { text: 'Next' } });
    expect(initialValues(form)).toEqual(known);
  });

  it('goes on from the form that asks what to the one that asks for confirmation', async () => {
    const desk = await afterTwoDeployments();

    const { form } = await desk.sends('rollback', { service: 'api', environment: 'staging', why: 'errors' });

    expect(form).toMatchObject({ title: { text: 'Roll back #1' } });
    expect(initialValues(form)).toEqual({ why: 'errors' });
  });

  it.each([
    ['rollback stagin', /Did you mean `staging`\? Nothing was done/u],
    ['rollback apii staging', /Did you mean `api`\? Nothing was done/u],
    ['rollback api staging v0.9.0', /has not seen “v0\.9\.0” run.*`\/forge deploy api staging v0\.9\.0`/u],
    [
      'rollback api staging v1.0.0 v0.9.0',
      /go back to, “v1\.0\.0” or “v0\.9\.0”\? Name one\. Nothing was done/u,
    ],
    [
      'rollback v1.0.0',
      /name the service and the environment, like `\/forge rollback api staging v1\.0\.0`/u,
    ],
    ['rollback api v1.0.0', /name the service and the environment, not only api, like/u],
    ['rollback #1 soon', /#1 is v1\.1\.0 on api in staging, and you typed “soon” too/u],
    ['rollback 77', /There is no deployment #77/u],
    ['rollback 1 #2', /name one deployment; you named #2 and #1/u],
    ['rollback #1 #2', /name one deployment; you named #1 and #2/u],
    [
      'rollback api production v9 #1',
      /#1 is v1\.1\.0 on api in staging, and you typed “production” too\. If you mean #1, type `\/forge rollback #1`/u,
    ],
    [
      'rollback perimeter',
      /There is no environment called perimeter\. Known: staging, production, playground\. Nothing/u,
    ],
    ['rollback api perimeter', /There is no environment called perimeter/u],
    ['rollback #77', /There is no deployment #77/u],
    ['rollback #999999999', /There is no deployment #999999999/u],
    ['rollback staging us-east-1', /about all regions.*Leave out us-east-1\. Nothing was done/u],
    ['rollback staging canary', /takes no strategy\. Leave out canary\. Nothing was done/u],
    ['rollback production', /has not put anything on Public API in production.*could take back/u],
  ])('“%s” is refused, with what next', async (words, sentence) => {
    const desk = await afterTwoDeployments();

    const answer = await desk.types(words);

    expect(answer.words).toMatch(sentence);
    expect(answer.form).toBeUndefined();
    expect(await desk.store.nextNumber()).toBe(2);
  });
});

describe('a rollback to a release by name', () => {
  it.each(['rollback api staging v1.0.0', 'rollback #1 v1.0.0', 'rollback v1.0.0 #1 emergency'])(
    '“%s” asks for confirmation and goes there',
    async (words) => {
      const desk = await afterTwoDeployments();
      const { form } = await desk.types(words);

      const answer = await desk.sends('rollback', {}, form?.private_metadata);

      expect(formWords(form)).toMatch(/goes from \*v1\.1\.0\* back to \*v1\.0\.0\*/u);
      expect(answer.words).toContain('#2 takes #1 back');
      expect(await desk.store.deployment(2)).toMatchObject({ plan: { to: { version: 'v1.0.0' } } });
    },
  );

  it('is the plain one where the deployment’s own release is named beside its number', async () => {
    const desk = await afterTwoDeployments();

    const { form } = await desk.types('rollback #1 v1.1.0');

    expect(formWords(form)).toMatch(/back to \*v1\.0\.0\*/u);
  });
});

describe('a Roll back button', () => {
  it('acts at once on what it was shown for', async () => {
    const desk = await afterTwoDeployments();

    const answer = await desk.presses('rollback', await seenNow(desk, 1));

    expect(answer.words).toContain('#2 takes #1 back');
    expect(await desk.store.deployment(2)).toMatchObject({ requestedBy: { via: 'button' } });
  });

  it('pressed again, also by another, is answered with the first one', async () => {
    const desk = await afterTwoDeployments();
    const value = await seenNow(desk, 1);
    await desk.presses('rollback', value);

    const again = await desk.presses('rollback', value, 'U0SAM');

    expect(again.text).toMatch(
      /#2 is taking #1 back already: v1\.0\.0, asked by <@U0MAYA>.*Nothing more was done/u,
    );
    expect(await desk.store.nextNumber()).toBe(3);
  });

  it('pressed too late does nothing and says what is now', async () => {
    const desk = await afterTwoDeployments();
    const value = { ...(await seenNow(desk, 1)), digest: 'another plan' };

    const answer = await desk.presses('rollback', value);

    expect(answer.words).toMatch(
      /Nothing was done: #1 is not what it was.*its plan has changed since\. Type `\/forge rollback #1`/u,
    );
    expect(await desk.store.nextNumber()).toBe(2);
  });

  it('of a release that was replaced says by which', async () => {
    const desk = await afterTwoDeployments();
    const value = await seenNow(desk, 1);
    await desk.happens(1, { type: 'replaced', by: 7 });

    const answer = await desk.presses('rollback', value);

    expect(answer.words).toMatch(
      /#1 is not live, so there is nothing of it to roll back: it was replaced by #7/u,
    );
  });
});
