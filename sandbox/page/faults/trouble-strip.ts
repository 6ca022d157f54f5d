import type { Behaviour } from '../behaviour-model.ts';
import { behaviourPlace, behaviourWords } from '../behaviour-model.ts';
import { element } from '../dom/element.ts';
import { on } from '../dom/events.ts';
import { icon } from '../dom/icon.ts';
import { faultPlace, faultProgress } from '../fault-model.ts';
import type { PageActions, PageState } from '../page-state.ts';
import { inBackground } from '../panes/notices.ts';
import type { BehaviourChange } from './behaviour-calls.ts';
import { kindTitle } from './kinds.ts';
import { troubleOf } from './trouble.ts';

/** Above everything while Slack or AWS misbehave: nobody should take a fault that was set for one of Forge. */
export function drawTroubleStrip({ workspace }: PageState, actions: PageActions): HTMLElement {
  const { faults, switches, behaviours } = troubleOf(workspace);
  const items = [
    ...faults.map((fault) =>
      drawItem({
        key: `fault-${fault.id}`,
        title: faultPlace(fault),
        words: kindTitle(fault.kind),
        progress: faultProgress(fault),
        end: () => actions.endFault(fault.id),
      }),
    ),
    ...switches.map((one) =>
      drawItem({
        key: one.title,
        title: one.where === 'slack' ? 'Slack' : 'AWS',
        words: one.title,
        progress: '',
        end: () => actions.turn(one, 'off'),
      }),
    ),
    ...behaviours.map((behaviour) =>
      drawItem({
        key: `behaviour-${behaviourPlace(behaviour)}`,
        title: behaviourPlace(behaviour),
        words: behaviourWords(behaviour),
        progress: '',
        end: () => actions.behave(endOf(behaviour)),
      }),
    ),
  ];
  const all = element('button', { class: 'tool', type: 'button' }, ['Switch all off']);
  on(all, 'click', () => inBackground(actions.endAllTrouble()));
  const attributes = { class: 'trouble', 'aria-label': 'Faults that are on', hidden: items.length === 0 };
  return element('section', attributes, [
    element('span', { class: 'trouble-title', role: 'status' }, [
      icon('warning'),
      items.length === 1 ? '1 fault on' : `${items.length} faults on`,
    ]),
    element('ul', { class: 'trouble-items', tabindex: 0, 'aria-label': 'Faults' }, items),
    all,
  ]);
}

/** The change that ends all of it. */
function endOf({ service, environment, colour, version }: Behaviour): BehaviourChange {
  const place = { service, environment, colour, version };
  return { ...place, errorPercent: null, latencyMs: null, crashAfterRequests: null };
}

type Item = { key: string; title: string; words: string; progress: string; end(): Promise<void> };

function drawItem({ key, title, words, progress, end }: Item): HTMLElement {
  const label = `Switch off: ${title} ${words}`;
  const button = element('button', { class: 'trouble-end', type: 'button', 'aria-label': label }, [
    icon('close'),
  ]);
  on(button, 'click', () => inBackground(end()));
  return element('li', { 'data-key': key }, [
    element('strong', {}, [title]),
    element('span', { class: 'trouble-words' }, [progress === '' ? words : `${words} · ${progress}`]),
    button,
  ]);
}
