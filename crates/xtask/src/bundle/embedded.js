function compile() {
  const binary = atob(wasm);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return WebAssembly.compile(bytes);
}
