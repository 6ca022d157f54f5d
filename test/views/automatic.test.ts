import { describe, expect, it } from 'vitest';
import { type AutomaticHold, FOLLOWED, type Followed } from '../../src/domain/automatic.ts';
import { holdAnnouncement, notDeployedAnnouncement, resumedMessage } from '../../views/automatic.ts';
import { who } from '../../views/deployment-words.ts';

const place = { service: 'api', environment: 'staging' };
const maya = { kind: 'person', userId: 'U0MAYA', via: 'command' } as const;
const hostile = 'main`<!channel> *b*';

function aHold(change: Partial<AutomaticHold> = {}): AutomaticHold {
  return { id: 'H1', ...place, by: maya, at: Date.UTC(2026, 0, 5, 9), ...change };
}

function aFollowed(change: Partial<Followed> = {}): Followed {
  return {
    ...{ id: 'P1', ...place, ref: 'refs/heads/main', commit: 'a'.repeat(40), outcome: 'not-deployed' },
    at: Date.UTC(2026, 0, 5, 9),
    ...change,
  };
}

describe('what a channel is told of a hold', () => {
  it('names the rollback it is of, and how it ends', () => {
    const { text, blocks } = holdAnnouncement(aHold({ deployment: 143 }));

    expect(text).toMatch(/are held since #143, where it went back to an earlier release/u);
    expect(text).toContain('`/forge automatic staging api on`');
    expect(JSON.stringify(blocks)).toContain('"action_id":"automatic"');
  });

  it('names who wanted it, and why, as nothing but text', () => {
    const { text, blocks } = holdAnnouncement(aHold({ why: '<!channel> look' }));

    expect(text).toContain('are held by <@U0MAYA>');
    expect(JSON.stringify(blocks)).toContain('&lt;!channel&gt; look');
  });
});

describe('what a channel is told of a push that is not deployed', () => {
  it('is why, and how to deploy it by hand', () => {
    const { text } = notDeployedAnnouncement(
      aFollowed({ says: 'There is no image of it.', login: 'octocat' }),
      undefined,
    );

    expect(text).toBe(
      ':warning: The push to `main` (`aaaaaaa`), pushed by octocat on GitHub, is not deployed to api in staging: There is no image of it. To deploy it by hand, type `/forge deploy api staging aaaaaaaaaaaa`.',
    );
  });

  it('names the hold, with the button that ends it', () => {
    const { text, blocks } = notDeployedAnnouncement(
      aFollowed({ outcome: 'held' }),
      aHold({ deployment: 143 }),
    );

    expect(text).toContain('automatic deployments of api to staging are held since #143');
    expect(JSON.stringify(blocks)).toContain('Resume automatic deployments');
  });

  it.each(FOLLOWED)('lets nothing of a name be markup when it is %s', (outcome) => {
    const followed = aFollowed({ outcome, ref: `refs/tags/${hostile}`, login: hostile, says: hostile });

    const said = JSON.stringify(notDeployedAnnouncement(followed, aHold()).blocks);

    expect(said).not.toContain('<!channel>');
    expect(said).not.toContain('main`<');
  });
});

describe('who pushed', () => {
  it.each([
    [{ login: 'octocat', person: 'U0SAM' }, '<@U0SAM> (by a push)'],
    [{ login: '<!here>' }, '&lt;!here&gt; (by a push on GitHub)'],
    [{}, 'GitHub'],
  ])('is told for %j', (pusher, words) => {
    expect(who({ kind: 'trigger', source: 'github', id: 'x', pusher })).toBe(words);
  });
});

describe('who lets them go on', () => {
  it('is told what is looked at', () => {
    expect(resumedMessage(place, ['main']).text).toContain('The newest of `main` is looked at now');
    expect(resumedMessage(place, []).text).toContain('Nothing was pushed meanwhile.');
  });
});
