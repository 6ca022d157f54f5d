import { describe, expect, it } from 'vitest';
import { buttonsIn } from '../../sandbox/find-button.ts';
import { type AutomaticHold, FOLLOWED, type Followed } from '../../src/domain/automatic.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import {
  holdAnnouncement,
  notDeployedAnnouncement,
  resumedMessage,
  unreadAnnouncement,
  waitsAnnouncement,
} from '../../views/automatic.ts';
import { heldWords, holdSection } from '../../views/automatic-hold.ts';
import { who } from '../../views/deployment-words.ts';
import { aDeployment } from '../builders.ts';
import { readableIn } from './rules.ts';
import { messageOf } from './shapes.ts';

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

    expect(text).toMatch(/are held since <!date[^>]+>, by <@U0MAYA> with #143\./u);
    expect(text).toContain('`/forge automatic staging api on`');
    expect(JSON.stringify(blocks)).toContain('"action_id":"automatic"');
  });

  it('names who wanted it, and why, as nothing but text', () => {
    const { text, blocks } = holdAnnouncement(aHold({ why: '<!channel> look' }));

    expect(text).toMatch(/are held since <!date[^>]+>, by <@U0MAYA>\./u);
    expect(JSON.stringify(blocks)).toContain('&lt;!channel&gt; look');
  });
});

describe('a hold', () => {
  it('because of a failure names nobody', () => {
    const hold = aHold({ deployment: 143, by: { kind: 'job', run: 'deploy/143' } });

    expect(heldWords(hold)).toMatch(/are held since <!date[^>]+>, because #143 did not succeed\.$/u);
  });

  it('is shown with its reason as nothing but text, and with the button for who may press it', () => {
    const hold = aHold({ why: '<!channel> look' });

    const shown = holdSection({ hold, mayResume: true });
    const toOthers = holdSection({ hold, mayResume: false });

    expect(shown.text?.text).toContain('\n> &lt;!channel&gt; look');
    expect(buttonsIn([shown]).map(({ value }): unknown => JSON.parse(value ?? ''))).toEqual([
      { ...place, on: true, hold: 'H1' },
    ]);
    expect(buttonsIn([toOthers])).toEqual([]);
    expect(toOthers.text?.text).toContain('with `/forge automatic staging api on`');
  });

  it('stands in the message of the deployment because of which there is one, with its button, until it is over', () => {
    const events: DeploymentEvent[] = [
      { type: 'started' },
      { type: 'rolled-back' },
      { type: 'automatic-held' },
    ];
    const { blocks: held } = messageOf(aDeployment(events));
    const { blocks: resumed } = messageOf(aDeployment([...events, { type: 'automatic-resumed' }]));

    expect(readableIn(held).join(' ')).toContain('are held because of this');
    expect(buttonsIn(held).map(({ value }): unknown => JSON.parse(value ?? ''))).toContainEqual({
      ...{ service: 'checkout', environment: 'production', on: true, since: 142 },
    });
    expect(readableIn(held).join(' ')).toContain('Any member of the workspace may do this.');
    expect(JSON.stringify(resumed)).not.toContain('automatic');
  });
});

describe('what a channel is told of what does not get on', () => {
  it('is what waits for whom, and that nobody has to do anything', () => {
    const { text } = waitsAnnouncement({ ...place, ref: `refs/tags/${hostile}` }, 'GitHub');

    expect(text).toContain('waits to be deployed to api in staging: GitHub does not answer.');
    expect(text).toContain('nobody has to do anything');
    expect(text).not.toContain('<!channel>');
  });

  it('is which repository cannot be read, and why', () => {
    const { text } = unreadAnnouncement('acme/api', 'Give the App “contents: read” <!channel>');

    expect(text).toContain('Forge does not see what is pushed to `acme/api`: Give the App');
    expect(text).not.toContain('<!channel>');
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

    expect(text).toMatch(
      /automatic deployments there are held since <!date[^>]+>, by <@U0MAYA> with #143\./u,
    );
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
    [{}, 'a push on GitHub'],
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
