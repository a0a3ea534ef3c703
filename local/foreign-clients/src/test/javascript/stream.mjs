// Follows a restaurant's events, and loses the connection after each: node stream.mjs URL KEY
import { EventSource } from 'eventsource';

const [url, key] = process.argv.slice(2);
let connection;

const source = new EventSource(url, {
  fetch: (address, init) => {
    connection = new AbortController();
    const signal = AbortSignal.any([init.signal, connection.signal]);
    console.log(JSON.stringify({ connecting: init.headers['Last-Event-ID'] ?? null }));
    return fetch(address, { ...init, signal, headers: { ...init.headers, Authorization: `Bearer ${key}` } });
  },
});

source.addEventListener('open', () => console.log(JSON.stringify({ open: true })));
for (const type of process.argv.slice(4)) {
  source.addEventListener(type, ({ lastEventId, data }) => {
    console.log(JSON.stringify({ id: lastEventId, type, data: JSON.parse(data) }));
    connection.abort(new Error('as if the network had gone'));
  });
}
