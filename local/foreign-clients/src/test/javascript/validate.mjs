// Holds events against the schemas that a gateway publishes: node validate.mjs GATEWAY EVENTS
// EVENTS is a file with a JSON array of {type, data}.
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const [gateway, file] = process.argv.slice(2);
const ajv = addFormats(new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true }));
const schemas = new Map();

async function schemaOf(type) {
  if (!schemas.has(type)) {
    const response = await fetch(`${gateway}/contracts/schemas/${type}.json`);
    schemas.set(type, ajv.compile(await response.json()));
  }
  return schemas.get(type);
}

const wrong = [];
const letThrough = [];
let valid = 0;
for (const { type, data } of JSON.parse(readFileSync(file))) {
  const validate = await schemaOf(type);
  if (validate(data)) {
    valid++;
  } else {
    wrong.push({ type, data, errors: ajv.errorsText(validate.errors) });
  }
  // A schema that lets everything through would prove nothing.
  for (const member of validate.schema.required) {
    const { [member]: removed, ...without } = data;
    for (const broken of [without, { ...data, [member]: { not: 'that' } }]) {
      if (validate(broken)) letThrough.push({ type, member, broken });
    }
  }
}
console.log(JSON.stringify({ valid, wrong, letThrough, types: [...schemas.keys()].sort() }));
