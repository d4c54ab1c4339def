// What the client is made of: the server's OpenAPI document without what no type depends on. Kept in openapi.json, so that
// a change of the interface is seen as such, and equal to the server's by a live test.

/** Leaves out refusals, examples and what describes only them. */
export function reduce(document) {
  const paths = {};
  for (const [path, operations] of Object.entries(document.paths)) {
    paths[path] = {};
    for (const [method, operation] of Object.entries(operations)) paths[path][method] = reduceOperation(operation);
  }
  return { openapi: document.openapi, paths, components: { schemas: document.components.schemas } };
}

function reduceOperation({ operationId, tags, summary, parameters = [], requestBody, responses, 'x-role': role }) {
  const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  return {
    operationId,
    tags,
    summary,
    ...(role && { 'x-role': role }),
    parameters: parameters.map(({ name, in: place, required, description, schema }) => ({ name, in: place, ...(required && { required }), ...(description && { description }), schema })),
    ...(requestBody && { requestBody: { ...(requestBody.required && { required: true }), content: reduceContent(requestBody.content) } }),
    responses: Object.fromEntries(answers.map(([status, { content }]) => [status, content ? { content: reduceContent(content) } : {}])),
  };
}

function reduceContent(content) {
  return Object.fromEntries(Object.entries(content).map(([type, { schema }]) => [type, schema ? { schema } : {}]));
}

/** The text of openapi.json. */
export function textOf(document) {
  return `${JSON.stringify(reduce(document), null, 2)}\n`;
}
