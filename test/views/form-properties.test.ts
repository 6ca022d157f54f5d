import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shown } from '../../commands/shown.ts';
import { viewErrors } from '../../sandbox/slack/validate.ts';
import { confirmForm, rollbackPlaceForm } from '../../views/confirm-form.ts';
import { deployForm } from '../../views/deploy-form.ts';
import { helpMessage } from '../../views/help.ts';
import { escaped } from '../../views/text.ts';
import { whoamiMessage } from '../../views/whoami.ts';
import { anEnvironmentPolicy, aPolicy, aServicePolicy } from '../builders.ts';
import { anyName, anyText } from './arbitrary-text.ts';
import { foreignMarkup, markupIn, objections } from './rules.ts';

const named = fc.option(anyName, { nil: undefined });
const policy = fc
  .record({
    services: fc.uniqueArray(fc.record({ name: anyName, title: anyText }), {
      selector: (one) => one.name,
      minLength: 1,
      maxLength: 6,
    }),
    environments: fc.uniqueArray(anyName, { minLength: 1, maxLength: 6 }),
  })
  .map(({ services, environments }) =>
    aPolicy({
      services: services.map((one) => aServicePolicy(one)),
      environments: environments.map((one) => anEnvironmentPolicy({ name: one })),
    }),
  );
const said = fc.option(anyText, { nil: undefined });
const note = anyText.map((text) => `Which one, “${escaped(text)}”?`);

function given<Part extends object>(part: Part): { [Key in keyof Part]: Exclude<Part[Key], undefined> } {
  return JSON.parse(JSON.stringify(part));
}

/** Everything Slack or a reader could object to in a form. */
function objectionsTo(form: { blocks: unknown[] }): string[] {
  return [
    ...viewErrors(form, 'modal', { newBlocks: false, scopes: [] }),
    ...markupIn(form.blocks).flatMap(foreignMarkup),
  ];
}

describe('whatever the policy names and people say', () => {
  it('the deploy form is taken', () => {
    const word = anyText.map((text) => shown(`v1 ${text}`));
    const candidates = fc.uniqueArray(fc.record({ ref: word, label: word }), {
      selector: (one) => one.ref,
      minLength: 1,
      maxLength: 6,
    });
    const content = fc.record({ note, service: named, environment: named, ref: said, why: said });

    fc.assert(
      fc.property(policy, content, fc.option(candidates, { nil: undefined }), (known, words, choices) => {
        const form = deployForm({ policy: known, ...given({ ...words, candidates: choices }) });

        expect(objectionsTo(form)).toEqual([]);
      }),
    );
  });

  it('the forms of a rollback and an abort are taken', () => {
    const question = fc.record({
      command: fc.constantFrom('rollback' as const, 'abort' as const),
      title: fc.nat().map((number) => `Roll back #${number}`),
      paragraphs: fc.array(note, { minLength: 1, maxLength: 3 }),
      yes: fc.constantFrom('Roll back', 'Abort'),
      hidden: fc.record({ deployment: fc.nat(), generation: fc.nat(), digest: fc.constant('d'.repeat(64)) }),
      why: said,
    });

    fc.assert(
      fc.property(policy, question, named, (known, asked, service) => {
        const place = rollbackPlaceForm({
          policy: known,
          note: 'What?',
          ...given({ service, why: asked.why }),
        });

        expect(
          objectionsTo(confirmForm(asked.why === undefined ? given(asked) : { ...asked, why: asked.why })),
        ).toEqual([]);
        expect(objectionsTo(place)).toEqual([]);
      }),
    );
  });

  it('the help and who you are is taken', () => {
    const entries = fc.array(fc.record({ usage: anyText, summary: anyText }), {
      minLength: 1,
      maxLength: 20,
    });

    fc.assert(
      fc.property(entries, fc.array(anyText, { maxLength: 4 }), anyText, (list, examples, timeZone) => {
        const person = { id: 'U0SAM', name: 'sam', kind: 'member' as const, timeZone };

        expect(objections(helpMessage(list, examples), { newBlocks: false })).toEqual([]);
        const here = list.map(({ usage, summary }) => ({
          environment: usage,
          roles: ['viewer' as const],
          commands: [summary],
          votesAs: [usage],
        }));
        expect(objections(whoamiMessage(person, here), { newBlocks: false })).toEqual([]);
      }),
    );
  });
});
