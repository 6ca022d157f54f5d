import { describe, expect, it } from 'vitest';
import { type CodeChange, type CodeChanges, comparedIn } from '../../src/domain/code-changes.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import { codeChangesTold, codeTakenBack } from '../../views/code-changes.ts';
import { aDeployment, aPlan } from '../builders.ts';

const of = comparedIn(aPlan());
const none = { total: 0, newest: [] };
const noFiles = { total: 0, names: [] };
const commit = (title: string, author?: string) => ({
  ...{ sha: 'abcdef1234'.repeat(4), title },
  ...(author === undefined ? {} : { author }),
});
const change: CodeChange = {
  ...{ regions: ['eu-west-1'], base: 'b'.repeat(40) },
  brings: { total: 2, newest: [commit('Add a banner', 'Octo Cat'), commit('Tidy')] },
  ...{ takesAway: none, files: 5, additions: 120, deletions: 1, isCut: false },
  url: 'https://github.com/acme/checkout/compare/a...b',
};
const known = (...changes: Partial<CodeChange>[]): CodeChanges => ({
  ...{ kind: 'known', of, unknownIn: [] },
  changes: changes.map((one) => ({ ...change, ...one })),
});
const read = (changes: CodeChanges): Deployment => aDeployment([{ type: 'changes-read', changes }]);
const told = (changes: CodeChanges) => codeChangesTold(read(changes)).join('\n');

describe('what people are told of the code', () => {
  it('is how many commits come, the newest by whom, how much is different and where all of it is', () => {
    expect(told(known({}))).toBe(
      [
        '*What is new in the code:* v1.1.0 brings 2 commits. 5 files are different: 120 lines added, 1 line removed. <https://github.com/acme/checkout/compare/a...b|See it all on GitHub>.',
        '• Add a banner, by Octo Cat (`abcdef1`)',
        '• Tidy (`abcdef1`)',
      ].join('\n'),
    );
  });

  it('is a few of many', () => {
    const newest = ['One', 'Two', 'Three', 'Four', 'Five'].map((title) => commit(title));

    const words = told(known({ brings: { total: 40, newest } }));

    expect(words).toContain('brings 40 commits');
    expect(words).toMatch(/Three .*\n• … and 37 older$/u);
    expect(words).not.toContain('Four');
  });

  it('is what is taken away where an older one goes out', () => {
    const words = told(known({ brings: none, takesAway: { total: 3, newest: [commit('Add a banner')] } }));

    expect(words).toMatch(
      /v1\.1\.0 is older: it takes away 3 commits that are live now\. .*\n• Add a banner/u,
    );
    expect(words).not.toContain('brings');
  });

  it('is both where neither contains the other', () => {
    const words = told(known({ takesAway: { total: 1, newest: [commit('Gone')] } }));

    expect(words).toMatch(/brings 2 commits and takes away 1 commit that is live now\./u);
    expect(words).toMatch(/Tidy .*\nTaken away:\n• Gone/u);
  });

  it('is that nothing is new where the same commit is live', () => {
    expect(told(known({ brings: none }))).toContain('nothing, it is the same commit as is live.');
  });

  it('is which migrations of the database come with it', () => {
    const brings = {
      total: 7,
      names: ['db/1.sql', 'db/2.sql', 'db/3.sql', 'db/4.sql', 'db/5.sql', 'db/6.sql'],
    };

    expect(told(known({ migrations: { brings, takesAway: noFiles } }))).toContain(
      ':warning: It comes with 7 migrations (`db/1.sql`, `db/2.sql`, `db/3.sql`, `db/4.sql`, `db/5.sql` and 2 more).',
    );
  });

  it('is that an older release does not take back what migrations did', () => {
    const migrations = { brings: noFiles, takesAway: { total: 1, names: ['db/7.sql'] } };

    expect(told(known({ brings: none, takesAway: change.brings, migrations }))).toContain(
      'Forge does not take back what these did to the database: 1 migration (`db/7.sql`).',
    );
  });

  it('is that no migration is among it only where somebody said which files they are, and all are listed', () => {
    const migrations = { brings: noFiles, takesAway: noFiles };

    expect(told(known({}))).not.toMatch(/migration|database/u);
    expect(told(known({ migrations }))).toContain('No migration of the database is among them.');
    expect(told(known({ migrations, isCut: true }))).toMatch(/At least 5 files.*may be migrations/su);
    expect(told(known({ migrations, isCut: true }))).not.toContain('No migration');
  });

  it('is told for each place where something else is live', () => {
    const words = told(known({}, { regions: ['us-east-1', 'us-west-2'] }));

    expect(words).toContain('*What is new in the code in eu-west-1:*');
    expect(words).toContain('*What is new in the code in us-east-1, us-west-2:*');
  });

  it('names where nobody knows what is live', () => {
    const words = told({ kind: 'known', of, changes: [change], unknownIn: ['us-east-1'] });

    expect(words).toMatch(
      /in eu-west-1:.*Nobody knows which commit is live in us-east-1.* ask <@U0MAYA>\.$/su,
    );
  });

  it('is why nobody can tell, and whom to ask', () => {
    expect(told({ kind: 'unknown', of, says: 'GitHub does not answer just now.' })).toBe(
      ':grey_question: Forge cannot tell what is new in the code: GitHub does not answer just now. Otherwise ask <@U0MAYA>.',
    );
  });

  it('is whom to ask where nobody has looked, or something else is live by now', () => {
    const stale = read({ ...known({}), of: 'another' });

    expect(codeChangesTold(stale)).toEqual(['Forge has not seen what is new in the code: ask <@U0MAYA>.']);
    expect(codeChangesTold(aDeployment())).toEqual(codeChangesTold(stale));
  });

  it('shows what others wrote as it is: it calls nobody, links nowhere and begins no line of ours', () => {
    const hostile = '<!channel> *bold*\n:warning: Approved <https://evil.test|here> `x`';
    const words = told(
      known({
        brings: { total: 1, newest: [commit(hostile, hostile)] },
        migrations: { brings: { total: 1, names: [hostile] }, takesAway: noFiles },
        url: 'javascript:alert(1)',
      }),
    );

    expect(words).not.toMatch(/<!|<https:\/\/evil|\n:warning: Approved/u);
    expect(words).toContain('&lt;!channel&gt;');
    expect(words).not.toContain('<javascript');
  });
});

