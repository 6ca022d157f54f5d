import type { Button, KnownBlock } from '@slack/types';
import { isReady, isShipped, type Shipment, shortCommit } from '../src/domain/shipment.ts';
import { actions, button } from './blocks.ts';
import { way } from './shipment-words.ts';

/** What can be done about a shipment now; each button says which commit it was drawn for. */
export function shipmentButtons(shipment: Shipment): KnownBlock[] {
  const { id: of, head, phase } = shipment;
  if (isShipped(shipment)) return [];
  const seen = { shipment: of, head };
  const buttons: Button[] = [
    ...(isReady(shipment) ? [mergeButton(shipment)] : []),
    ...(phase.kind === 'blocked'
      ? [button({ command: 'recheck', text: 'Retry', value: seen, style: 'primary' })]
      : []),
    ...(phase.kind === 'merging' || phase.kind === 'deploying' ? [] : [cancelButton(shipment)]),
  ];
  return buttons.length === 0 ? [] : [actions(buttons)];
}

function mergeButton(shipment: Shipment): Button {
  const { id, head, base, environment, branch } = shipment;
  const then = environment === undefined ? '' : `, and it is deployed to ${environment} after that`;
  return button({
    command: 'merge',
    text: environment === undefined ? 'Merge' : 'Merge and deploy',
    value: { shipment: id, head },
    style: 'primary',
    confirm: {
      title: `Merge into ${base}?`,
      text: `Commit ${shortCommit(head)} of ${branch} goes into ${base}${then}.`,
      yes: 'Merge',
      no: 'Not yet',
    },
  });
}

function cancelButton(shipment: Shipment): Button {
  return button({
    command: 'unship',
    text: 'Cancel',
    value: { shipment: shipment.id },
    confirm: {
      title: `Stop ${shipment.id}?`,
      text: `Forge stops with ${way(shipment)}. A pull request that is open stays open.`,
      yes: 'Stop',
      no: 'Go on',
    },
  });
}

/** Opens the pull request that takes back what a deployment brought. */
export function revertButton(deployment: number): Button {
  return button({ command: 'revert', text: 'Open revert pull request', value: { deployment } });
}
