import type { Whole } from './whole.ts';

/** What a worker may complain of: a script that fails, or a process that was frozen in the middle of a write. */
const harmless = [
  /error Error: Run \S+ failed < Fatal: The script says so$/,
  /error StorageUnavailable: /,
  /ended by itself \(1\): .*Another process is writing to /s,
];

/** The files are sound, the ledger is whole but for what kills cut off, and nobody complained of anything else. */
export function soundnessViolations({ evidence }: Whole): string[] {
  const { integrity, torn, kills, complaints } = evidence;
  return [
    ...integrity.filter((said) => !said.endsWith(': ok')),
    ...(torn > kills ? [`${torn} lines of the ledger are torn, after ${kills} kills`] : []),
    ...complaints.filter((complaint) => !harmless.some((pattern) => pattern.test(complaint))),
  ];
}
