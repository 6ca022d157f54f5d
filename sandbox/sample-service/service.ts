import { runCommand } from './command.ts';
import { answerHealthQuestions } from './health.ts';
import { readSettings } from './settings.ts';
import { startWeb } from './web.ts';
import { startWorker } from './worker.ts';

/** The entry of the sample service's image: `node service.ts` serves, `node service.ts <command …>` runs a one-off. */
const settings = readSettings(process.env);
const command = process.argv.slice(2);

// A container doesn't outlive its host: when the sandbox is gone, so is the service.
process.on('disconnect', () => process.exit(0));

if (command.length > 0) {
  runCommand(command, settings);
} else if (settings.behaviour === 'crash') {
  setTimeout(() => {
    console.error('Could not read the settings: DATABASE_URL is missing');
    process.exit(1);
  }, settings.startMs / 4);
} else if (settings.behaviour === 'hang') {
  process.on('SIGTERM', () => console.error('Still waiting for the database'));
  setInterval(() => console.error('Waiting for the database'), 60_000);
} else {
  answerHealthQuestions(settings);
  if (process.env.KIND === 'worker') startWorker(settings);
  else startWeb(settings);
}
