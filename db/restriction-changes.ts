import type { AnnouncementChange } from '../src/ports/announcements.ts';
import type { RestrictionChange } from '../src/ports/restrictions.ts';
import { announce, withdrawAnnouncements } from './announcements.ts';
import type { Database } from './database.ts';
import { liftFreeze, placeFreeze } from './freezes.ts';
import { changeLock, placeLock } from './locks.ts';

/** Writes what is decided about freezes and locks, and what is to be told of it. Throws a `Refusal` where that came too late. */
export function writeRestriction(
  database: Database,
  change: RestrictionChange | AnnouncementChange,
  at: number,
): void {
  switch (change.kind) {
    case 'place-freeze':
      placeFreeze(database, change, at);
      return;
    case 'lift-freeze':
      liftFreeze(database, change, at);
      return;
    case 'place-lock':
      placeLock(database, change, at);
      return;
    case 'prolong-lock':
    case 'hand-over-lock':
    case 'release-lock':
      changeLock(database, change, at);
      return;
    case 'announce':
      announce(database, change);
      return;
    case 'withdraw-announcements':
      withdrawAnnouncements(database, change);
      return;
  }
}
