/** What ended a run that nobody ended, without a full stop, for people who never saw the code. */
export function whatBefell(error: string): string {
  // The engine names both where code and journal contradict each other; that is what an update does.
  return error.includes('the journal has')
    ? 'Forge was updated while it worked on this'
    : 'Forge lost track of its own work on this';
}
