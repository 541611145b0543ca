/**
 * The limit for a relay in Node: takes the body, adds the token, hands the answer on. No sign-in, no
 * policy, no limits, no audit log, no checks. `UPSTREAM` and the token come in the environment.
 */
import { Agent, createServer, request as ask } from 'node:http';

const upstream = new URL(process.env.UPSTREAM);
const agent = new Agent({ keepAlive: true, maxSockets: 128 });
const path = `/cgi-bin/user/search?access_token=${process.env.TOKEN}`;

const server = createServer((request, response) => {
  if (request.url === '/readyz') return void response.end('ok');
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const { hostname, port } = upstream;
    const call = ask({ agent, hostname, port, path, method: 'POST', headers }, (answer) => {
      response.writeHead(answer.statusCode, {
        'content-type': answer.headers['content-type'],
        'content-length': answer.headers['content-length'],
      });
      answer.pipe(response);
    });
    call.on('error', () => response.writeHead(502).end());
    call.end(body);
  });
});

server.listen(Number(process.env.PORT), '127.0.0.1');
