// Has other people's libraries verify one delivery: node verify.mjs DELIVERY
// DELIVERY is a file with {secret, otherSecret, headers, body}, the body in base64.
import { readFileSync } from 'node:fs';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';

const { secret, otherSecret, headers, body } = JSON.parse(readFileSync(process.argv[2]));
const sent = Buffer.from(body, 'base64');
const clock = Date.now;

function verdict(Webhook, { key = secret, bytes = sent, minutesLater = 0, changed = {} } = {}) {
  Date.now = () => clock() + minutesLater * 60_000;
  try {
    return new Webhook(key).verify(bytes, { ...headers, ...changed });
  } catch (refusal) {
    if (refusal.name !== 'WebhookVerificationError') throw refusal;
    return `refused: ${refusal.message}`;
  } finally {
    Date.now = clock;
  }
}

/** With another bit of every single byte. */
function changedBytes(Webhook) {
  const accepted = [];
  for (let at = 0; at < sent.length; at++) {
    const bytes = Buffer.from(sent);
    bytes[at] ^= 1;
    if (!String(verdict(Webhook, { bytes })).startsWith('refused')) accepted.push(at);
  }
  return { tried: sent.length, accepted };
}

const result = {};
for (const [name, Webhook] of Object.entries({ standardwebhooks: StandardWebhook, svix: SvixWebhook })) {
  result[name] = {
    asSent: verdict(Webhook),
    changedBytes: changedBytes(Webhook),
    otherId: verdict(Webhook, { changed: { 'webhook-id': 'evt_0' } }),
    otherTimestamp: verdict(Webhook, { changed: { 'webhook-timestamp': String(headers['webhook-timestamp'] - 1) } }),
    sixMinutesLater: verdict(Webhook, { minutesLater: 6 }),
    sixMinutesEarlier: verdict(Webhook, { minutesLater: -6 }),
    otherSecret: verdict(Webhook, { key: otherSecret }),
  };
}
console.log(JSON.stringify(result));
