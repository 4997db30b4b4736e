async function compile(name) {
  const failure = (found, code, cause) =>
    Object.assign(new Error('expected the program ' + name + ' beside the script, found ' + found, { cause }), { code });
  let response;
  try {
    response = await fetch(new URL(name, import.meta.url));
  } catch (cause) {
    throw failure('no connection', 'network', cause);
  }
  if (!response.ok) throw failure('HTTP status ' + response.status, response.status === 404 ? 'not-found' : 'network');
  const type = response.headers.get('content-type') ?? '';
  // A server that does not know wasm is common, and streaming refuses what it sends.
  if (type.startsWith('application/wasm')) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}
