import type { Deployment, Question } from './deployment.ts';
import type { RecordedEvent } from './events.ts';
import type { QuestionEvent } from './question-event.ts';

/** The part of `evolve` about questions to people. */
export function questionChanged(state: Deployment, { at }: RecordedEvent, event: QuestionEvent): Deployment {
  switch (event.type) {
    case 'held': {
      const { remindedAt: _ofAnother, ...asked } = state;
      return { ...asked, phase: { kind: 'held', ...questionOf(event, at) } };
    }
    case 'reminded':
      return { ...state, remindedAt: at };
    case 'resumed':
      return {
        ...state,
        phase: { kind: 'running' },
        ...(event.run === undefined ? {} : { run: event.run }),
      };
    case 'unanswered':
      return { ...state, phase: { kind: 'running' } };
    case 'continued':
      return { ...state, run: event.run };
  }
}

function questionOf(event: Extract<QuestionEvent, { type: 'held' }>, askedAt: number): Question {
  const { type: _held, otherwise = 'abort', doneMeans, detail, via, weights, ...question } = event;
  return {
    ...question,
    askedAt,
    otherwise,
    ...(doneMeans === undefined ? {} : { doneMeans }),
    ...(detail === undefined ? {} : { detail }),
    ...(via === undefined ? {} : { via }),
    ...(weights === undefined ? {} : { weights }),
  };
}
