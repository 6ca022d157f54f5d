import { defineLetStart } from './let-start-command.ts';

export const emergency = defineLetStart({
  name: 'emergency',
  usage: 'emergency <#number> because …',
  summary: 'lets a waiting deployment start at once; for incident commanders',
  act: 'emergency',
  question(deployment, { forge, caller }) {
    forge.requireDeclarable(deployment, caller);
    const isStart = deployment.startedAt === undefined;
    const starts = isStart
      ? 'It starts at once: without the votes that are missing, at any time,'
      : 'It goes on at once: at any time,';
    return {
      title: 'Emergency',
      yes: isStart ? 'Start at once' : 'Go on at once',
      isReasonNeeded: true,
      means: `:rotating_light: ${starts} during freezes and over locks. Image, health and gates are checked as ever. Everybody sees that you decided it, and a review is due in 24 hours.`,
    };
  },
  async letStart(request, { forge, caller }) {
    const { number, startedAt } = await forge.emergency(request, caller);
    return `#${number} is an emergency now and ${startedAt === undefined ? 'starts' : 'goes on'} at once. A review is due in 24 hours: \`/forge review #${number}\`.`;
  },
});
