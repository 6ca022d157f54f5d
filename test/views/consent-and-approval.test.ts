import { describe, expect, it } from 'vitest';
import { buttonsIn } from '../../sandbox/find-button.ts';
import { plainText } from '../../sandbox/plain-text.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { approvalLines } from '../../views/approval.ts';
import { deploymentButtons } from '../../views/deployment-buttons.ts';
import { voteBlocks } from '../../views/home-votes.ts';
import { threadLine } from '../../views/thread-lines.ts';
import { aDeployment, aPeoplePolicy, aRecordedEvent } from '../builders.ts';
import { anAsking } from '../in-phase.ts';

const people = aPeoplePolicy({ everyone: 'deployer', roles: { 'release-manager': ['U0LENA', 'S0RELEASE'] } });
const why =
  'It is a time to avoid for us-east-1 by the clock of UTC, so it needs a reason and the consent of a release manager.';
const asking: DeploymentEvent = { ...anAsking(), consent: why };
const consented: DeploymentEvent = { type: 'consented' };
const called = { title: 'Checkout', admins: [], commanders: [], policy: people };

const shown = (deployment: Deployment) => ({
  deployment,
  title: 'Checkout',
  people,
  undoSeconds: 60,
  now: 0,
});

/** What the thread says of the last event. */
function lineOf(...events: DeploymentEvent[]): string {
  const last = events.at(-1);
  if (last === undefined) throw new Error('Nothing happened');
  return threadLine(aRecordedEvent(last), aDeployment(events), called)?.text ?? '';
}

describe('a deployment that needs approval and consent to its time', () => {
  it('says both and whom to ask, until somebody has consented', () => {
    const before = approvalLines(aDeployment([asking]), people).at(-1);
    const after = approvalLines(aDeployment([asking, consented]), people).join('\n');

    expect(before).toBe(
      `• Still missing: consent to its time; ask <@U0LENA> or <!subteam^S0RELEASE>. ${why}`,
    );
    expect(after).not.toContain('consent to its time;');
    expect(after).toContain('consented to its time');
  });

  it('calls those who may consent in its thread, and says what they can do', () => {
    expect(lineOf(asking)).toMatch(/<@U0LENA>.*To give it, press “Consent…” there\.$/u);
    expect(lineOf({ ...asking, round: 2, changes: ['Something.'] })).toMatch(
      /• Something\.\nIt is a time to avoid/u,
    );
    expect(lineOf(anAsking())).not.toContain('Consent…');
  });

  it('has a button for consent beside those for a vote, in its message and on the Home', () => {
    const waiting = aDeployment([asking]);
    const home = voteBlocks({
      ...{ votes: [waiting], consents: [waiting], people },
      titleOf: () => 'Checkout',
    });
    const onlyConsent = voteBlocks({ votes: [], consents: [waiting], people, titleOf: () => 'Checkout' });

    const names = (blocks: Parameters<typeof buttonsIn>[0]) => buttonsIn(blocks).map((one) => one.action_id);
    expect(names(deploymentButtons(shown(waiting)))).toContain('consent');
    expect(names(deploymentButtons(shown(aDeployment([asking, consented]))))).not.toContain('consent');
    expect(names(home)).toEqual(['approve', 'reject', 'consent']);
    expect(names(onlyConsent)).toEqual(['consent']);
    expect(plainText(onlyConsent).join('\n')).toContain('It is a time to avoid');
  });

  it('says what is still missing after a vote', () => {
    const vote: DeploymentEvent = {
      type: 'voted',
      round: 1,
      verdict: 'approve',
      countsFor: ['release-manager'],
    };

    expect(lineOf(asking, vote)).toContain('Still missing: consent to its time.');
    expect(lineOf(asking, consented, vote)).toContain('Nobody else has to.');
  });
});
