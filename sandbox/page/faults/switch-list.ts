import { element } from '../dom/element.ts';
import { on } from '../dom/events.ts';
import type { PageActions, PageState } from '../page-state.ts';
import { inBackground } from '../panes/notices.ts';
import { drawForeignWeights } from './foreign-weights.ts';
import type { Switch } from './switches.ts';
import { DISTURBANCES, isSwitchedOn, SWITCHES } from './switches.ts';

/** What stays wrong until it is switched off, and what can happen to the connections at once. */
export function drawSwitchList(state: PageState, actions: PageActions): HTMLElement {
  const group = (title: string, where: Switch['where']): HTMLElement =>
    element('section', { class: 'switch-group', 'data-key': where, 'aria-label': title }, [
      element('h3', {}, [title]),
      ...SWITCHES.filter((one) => one.where === where).map((one) => drawSwitch(one, state, actions)),
    ]);
  return element('div', { class: 'switch-list' }, [
    group('Slack', 'slack'),
    drawDisturbances(actions),
    group('AWS', 'aws'),
    ...drawForeignWeights(state.workspace.services, actions),
  ]);
}

function drawSwitch(one: Switch, { workspace }: PageState, actions: PageActions): HTMLElement {
  const isOn = isSwitchedOn(one, workspace.switches);
  const button = element(
    'button',
    { class: 'switch', type: 'button', role: 'switch', 'aria-checked': String(isOn), 'data-key': one.title },
    [
      element('span', { class: 'switch-words' }, [
        element('span', {}, [one.title]),
        element('small', {}, [one.explanation]),
      ]),
      element('span', { class: 'switch-mark', 'aria-hidden': 'true' }, [isOn ? 'On' : 'Off']),
    ],
  );
  on(button, 'click', () => inBackground(actions.turn(one, isOn ? 'off' : 'on')));
  return button;
}

function drawDisturbances(actions: PageActions): HTMLElement {
  const buttons = DISTURBANCES.map(({ action, title, explanation }) => {
    const button = element('button', { class: 'button button-plain', type: 'button', title: explanation }, [
      title,
    ]);
    on(button, 'click', () => inBackground(actions.disturbConnections(action)));
    return button;
  });
  return element(
    'section',
    { class: 'switch-group', 'data-key': 'connections', 'aria-label': 'Connections' },
    [
      element('h3', {}, ['Forge’s connection to Slack, now']),
      element('div', { class: 'actions-block' }, buttons),
    ],
  );
}
