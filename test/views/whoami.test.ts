import { describe, expect, it } from 'vitest';
import { whoamiMessage } from '../../views/whoami.ts';
import { hostileTexts } from './hostile.ts';
import { objections, readableIn } from './rules.ts';

const manager = {
  roles: ['deployer', 'release-manager'] as const,
  commands: ['deploy', 'skip'],
};
const maya = { id: 'U0MAYA', name: 'Maya', kind: 'member', timeZone: 'Europe/Berlin' } as const;

describe('whoami', () => {
  it('says what somebody may use where, and by which role', () => {
    const message = whoamiMessage(maya, [
      { environment: 'staging', ...manager, votesAs: [] },
      { environment: 'development', ...manager, votesAs: [] },
      { environment: 'archive', ...manager, votesAs: ['release-manager', 'security'] },
      { environment: 'production', roles: ['viewer'], commands: ['status'], votesAs: [] },
      { environment: 'vault', roles: [], commands: [], votesAs: [] },
    ]);

    expect(objections(message, { newBlocks: false })).toEqual([]);
    expect(message.text.split('\n')).toEqual([
      'You are <@U0MAYA>, a full member of this workspace. Your time zone is Europe/Berlin.',
      '*staging, development*: you may use `deploy`, `skip`. (roles: deployer, release manager)',
      '*archive*: you may use `deploy`, `skip`. Your approval counts as release manager and security. (roles: deployer, release manager)',
      '*production*: you may use `status`. (role: viewer)',
      '*vault*: you may do nothing: forge.yml gives you no role there.',
    ]);
  });

  it.each(hostileTexts)('is taken where a profile and an environment say %s', (_what, said) => {
    const message = whoamiMessage({ ...maya, name: said, timeZone: said }, [
      { environment: said, roles: ['viewer'], commands: [said], votesAs: [said] },
    ]);

    expect(objections(message, { newBlocks: false })).toEqual([]);
  });

  it('is taken, and says what is left out, however many environments there are, all of them different', () => {
    const here = Array.from({ length: 60 }, (_, index) => ({
      environment: `environment-${index}`,
      roles: ['viewer' as const],
      commands: Array.from({ length: 90 }, (_one, command) => `command-${index}-${command}`),
      votesAs: [],
    }));

    const message = whoamiMessage(maya, here);

    expect(objections(message, { newBlocks: false })).toEqual([]);
    expect(readableIn(message.blocks).at(-1)).toBe('40 more environments are not shown here.');
  });
});
