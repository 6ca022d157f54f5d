import { z } from 'zod';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanStatus.html */
const ScanStatus = z.enum([
  'IN_PROGRESS',
  'COMPLETE',
  'FAILED',
  'UNSUPPORTED_IMAGE',
  'ACTIVE',
  'PENDING',
  'SCAN_ELIGIBILITY_EXPIRED',
  'FINDINGS_UNAVAILABLE',
  'LIMIT_EXCEEDED',
  'IMAGE_ARCHIVED',
]);
const Severity = z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNDEFINED']);
const Findings = z.partialRecord(Severity, z.int().min(0));

/** What a scan came to, as somebody sets it. */
export const ScanOutcome = z.strictObject({
  status: ScanStatus,
  /** How many of each severity, where the status has any; null: it does not tell them yet. */
  findings: Findings.nullable().default({}),
  description: z.string().optional(),
});
export type ScanOutcome = z.output<typeof ScanOutcome>;

/** A scan that is under way until `doneAt`. */
export type Scan = ScanOutcome & { doneAt: Date };

/** Milliseconds. */
const SCAN_TAKES = 2_000;

/** What scanning on push finds in an ordinary image. */
export function quietScan(pushedAt: Date): Scan {
  return { status: 'COMPLETE', findings: { LOW: 3 }, doneAt: new Date(pushedAt.getTime() + SCAN_TAKES) };
}

/** As ECR tells it now. */
export function scanView(scan: Scan): object {
  if (Date.now() < scan.doneAt.getTime()) {
    return { imageScanStatus: { status: 'IN_PROGRESS', description: 'Image scan in progress.' } };
  }
  const { status, description = `The scan is ${status}.`, findings, doneAt } = scan;
  const told = { imageScanStatus: { status, description } };
  if (findings === null || (status !== 'COMPLETE' && status !== 'ACTIVE')) return told;
  return {
    ...told,
    imageScanFindings: {
      imageScanCompletedAt: doneAt,
      vulnerabilitySourceUpdatedAt: doneAt,
      findingSeverityCounts: findings,
      findings: [],
    },
  };
}
