import { requireConsentWanted } from '../src/domain/consent.ts';
import type { Deployment } from '../src/domain/deployment.ts';
import { moment } from '../views/text.ts';
import { defineLetStart } from './let-start-command.ts';

export const consent = defineLetStart({
  name: 'consent',
  usage: 'consent <#number> [because …]',
  summary: 'lets a deployment start at a time that is not preferred; for release managers',
  act: 'consent',
  question(deployment, { forge }) {
    requireConsentWanted(deployment);
    return {
      title: 'Consent to',
      yes: deployment.startedAt === undefined ? 'Let it start' : 'Let it go on',
      isReasonNeeded: deployment.why === undefined || deployment.why.trim() === '',
      means: `With your consent it may ${then(deployment, forge.now())}. Approvals, checks, freezes and locks count as before.`,
    };
  },
  async letStart(request, { forge, caller }) {
    const deployment = await forge.consent(request, caller);
    return `You let #${deployment.number} ${then(deployment, forge.now())}. Its message shows how it goes on.`;
  },
});

/** What it does with consent, after “may”; in markup. */
function then({ startedAt, startAt }: Deployment, now: number): string {
  if (startedAt !== undefined) return 'go on now';
  return startAt !== undefined && startAt > now ? `start ${moment(startAt)}` : 'start now';
}
