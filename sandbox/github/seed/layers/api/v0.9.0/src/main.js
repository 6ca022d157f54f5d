import { createService } from './service.js';

const port = Number(process.env.PORT ?? 8080);
const server = createService({ version: process.env.VERSION ?? 'unknown' });
server.listen(port);
process.on('SIGTERM', () => server.close());
