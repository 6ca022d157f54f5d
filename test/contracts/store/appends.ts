import type { DeploymentEvent } from '../../../src/domain/events.ts';
import type { Change } from '../../../src/ports/store.ts';
import { aRequestedEvent } from '../../builders.ts';

type Append = Extract<Change, { kind: 'append' }>;

export function anAppend(change: Partial<Append>): Append {
  return {
    kind: 'append',
    deployment: 1,
    expect: 0,
    events: [aRequestedEvent()],
    by: { kind: 'job', run: 'test' },
    cause: 'request',
    ...change,
  };
}

export function started(deployment: number): Append {
  return later(deployment, { type: 'started' });
}

export function succeeded(deployment: number): Append {
  return later(deployment, { type: 'succeeded' });
}

function later(deployment: number, event: DeploymentEvent): Append {
  return anAppend({ deployment, expect: 'any', events: [event], cause: event.type });
}

export function numbers(deployments: readonly { number: number }[]): number[] {
  return deployments.map((deployment) => deployment.number);
}
