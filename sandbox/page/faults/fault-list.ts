import { element } from '../dom/element.ts';
import { on } from '../dom/events.ts';
import { icon } from '../dom/icon.ts';
import type { Fault } from '../fault-model.ts';
import { faultPlace, faultProgress, isOn } from '../fault-model.ts';
import type { PageActions, PageState } from '../page-state.ts';
import { inBackground } from '../panes/notices.ts';
import { kindTitle } from './kinds.ts';

/** Every fault that was set, how far it has come, and a button to end it. */
export function drawFaultList({ workspace }: PageState, actions: PageActions): HTMLElement {
  const rows = workspace.faults.map((fault) => drawFault(fault, actions));
  const nothing = element('p', { class: 'side-note fault-none' }, ['Slack and AWS do as they should.']);
  return element('div', { class: 'fault-list' }, [
    rows.length === 0 ? nothing : element('ul', { 'aria-label': 'Faults that were set' }, rows),
  ]);
}

function drawFault(fault: Fault, actions: PageActions): HTMLElement {
  const end = element(
    'button',
    {
      class: 'tool',
      type: 'button',
      'aria-label': `${isOn(fault) ? 'Switch off' : 'Remove'} ${faultPlace(fault)}`,
    },
    [icon('close')],
  );
  on(end, 'click', () => inBackground(actions.endFault(fault.id)));
  return element('li', { 'data-key': fault.id, class: isOn(fault) ? 'fault' : 'fault used-up' }, [
    element('div', { class: 'fault-words' }, [
      element('strong', {}, [faultPlace(fault)]),
      element('span', {}, [kindTitle(fault.kind)]),
      element('span', { class: 'fault-progress' }, [
        isOn(fault) ? faultProgress(fault) : `${faultProgress(fault)}: used up`,
      ]),
    ]),
    end,
  ]);
}
