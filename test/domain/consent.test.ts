import { describe, expect, it } from 'vitest';
import { askedToConsent, consentWanted, requireConsentWanted } from '../../src/domain/consent.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aDeployment, aPeoplePolicy } from '../builders.ts';
import { anAsking } from '../in-phase.ts';

const why = 'It is a time to avoid.';
const waits: DeploymentEvent = { type: 'waiting', for: 'consent', why };
const inRegion: DeploymentEvent = { type: 'region-waiting', region: 'eu-west-1', for: 'consent', why };

describe('somebody’s consent', () => {
  it.each<[string, DeploymentEvent[]]>([
    ['it waits for it before its start', [waits]],
    ['it waits for it before its next region', [{ type: 'started' }, inRegion]],
    ['people are asked for it beside their approval', [{ ...anAsking(), consent: why }]],
  ])('is wanted where %s', (_when, events) => {
    const deployment = aDeployment(events);
    expect(consentWanted(deployment)).toBe(why);
    expect(() => requireConsentWanted(deployment)).not.toThrow();
  });

  it.each<[string, DeploymentEvent[]]>([
    ['nothing is asked', []],
    ['approval alone is asked for', [anAsking()]],
    ['it waits for something else', [{ ...waits, for: 'freeze' }]],
    ['it waits for something else in a region', [{ type: 'started' }, { ...inRegion, for: 'freeze' }]],
    ['somebody has consented', [waits, { type: 'consented' }]],
    ['it is being aborted', [waits, { type: 'abort-requested' }]],
  ])('is not wanted where %s', (_when, events) => {
    const deployment = aDeployment(events);
    expect(consentWanted(deployment)).toBeUndefined();
    expect(() => requireConsentWanted(deployment)).toThrow('does not wait for anybody’s consent');
  });

  it.each<[string, DeploymentEvent[], RegExp]>([
    ['why it waits', [{ ...waits, for: 'freeze' }], /consent\. It is a time to avoid\.$/u],
    ['where to look', [waits, { type: 'consented' }], /consent\. Its message shows what it waits for\.$/u],
    ['that it is over', [{ type: 'refused', reason: 'x' }], /^Nothing was done: #142 is over, /u],
  ])('that is not wanted is refused with %s', (_what, events, words) => {
    expect(() => requireConsentWanted(aDeployment(events))).toThrow(words);
  });

  it('is asked of those named for it, and of nobody where everybody may give it', () => {
    const place = { service: 'checkout', environment: 'production' };
    const managers = aPeoplePolicy({ everyone: 'deployer', roles: { 'release-manager': ['U0LEO'] } });

    expect(askedToConsent(place, managers)).toEqual(['U0LEO']);
    expect(
      askedToConsent(place, { ...managers, all: { ...managers.all, everyone: 'release-manager' } }),
    ).toEqual([]);
  });
});
