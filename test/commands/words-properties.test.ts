import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCommand } from '../../commands/find-command.ts';
import { commands } from '../../commands/index.ts';
import { typed } from '../../commands/typed.ts';
import { sortWords, theNumber } from '../../commands/words.ts';
import { reservedMeaning } from '../../src/config/reserved-words.ts';
import { UserError } from '../../src/domain/errors.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { anEnvironmentPolicy, aPolicy, aServicePolicy } from '../builders.ts';

const fillers = ['to', 'on', 'in', 'the', 'for', 'please', 'with', 'now', 'TO'];
const regions = ['us-east-1', 'eu-west-1'];
const name = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,6})?$/);

/** A company whose names are any that a policy file may give, the near misses of our own words among them. */
const company = fc
  .record({
    services: fc.uniqueArray(
      fc.oneof(name, fc.constantFrom('deployer', 'state', 'back', 'roll', 'stop', 'undo')),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    environments: fc.uniqueArray(fc.oneof(name, fc.constantFrom('staging', 'production', 'stage')), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  .map(({ services, environments }) => ({
    services: services.filter((one) => reservedMeaning(one, 'service') === undefined),
    environments: environments.filter(
      (one) => reservedMeaning(one, 'environment') === undefined && !services.includes(one),
    ),
  }))
  .filter(({ services, environments }) => services.length > 0 && environments.length > 0);
const version = fc.oneof(
  fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)).map((parts) => `v${parts.join('.')}`),
  fc.stringMatching(/^[0-9a-f]{7,40}$/).filter((text) => /[a-f]/.test(text)),
  fc.stringMatching(/^(feature|fix)\/[A-Za-z0-9_.-]{1,12}[a-z0-9]$/),
);
const cased = fc.constantFrom(
  (text: string) => text,
  (text: string) => text.toUpperCase(),
  (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1),
);

function policyOf({ services, environments }: { services: string[]; environments: string[] }): Policy {
  return aPolicy({
    services: services.map((one) => aServicePolicy({ name: one })),
    environments: environments.map((one) => anEnvironmentPolicy({ name: one, regions })),
  });
}

const request = company.chain((known) =>
  fc.record({
    policy: fc.constant(policyOf(known)),
    service: fc.constantFrom(...known.services),
    environment: fc.constantFrom(...known.environments),
    version,
    number: fc.nat({ max: 999_999_999 }),
    region: fc.constantFrom(...regions),
    command: fc.constantFrom(...Object.keys(commands)),
    spelt: cased,
    order: fc.infiniteStream(fc.nat()),
    said: fc.array(fc.constantFrom(...fillers), { maxLength: 3 }),
  }),
);

function shuffled(words: readonly string[], order: Iterator<number>): string[] {
  const keyed = words.map((word) => ({ word, key: Number(order.next().value) }));
  return keyed.sort((one, other) => one.key - other.key).map(({ word }) => word);
}

describe('a known name', () => {
  it('is never taken for another: in any order, in any case, among words that change nothing', () => {
    fc.assert(
      fc.property(
        request,
        ({ policy, service, environment, version: ref, region, number, spelt, order, said }) => {
          const names = [spelt(service), spelt(environment), ref, spelt(region), `#${number}`, ...said];
          const text = shuffled(names, order).join(' ');

          expect(sortWords(typed(text), policy)).toMatchObject({
            services: [service],
            environments: [environment],
            strategies: [],
            regions: [region],
            numbers: [number],
            rest: [ref],
          });
        },
      ),
    );
  });

  it('of a command is found first, and nothing beside it is lost', () => {
    fc.assert(
      fc.property(request, ({ policy, command, service, environment, spelt }) => {
        const { words } = typed(`${spelt(command)} ${service} ${environment}`);

        const found = findCommand(words, policy);

        expect(found.command).toBe(commands[command]);
        expect(found.words).toEqual([service, environment]);
      }),
    );
  });

  it('of a command is found behind names too, where it is the only command', () => {
    fc.assert(
      fc.property(request, ({ policy, command, service, environment }) => {
        const found = findCommand([service, environment, command], policy);

        expect(found.command).toBe(commands[command]);
        expect(found.words).toEqual([service, environment]);
      }),
    );
  });
});

describe('a deployment’s number', () => {
  it('is one with its sign, without it, and as the link Slack makes where a channel has that name', () => {
    const written = fc.constantFrom(
      (number: number) => `#${number}`,
      (number: number) => `${number}`,
      (number: number) => `<#C0NUMBER|${number}>`,
      (number: number) => `“#${number}”.`,
      (number: number) => `\`#${number}\``,
    );

    fc.assert(
      fc.property(fc.nat({ max: 999_999_999 }), written, (number, write) => {
        const words = sortWords(typed(`abort ${write(number)} because #7 is back`), aPolicy());

        expect(theNumber(words, 'abort')).toBe(number);
      }),
    );
  });

  it('is never read from what only holds digits', () => {
    const other = fc.oneof(
      version,
      fc.nat().map((digits) => `v${digits}`),
      fc.nat().map((digits) => `#-${digits}`),
      fc.nat().map((digits) => `#${digits}th`),
      fc.constantFrom('#1234567890', '１４２', '1e3', '0x8e', '#', '<#C0NUMBER|>', '<#C0NUMBER>'),
    );

    fc.assert(
      fc.property(other, (word) => {
        expect(() => theNumber(sortWords(typed(word), aPolicy()), 'abort')).toThrow('Which deployment?');
      }),
    );
  });
});

describe('any words', () => {
  it('are sorted and their command found, or refused in a sentence', () => {
    const policy = aPolicy();
    const word = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        ...Object.keys(commands),
        'constructor',
        '__proto__',
        'toString',
        'checkout',
        'production',
        '#1',
      ),
    );

    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        try {
          const found = findCommand(typed(words.join(' ')).words, policy);

          expect(sortWords({ words: found.words }, policy).strategies).toBeInstanceOf(Array);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });
});
