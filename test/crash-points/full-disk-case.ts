import { type Disk, onFullDisk } from './full-disk.ts';
import { finish, type Ground, judged, type Verdict } from './sweep.ts';

/** The first pause of the engine and the second are over when the third write finds room. */
const REFUSALS = 2;

/** Carries a run out on a disk that is full from its nth write on, for a while, and compares. */
export function playFullDisk(
  { job, fullAt }: { job: string; fullAt: number },
  ground: Ground,
): Promise<Verdict> {
  return judged(`"${job}", disk full from write ${fullAt} on`, ground, async (folder) => {
    let disk: Disk = { writes: 0, refused: 0 };
    const reports = await finish(folder, {
      adapt(database) {
        const onDisk = onFullDisk(database, { fullAt, refusals: REFUSALS });
        disk = onDisk.disk;
        return onDisk.database;
      },
    });
    if (disk.writes >= fullAt && disk.refused === 0) throw new Error('The disk refused nothing');
    const surprises = reports.filter((report) => !isExpected(report));
    if (surprises.length > 0) throw new Error(`Reported: ${surprises.join('; ')}`);
    return 0;
  });
}

/** Jobs of the sweep fail on purpose as well. */
function isExpected(report: string): boolean {
  return report.includes('database or disk is full') || /^Run \S+ failed/u.test(report);
}
