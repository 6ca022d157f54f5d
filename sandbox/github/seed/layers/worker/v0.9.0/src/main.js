import { invoice } from './invoice.js';

const working = setInterval(() => console.log(invoice({ customer: 'Acme', cents: 599 })), 10_000);
process.on('SIGTERM', () => clearInterval(working));
