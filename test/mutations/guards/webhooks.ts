// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the source
import { type Guard, guardsOf } from '../guard.ts';

const webhook = ['test/web/webhook.test.ts'];
const hostile = ['test/web/hostile-delivery.test.ts'];
const news = ['test/web/news.test.ts', 'test/jobs/ship-news.test.ts'];
const environment = ['test/config/github-environment.test.ts'];

/** Who may tell Forge anything over the web, how much of it is read, and that each thing told is dealt with once. */
export const webhooks: readonly Guard[] = [
  ...guardsOf({ file: 'src/web/webhook.ts', tests: webhook }, [
    {
      name: 'what is no text was not signed as text',
      text: ' || !isUtf8(bytes)',
      without: '',
    },
    {
      name: 'a delivery that is not signed is not read',
      text: 'if (signature === undefined) {',
      without: "if (signature === '') {",
    },
    {
      name: 'a delivery is believed by its signature alone',
      text: 'if (!(await isSigned(body.bytes, head, reached.secret))) {',
      without: 'if (body.bytes === undefined) {',
    },
    {
      name: 'a delivery has an id that may be a key, and an event',
      text: 'if (delivery === undefined || event === undefined) {',
      without: 'if (type === undefined) {',
    },
    {
      name: 'the id of a delivery holds nothing odd',
      text: String.raw`textOf(headers['x-github-delivery'], /^[\w-]{1,100}$/u)`,
      without: "textOf(headers['x-github-delivery'], /^.+$/u)",
    },
    {
      name: 'a delivery is JSON',
      text: String.raw`if (!/^application\/json\s*(?:;|$)/iu.test(type)) {`,
      without: "if (type === '') {",
    },
    {
      name: 'events that Forge needs nothing of are not kept',
      text: "  if (event === undefined) return refused(200, 'Forge needs no events of this kind.');\n",
      without: '',
    },
    {
      name: 'what is signed and makes no sense is not kept',
      text: '  if (told === undefined) return refused(400, `It is signed, but no ${head.event} that Forge can read.`);\n',
      without: "  if (told === undefined) return refused(202, '');\n",
    },
    {
      name: 'a delivery is kept before GitHub is told so',
      text: 'if (!(await desk.keep({ id, told })))',
      without: 'if (!desk.keep({ id, told }).catch(() => false))',
    },
    {
      name: 'GitHub is not told what went wrong inside of Forge',
      text: "return refused(503, 'Forge could not keep it. Deliver it again.');",
      without: 'return refused(503, messageOf(error));',
    },
  ]),
  ...guardsOf({ file: 'src/web/webhook.ts', tests: hostile }, [
    {
      name: 'the signature is of what was sent, not of what it means',
      text: 'await isSigned(body.bytes, head, reached.secret)',
      without:
        'await isSigned(Buffer.from(JSON.stringify(JSON.parse(`${body.bytes}`))), head, reached.secret)',
    },
    {
      name: 'an empty body is refused like any that is not signed',
      text: 'bytes.length === 0 || ',
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/web/push-payload.ts', tests: webhook }, [
    {
      name: 'what is pushed is a commit',
      text: '  after: Sha,\n',
      without: '  after: z.string(),\n',
    },
    {
      name: 'a tag that is an object of its own means its commit',
      text: 'commit: head?.id ?? after,',
      without: 'commit: after,',
    },
  ]),
  ...guardsOf({ file: 'src/web/read-body.ts', tests: webhook }, [
    {
      name: 'no more of a body is read than one may have',
      text: "        if (size + chunk.length > one) return { kind: 'too-large' };\n",
      without: '',
    },
    {
      name: 'no more is read at once than all bodies may have together',
      text: "        if (held + chunk.length > all) return { kind: 'too-much' };\n",
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/web/read-body.ts', tests: hostile }, [
    {
      name: 'nothing of a body that says it is too large is waited for',
      text: "    if (announced > one) return { kind: 'too-large' };\n",
      without: '',
    },
    {
      name: 'what was read is not held for ever',
      text: '      held -= size;\n',
      without: '      held -= 0;\n',
    },
  ]),
  ...guardsOf({ file: 'src/web/server.ts', tests: webhook }, [
    {
      name: 'without a secret no delivery is taken',
      text: 'if (path !== WEBHOOK || secret === undefined) {',
      without: 'if (path !== WEBHOOK) {',
    },
    {
      name: 'deliveries are posted',
      text: "if (request.method !== 'POST') {",
      without: "if (request.method === 'TRACE') {",
    },
    {
      name: 'a process that does not lead turns deliveries away',
      text: 'if (desk === undefined) {\n      const headers',
      without: 'if (path === undefined) {\n      const headers',
    },
    {
      name: 'what stops takes nothing more',
      text: '      desk = undefined;\n      if (!server.listening) return;',
      without: '      if (server.listening) return;',
    },
  ]),
  ...guardsOf({ file: 'src/web/server.ts', tests: hostile }, [
    {
      name: 'there are only so many connections',
      text: '  server.maxConnections = limits.connections;\n',
      without: '',
    },
    {
      name: 'the headers of a request are only so long',
      text: '      maxHeaderSize: limits.headers,\n',
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/use-cases/take-delivery.ts', tests: webhook }, [
    {
      name: 'the same delivery, and the same said under another id, is dealt with once',
      text: 'return isNew && isFirstSaid;',
      without: 'return isNew;',
    },
    {
      name: 'what was said before is finished, so that the next start does not take it up',
      text: "      if (isNew && !isFirstSaid) await store.finishArrival(id, 'said before');\n",
      without: '',
    },
    {
      name: 'what was delivered and dealt with is over in one commit',
      text: "    { kind: 'finish-arrival', id, outcome },\n",
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/use-cases/wake-by-news.ts', tests: news }, [
    {
      name: 'news of another repository wakes nothing',
      text: 'repositories.has(shipment.repository) && isOfShipment(news, shipment)',
      without: 'isOfShipment(news, shipment)',
    },
    {
      name: 'news wakes the shipments it is about alone',
      text: 'repositories.has(shipment.repository) && isOfShipment(news, shipment)',
      without: 'repositories.has(shipment.repository)',
    },
    {
      name: 'news wakes the deployments alone whose checks wait for it',
      text: 'names.has(deployment.service) && isOfChecks(news, deployment)',
      without: 'names.has(deployment.service)',
    },
    {
      name: 'news of a commit wakes no deployment whose checks are over',
      text: "return phase.kind === 'checking' && commit",
      without: 'return commit',
    },
    {
      name: 'a burst of news has each looked at once',
      text: 'unlessRung: true',
      without: 'unlessRung: false',
    },
  ]),
  ...guardsOf({ file: 'src/web/webhook.ts', tests: news }, [
    {
      name: 'news that nothing waits for is not kept',
      text: "    if (news !== undefined && !(await desk.isAwaited(news))) return refused(200, 'Nothing waits for it.');\n",
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/use-cases/take-delivery.ts', tests: news }, [
    {
      name: 'news deploys nothing',
      text: "  if (told.event !== 'push') return { outcome: woken, changes: rings };\n",
      without: '',
    },
  ]),
  ...guardsOf({ file: 'db/run-changes.ts', tests: news }, [
    {
      name: 'what was rung and has not looked yet is not rung again',
      text: 'if (unlessRung === true && isRung(database, ring)) return;',
      without: 'if (unlessRung === true && isRung(database, { ...ring, name: "" })) return;',
    },
  ]),
  {
    name: 'what has looked since is rung again',
    file: 'db/run-changes.ts',
    text: ', isNull(signal.takenBy));',
    without: ');',
    tests: ['test/jobs/rung-again.test.ts'],
  },
  {
    name: 'what GitHub delivered is not taken for something of Slack’s',
    file: 'commands/reception.ts',
    text: 'if (!isDelivery(arrival)) await processArrival',
    without: 'await processArrival',
    tests: webhook,
  },
  {
    name: 'the secret of deliveries cannot be guessed',
    file: 'src/config/code-environment.ts',
    text: '.min(LEAST_SECRET, {',
    without: '.min(1, {',
    tests: environment,
  },
  {
    name: 'nothing listens for deliveries without a secret',
    file: 'src/config/policy-variables.ts',
    text: "missing.push(['GITHUB_WEBHOOK_SECRET', secret], ['FORGE_HTTP_PORT', port]);",
    without: "missing.push(['FORGE_HTTP_PORT', port]);",
    tests: environment,
  },
];
