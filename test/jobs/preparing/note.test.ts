import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { note } from '../../../jobs/preparing/note.ts';
import type { DeploymentEvent } from '../../../src/domain/events.ts';
import { type CodeWorld, createCodeWorld, unitTests } from '../code-world.ts';
import { aContext, append, aRound, aWorld } from './a-context.ts';

describe('what took long to find out', () => {
  let code: CodeWorld;
  beforeEach(async () => {
    code = createCodeWorld();
    await code.ask();
  });
  afterEach(() => code.close());

  /** `meanwhile`: between the look at how things stand and the writing. */
  async function noted(meanwhile: DeploymentEvent, { isStill }: { isStill: boolean }) {
    const world = aWorld(code);
    const context = aContext(1, world);
    const round = await aRound(context, world);
    await append(context, meanwhile, world);
    const events: DeploymentEvent[] = [{ type: 'check-finished', name: unitTests.name, detail: 'passed' }];
    const told = await note(context, { what: 'it', events, isStill: () => isStill }, round, world);
    return { told, events: await code.eventTypes(1) };
  }

  it('is written though something else happened meanwhile', async () => {
    expect(await noted({ type: 'checking' }, { isStill: true })).toEqual({
      told: 'done',
      events: ['requested', 'checking', 'check-finished'],
    });
  });

  it('is not written of a deployment that has ended meanwhile', async () => {
    expect(await noted({ type: 'superseded', reason: 'A newer one is there.' }, { isStill: true })).toEqual({
      told: 'conflict',
      events: ['requested', 'superseded'],
    });
  });

  it('is not written where it is about something else by then', async () => {
    expect(await noted({ type: 'checking' }, { isStill: false })).toEqual({
      told: 'conflict',
      events: ['requested', 'checking'],
    });
  });
});
