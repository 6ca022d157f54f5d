import type { Hub } from './hub.ts';
import type { CheckRun, Repository, Status } from './model.ts';
import { checkRunView, statusView } from './views/checks.ts';

type Place = { hub: Hub; repository: Repository };

/** Tells of a check run as it is now. */
export function tellCheck(
  place: Place,
  check: CheckRun,
  { action, by }: { action: string; by: string },
): void {
  place.hub.tell({
    event: 'check_run',
    repository: place.repository,
    sender: by,
    payload: { action, check_run: checkRunView(check, place) },
  });
}

export function tellStatus(place: Place, status: Status): void {
  place.hub.tell({
    event: 'status',
    repository: place.repository,
    sender: status.by,
    payload: { ...statusView(status, place), sha: status.sha, name: place.repository.fullName, branches: [] },
  });
}