describe('what a rollback takes out of the code', () => {
  const undone = read(
    known({ migrations: { brings: { total: 1, names: ['db/1.sql'] }, takesAway: noFiles } }),
  );

  it('is what came with what it takes back', () => {
    expect(codeTakenBack(undone, change.base).join('\n')).toMatch(
      /^It takes 2 commits out of the code\. <https.*\n• Add a banner.*\n• Tidy.*\n:warning: Forge does not take back .*db\/1\.sql/u,
    );
  });

  it('is also what comes back', () => {
    const both = read(known({ takesAway: { total: 1, newest: [] } }));

    expect(codeTakenBack(both, change.base).join('\n')).toContain(
      'out of the code and brings 1 commit back.',
    );
  });

  it.each<[string, Deployment, string | undefined]>([
    ['it goes to another release', undone, 'c'.repeat(40)],
    ['nobody knows the commit it goes to', undone, undefined],
    ['nobody has read what came', aDeployment(), change.base],
    ['nobody could tell', read({ kind: 'unknown', of, says: 'x' }), change.base],
    ['regions differed', read(known({}, { base: 'd'.repeat(40) })), change.base],
    [
      'it is not known of a region',
      read({ kind: 'known', of, changes: [change], unknownIn: ['x'] }),
      change.base,
    ],
    ['nothing came with it', read(known({ brings: none })), change.base],
  ])('is not told where %s', (_when, deployment, to) => {
    expect(codeTakenBack(deployment, to)).toEqual([]);
  });
});
