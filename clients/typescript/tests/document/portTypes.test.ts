import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fits } from '../../src/index.js';

/** The table that the server's own tests read. */
const table = JSON.parse(
  readFileSync(new URL('../../../../tests/Domain.Tests/Components/PortTypes.json', import.meta.url), 'utf8'),
) as Record<string, string[]>;

test.each(Object.entries(table))('[PT-03] What leaves an output of type %s enters the inputs that the server lets it enter', (output, inputs) => {
  expect(Object.keys(table).filter((input) => fits(output, input))).toEqual(inputs);
});
