import type { Guard } from '../guard.ts';

const decide = {
  file: 'src/domain/start-times.ts',
  tests: ['test/domain/start-times.test.ts', 'test/domain/start-times-properties.test.ts'],
};
const window = { file: 'src/domain/calendar/window.ts', tests: ['test/domain/calendar/window.test.ts'] };
const clock = {
  file: 'src/domain/calendar/wall-clock.ts',
  tests: ['test/domain/local-time.test.ts', 'test/domain/calendar/window.test.ts'],
};
const typed = [
  'test/commands/freeze.test.ts',
  'test/commands/read-time.test.ts',
  'test/commands/when.test.ts',
];

/** Preferred, avoided and forbidden times, by the clock on the wall of a region. */
export const windows: readonly Guard[] = [
  {
    name: 'forbidden times are for emergencies only, whatever consent there is',
    ...decide,
    text: "    case 'forbidden':\n",
    without: "    case 'forbidden':\n      if (question.hasConsent) return undefined;\n",
  },
  {
    name: 'times that are not preferred need consent',
    ...decide,
    text: '      if (question.hasConsent) return undefined;\n',
    without: '      return undefined;\n',
  },
  {
    name: 'an emergency passes over windows, freezes and locks',
    ...decide,
    text: "  if (question.isEmergency) return { kind: 'may', despite: obstacles };\n",
    without: '',
  },
  {
    name: 'the end of a wait is a time that is permitted',
    ...decide,
    text: 'else if (window === undefined || mayBy(kindOf(at, window, region), question)) return at;',
    without: 'else if (window === undefined || at > question.at) return at;',
  },
  {
    name: 'of several freezes and locks the one that ends last is waited for',
    ...decide,
    text: 'if (holding.length > 0) at = Math.max(...holding.map((one) => one.until));',
    without: 'if (holding.length > 0) return Math.min(...holding.map((one) => one.until));',
  },
  {
    name: 'forbidden comes before avoided and preferred',
    ...window,
    text: "  if (isIn(policy.forbidden)) return 'forbidden';\n",
    without: '',
  },
  {
    name: 'avoided comes before preferred',
    ...window,
    text: "  if (isIn(policy.avoided)) return 'avoided';\n",
    without: '',
  },
  {
    name: 'a region with a zone of its own goes by its clock',
    ...window,
    text: 'return zones[region] ?? zone;',
    without: 'return zones[region] === undefined ? zone : zone;',
  },
  {
    name: 'holidays are dates on the wall',
    ...window,
    text: "days === 'holidays' ? holidays.includes(clock.date) : isOneOf(days, clock);",
    without: "days === 'holidays' ? false : isOneOf(days, clock);",
  },
  {
    name: 'a window is closed from its last minute on',
    ...window,
    text: 'clock.minute >= from && clock.minute < to;',
    without: 'clock.minute >= from && clock.minute <= to;',
  },
  {
    name: 'a change of the clocks may change what a time is',
    ...window,
    text: 'return [...edges, ...(change === undefined ? [] : [change])].sort((one, other) => one - other);',
    without: 'return [...edges, ...(change === undefined ? [] : [])].sort((one, other) => one - other);',
  },
  {
    name: 'what opens before the clocks change in the next night does not wait for that',
    ...window,
    text: 'return Math.min(found, foundOn(day + 1) ?? found);',
    without: 'return found;',
  },
  {
    name: 'what begins in the hour that is skipped begins when the clocks go on',
    ...clock,
    text: 'return [Math.min(...after.map((one) => one.epochMilliseconds))];',
    without: 'return [earlier.epochMilliseconds];',
  },
  {
    name: 'the hour that is shown twice counts both times',
    ...clock,
    text: 'if (isShown) return [earlier.epochMilliseconds, later.epochMilliseconds];',
    without: 'if (isShown) return [earlier.epochMilliseconds];',
  },
  {
    name: 'a time that the clocks skip is refused where somebody types it',
    file: 'commands/restriction-times.ts',
    text: "  if (read.kind === 'skipped') {",
    without:
      "  if (read.kind === 'skipped') return { kind: 'at', at: read.skippedAt };\n  if (said === zone) {",
    tests: typed,
  },
  {
    name: 'which of two times is meant is asked where the clock shows it twice',
    file: 'commands/read-time.ts',
    text: "    case 'twice':\n      return local;",
    without: "    case 'twice':\n      return { kind: 'at', at: local.at[0] };",
    tests: typed,
  },
  {
    name: 'nobody acts on words that leave the time open',
    file: 'commands/read-time.ts',
    text: "return isSure ? read : { kind: 'guess', at: firstOf(read) };",
    without: 'return isSure ? read : read;',
    tests: typed,
  },
  {
    name: '`when` is not about the past',
    file: 'commands/when.ts',
    text: 'if (at !== undefined && at < now) {',
    without: 'if (at !== undefined && at < 0) {',
    tests: typed,
  },
];
