// Follows a restaurant's events, and loses the connection after each: node stream.mjs URL KEY
import { HTTP } from 'cloudevents';
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
    // The SDK throws when it is no CloudEvent.
    const event = HTTP.toEvent({ headers: { 'content-type': 'application/cloudevents+json' }, body: data });
    console.log(JSON.stringify({ place: lastEventId, type, event }));
    connection.abort(new Error('as if the network had gone'));
  });
}
