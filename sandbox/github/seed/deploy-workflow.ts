import { readFileSync } from 'node:fs';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';

const TEMPLATE = new URL('../../../templates/github/deploy.yml', import.meta.url);

/** The workflow that companies are given, for one of the sandbox's images: so what they copy is what runs here. */
export function deployWorkflow(image: { repository: string; inProduction: boolean }): string {
  const text = readFileSync(TEMPLATE, 'utf8').replaceAll('acme-api', image.repository);
  return image.inProduction ? text : withoutProduction(text);
}

/** As a company does whose service runs in one account only. */
function withoutProduction(text: string): string {
  const workflow = parseDocument(text);
  for (const setting of ['REGISTRY', 'REGION', 'ROLE']) workflow.deleteIn(['env', `PRODUCTION_${setting}`]);
  const steps = workflow.getIn(['jobs', 'image', 'steps']);
  if (!isSeq(steps)) throw new Error('The template builds no image');
  steps.items = steps.items.filter(
    (step) => !(isMap(step) && String(step.get('name')).endsWith('production')),
  );
  for (const step of steps.items) {
    const tags = isMap(step) ? step.getIn(['with', 'tags'], true) : undefined;
    if (isScalar(tags)) tags.value = String(tags.value).replace(/^.*PRODUCTION_REGISTRY.*\n/m, '');
  }
  return workflow.toString({ lineWidth: 0 });
}
