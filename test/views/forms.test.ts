import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { viewErrors } from '../../sandbox/slack/validate.ts';
import { confirmForm, rollbackPlaceForm } from '../../views/confirm-form.ts';
import { deployForm } from '../../views/deploy-form.ts';
import { quoted } from '../../views/text.ts';
import { anEnvironmentPolicy, aPolicy, aServicePolicy } from '../builders.ts';
import { hostileTexts } from './hostile.ts';
import { readableIn } from './rules.ts';

const policy = aPolicy({
  services: [aServicePolicy(), aServicePolicy({ name: 'worker', title: 'Billing worker' })],
  environments: [anEnvironmentPolicy(), anEnvironmentPolicy({ name: 'staging' })],
});
const manyServices = Array.from({ length: 150 }, (_, index) =>
  aServicePolicy({ name: `service-${index}`, title: `Service ${index}` }),
);

const problems = (form: ModalView) => viewErrors(form, 'modal', { newBlocks: false, scopes: [] });

/** The element of a field, as the form draws it. */
function element(form: ModalView, field: string): unknown {
  const block = form.blocks.find((one) => 'block_id' in one && one.block_id === field);
  return block !== undefined && 'element' in block ? block.element : undefined;
}

describe('the deploy form', () => {
  it('asks for everything where nothing is known', () => {
    const form = deployForm({ policy });

    expect(problems(form)).toEqual([]);
    expect(form.callback_id).toBe('deploy');
    expect(element(form, 'service')).toMatchObject({
      options: [
        { text: { text: 'Checkout (checkout)' }, value: 'checkout' },
        { text: { text: 'Billing worker (worker)' }, value: 'worker' },
      ],
    });
    expect(element(form, 'service')).not.toHaveProperty('initial_option');
  });

  it('is filled in with what the words said', () => {
    const form = deployForm({
      policy,
      service: 'worker',
      environment: 'staging',
      ref: 'v1.1.0',
      why: 'it is approved',
      note: 'Which one?',
    });

    expect(problems(form)).toEqual([]);
    expect(element(form, 'service')).toMatchObject({ initial_option: { value: 'worker' } });
    expect(element(form, 'environment')).toMatchObject({ initial_option: { value: 'staging' } });
    expect(element(form, 'ref')).toMatchObject({ initial_value: 'v1.1.0' });
    expect(element(form, 'why')).toMatchObject({ initial_value: 'it is approved' });
    expect(readableIn(form.blocks)[0]).toBe('Which one?');
  });

  it('offers the releases a word could mean', () => {
    const candidates = [
      { ref: 'a'.repeat(40), label: `v1.1.0 (${'a'.repeat(12)})` },
      { ref: 'b'.repeat(40), label: `v1.1.1 (${'b'.repeat(12)})` },
    ];

    const form = deployForm({ policy, candidates });

    expect(problems(form)).toEqual([]);
    expect(element(form, 'ref')).toMatchObject({
      type: 'static_select',
      options: candidates.map(({ ref, label }) => ({ value: ref, text: { text: label } })),
    });
  });

  it('says that not all services are listed where Slack lists no more', () => {
    const form = deployForm({ policy: aPolicy({ services: manyServices }), service: 'service-140' });

    expect(problems(form)).toEqual([]);
    expect(readableIn(form.blocks)).toContain(
      'Only 100 of 150 are listed. Type the name of another in the command.',
    );
  });

  it('tells services apart by their names however long their titles are', () => {
    const title = 'The part of the shop in which people pay for what they chose, and more of it';
    const services = ['checkout', 'checkout-eu'].map((name) => aServicePolicy({ name, title }));

    const form = deployForm({ policy: aPolicy({ services }) });

    expect(problems(form)).toEqual([]);
    expect(element(form, 'service')).toMatchObject({
      options: [
        { text: { text: expect.stringMatching(/… \(checkout\)$/) } },
        { text: { text: expect.stringMatching(/… \(checkout-eu\)$/) } },
      ],
    });
  });

  it.each(hostileTexts)('is taken where people say %s', (_what, said) => {
    const services = [aServicePolicy({ title: said })];
    const form = deployForm({
      policy: aPolicy({ services }),
      note: quoted(said, 3000) || 'What?',
      ref: said,
      why: said,
      candidates: [{ ref: 'a'.repeat(40), label: `${said} (aaaa)` }],
    });

    expect(problems(form)).toEqual([]);
    expect(problems(deployForm({ policy, ref: said, why: said }))).toEqual([]);
  });
});

describe('the confirm form', () => {
  const content = {
    command: 'rollback',
    title: 'Roll back #142',
    paragraphs: ['*Checkout in production* goes from *v1.1.0* back to *v1.0.0*.'],
    yes: 'Roll back',
    hidden: { deployment: 142, generation: 3, digest: 'd'.repeat(64) },
  } as const;
  const confirm = (change: object = {}) =>
    confirmForm({ ...content, paragraphs: [...content.paragraphs], ...change });

  it('carries what it was shown for', () => {
    const form = confirm();

    expect(problems(form)).toEqual([]);
    expect(form.callback_id).toBe('rollback');
    expect(JSON.parse(form.private_metadata ?? '')).toEqual(content.hidden);
  });

  it('is taken for the largest numbers', () => {
    expect(problems(confirm({ title: 'Roll back #2147483647' }))).toEqual([]);
  });

  it.each(hostileTexts.slice(2))('is taken where it speaks of %s', (_what, said) => {
    expect(problems(confirm({ paragraphs: [quoted(said, 9000)], title: said, yes: said }))).toEqual([]);
  });
});

describe('the form that asks what to roll back', () => {
  it('is filled in with what is known', () => {
    const form = rollbackPlaceForm({ policy, note: 'What?', environment: 'staging' });

    expect(problems(form)).toEqual([]);
    expect(element(form, 'environment')).toMatchObject({ initial_option: { value: 'staging' } });
    expect(element(form, 'service')).not.toHaveProperty('initial_option');
  });

  it('is taken for more services than Slack lists', () => {
    const form = rollbackPlaceForm({ policy: aPolicy({ services: manyServices }), note: 'What?' });

    expect(problems(form)).toEqual([]);
  });
});
