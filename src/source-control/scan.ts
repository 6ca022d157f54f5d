import {
  DescribeImageScanFindingsCommand,
  type DescribeImageScanFindingsResponse,
  type ECRClient,
} from '@aws-sdk/client-ecr';
import { callAws } from '../aws/call.ts';
import type { ImageName } from '../aws/image-name.ts';
import { SEVERITIES } from '../domain/check.ts';
import { PlatformRefused } from '../ports/platform.ts';
import type { ImageScan } from '../ports/source-control.ts';

/** What ECR, or Amazon Inspector in its place, found in an image. A refusal is told as a scan nobody can read. */
export async function readScan(
  digest: string,
  { ecr, name, signal }: { ecr: ECRClient; name: ImageName; signal: AbortSignal },
): Promise<ImageScan> {
  const command = new DescribeImageScanFindingsCommand({
    registryId: name.registry,
    repositoryName: name.repository,
    imageId: { imageDigest: digest },
    // The counts are of all findings; the findings themselves are for whoever mends them.
    maxResults: 1,
  });
  try {
    return scanOf(
      await callAws(`read the scan of an image of ${name.uri}`, signal, (options) =>
        ecr.send(command, options),
      ),
    );
  } catch (error) {
    if (!(error instanceof PlatformRefused)) throw error;
    if (isCalled(error.cause, 'ScanNotFoundException')) return { kind: 'none', says: 'has never been run' };
    // As for an image index: only the images it lists are scanned.
    if (isCalled(error.cause, 'UnsupportedImageTypeException')) return unsupported;
    return { kind: 'failed', says: `cannot be read: ${error.message}` };
  }
}

const unsupported: ImageScan = { kind: 'unsupported', says: 'cannot look into an image of this kind' };

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanStatus.html */
function scanOf({ imageScanStatus, imageScanFindings }: DescribeImageScanFindingsResponse): ImageScan {
  const { status, description } = imageScanStatus ?? {};
  switch (status) {
    case 'COMPLETE':
    case 'ACTIVE':
      if (imageScanFindings === undefined) return { kind: 'running', says: 'has not told its findings yet' };
      return completeOf(imageScanFindings.findingSeverityCounts ?? {});
    case 'IN_PROGRESS':
    case 'PENDING':
      return { kind: 'running', says: 'is still running' };
    case 'UNSUPPORTED_IMAGE':
      return unsupported;
    case 'SCAN_ELIGIBILITY_EXPIRED':
      return { kind: 'expired', says: 'is too old: the image is not scanned any more' };
    case 'FAILED':
    case 'FINDINGS_UNAVAILABLE':
    case 'LIMIT_EXCEEDED':
    case 'IMAGE_ARCHIVED':
    case undefined:
      return failedOf(status, description);
  }
  // A status that AWS has added since.
  return failedOf(status, description);
}

function failedOf(status: string | undefined, description: string | undefined): ImageScan {
  const said = [status, description].filter((text) => text !== undefined && text !== '').join(': ');
  return {
    kind: 'failed',
    says: said === '' ? 'came to nothing that AWS tells' : `came to nothing (${said})`,
  };
}

/** Keys that are no severity known here, such as Inspector's `UNTRIAGED`, may be any. `INFORMATIONAL` is none. */
function completeOf(counts: Partial<Record<string, number>>): ImageScan {
  const findings = { critical: 0, high: 0, medium: 0, low: 0 };
  let unrated = 0;
  for (const [name, count = 0] of Object.entries(counts)) {
    const severity = SEVERITIES.find((one) => one.toUpperCase() === name);
    if (severity !== undefined) findings[severity] += count;
    else if (name !== 'INFORMATIONAL') unrated += count;
  }
  return { kind: 'complete', findings, unrated };
}

function isCalled(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
