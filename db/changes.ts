import type { Clock } from '../src/ports/clock.ts';
import type { Change, CommitResult } from '../src/ports/store.ts';
import { finishArrival, isFinishedArrival } from './arrivals.ts';
import { writeAutomatic } from './automatic-changes.ts';
import { keepCheckResult } from './check-results.ts';
import type { Database } from './database.ts';
import { createAppender } from './deployment-appender.ts';
import { writeRecurring } from './recurrings.ts';
import { Refusal } from './refusal.ts';
import { writeRestriction } from './restriction-changes.ts';
import { abortRun, ringRun, startRun } from './run-changes.ts';
import { appendShipment } from './shipments.ts';
import { confirmTraffic, intendTraffic } from './traffic.ts';
import { castVote } from './votes.ts';

/** Writes every change or none, inside the caller's transaction. */
export type ChangeWriter = (changes: readonly Change[]) => CommitResult;

export function createChangeWriter(database: Database, clock: Clock): ChangeWriter {
  const appender = createAppender(database);
  return (changes) => {
    if (changes.some(isWritten)) return 'already-committed';
    const at = clock.now();
    try {
      database.write(() => {
        appender.forget();
        for (const change of changes) writeChange(change, at);
      });
      return 'committed';
    } catch (error) {
      if (error instanceof Refusal) return 'conflict';
      throw error;
    }
  };

  function isWritten(change: Change): boolean {
    switch (change.kind) {
      case 'append':
        return appender.isRecorded(change);
      case 'finish-arrival':
        return isFinishedArrival(database, change.id);
      case 'start-run':
      case 'signal-run':
      case 'abort-run':
      case 'intend-traffic':
      case 'confirm-traffic':
      case 'cast-vote':
      case 'place-freeze':
      case 'lift-freeze':
      case 'place-lock':
      case 'prolong-lock':
      case 'hand-over-lock':
      case 'release-lock':
      case 'announce':
      case 'withdraw-announcements':
      case 'save-recurring':
      case 'advance-recurring':
      case 'cancel-recurring':
      case 'append-shipment':
      case 'record-followed':
      case 'hold-automatic':
      case 'resume-automatic':
      case 'see-refs':
      case 'keep-push':
      case 'keep-check-result':
        return false;
    }
  }

  function writeChange(change: Change, at: number): void {
    switch (change.kind) {
      case 'append':
        appender.append(change, at);
        return;
      case 'start-run':
        startRun(database, change, at);
        return;
      case 'signal-run':
        ringRun(database, { ...change, value: change.value ?? null }, at);
        return;
      case 'abort-run':
        abortRun(database, change, at);
        return;
      case 'intend-traffic':
        intendTraffic(database, change, at);
        return;
      case 'confirm-traffic':
        confirmTraffic(database, change, at);
        return;
      case 'cast-vote':
        castVote(database, change, at);
        return;
      case 'place-freeze':
      case 'lift-freeze':
      case 'place-lock':
      case 'prolong-lock':
      case 'hand-over-lock':
      case 'release-lock':
      case 'announce':
      case 'withdraw-announcements':
        writeRestriction(database, change, at);
        return;
      case 'save-recurring':
      case 'advance-recurring':
      case 'cancel-recurring':
        writeRecurring(database, change, at);
        return;
      case 'append-shipment':
        appendShipment(database, change, at);
        return;
      case 'record-followed':
      case 'hold-automatic':
      case 'resume-automatic':
      case 'see-refs':
      case 'keep-push':
        writeAutomatic(database, change, at);
        return;
      case 'keep-check-result':
        keepCheckResult(database, change, at);
        return;
      case 'finish-arrival':
        finishArrival(database, { id: change.id, outcome: change.outcome, at });
        return;
    }
  }
}
