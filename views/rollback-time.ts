import type { UndoPreview } from '../src/use-cases/preview-rollback.ts';
import { shownVersion } from './deployment-words.ts';
import { escaped, quoted, roughly, sentence } from './text.ts';

/** How long a rollback takes and why, and what it overrides; paragraphs in markup. */
export function rollbackTime(preview: UndoPreview): string[] {
  return [...foreignTold(preview), inColours(preview) ? speed(preview) : usual(preview)];
}

function inColours({ plan }: UndoPreview): boolean {
  return plan.steps.some(({ kind }) => kind === 'return');
}

function usual({ seconds, service }: UndoPreview): string {
  const meanwhile = service.kind === 'web' ? '; requests go on being answered meanwhile' : '';
  return `It takes ${roughly(seconds)}${meanwhile}.`;
}

function speed({ slow, seconds, plan, emergency }: UndoPreview): string {
  const regions = Object.keys(plan.from);
  if (slow.length === 0) {
    return `*It is instant:* the tasks of ${escaped(shownVersion(plan.to.version))} are running, only traffic moves. It is confirmed within seconds, then watched.`;
  }
  const isOne = regions.length === 1;
  const why = slow
    .slice(0, 5)
    .map(({ region, reason }) => `${isOne ? '' : `in ${escaped(region)} `}${quoted(reason, 300)}`);
  const atOnce = emergency === undefined ? '' : ' In an emergency traffic can move before that, see below.';
  const others = regions.length - slow.length;
  return `*It takes ${roughly(seconds)}* before all traffic has moved: ${sentence(why.join('; '))} ${meanwhile(others)}${atOnce}`;
}

/** `others`: regions whose traffic moves at once. */
function meanwhile(others: number): string {
  if (others === 0) return 'Until then traffic stays where it is.';
  const move = others === 1 ? 'the other region moves' : 'the other regions move';
  return `Until then traffic stays where it is there; ${move} at once.`;
}

/** Whoever confirms must see whose work is undone. */
function foreignTold({ foreign, plan }: UndoPreview): string[] {
  return foreign.slice(0, 5).map(({ region, shown }) => {
    const live = plan.from[region];
    const idle = live?.idle;
    const which =
      live === undefined || idle === undefined
        ? ''
        : ` (${live.place} is ${escaped(shownVersion(live.version))}, ${idle.place} ${escaped(shownVersion(idle.version))})`;
    return `:warning: *Somebody else moved the traffic in ${quoted(region, 100)}:* the load balancer says ${quoted(shown, 300)}${which}, which Forge did not set. To confirm overrides it.`;
  });
}
