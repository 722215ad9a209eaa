/** Stands behind gateway and nginx: answers at once with a small JSON body; knows the hosts the gateway asks for. */
import { createServer } from 'node:http';

const BODY = JSON.stringify({ items: Array.from({ length: 10 }, (_, index) => ({ index, text: 'x'.repeat(80) })) });
const HOSTS = JSON.stringify({ items: [{ label: null, agencyIds: [] }] });

const server = createServer((request, response) => {
  const body = request.url === '/api/v1/hosts' ? HOSTS : BODY;
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env['QLVB_PORT']), '127.0.0.1', () => process.send?.({ type: 'ready' }));
process.on('SIGTERM', () => process.exit(0));
