// load() gives the exports of a running program; every caller gets the same one.
// load({fresh: true}) starts another from the same compiled module, and later callers get that:
// a program that panicked is dead, and its memory is not to be trusted.
function loader(glue, compile) {
  let compiled, current;
  const start = async () => {
    compiled ??= compile();
    const module = await compiled;
    const program = glue();
    await program({ module_or_path: module });
    return program;
  };
  return ({ fresh = false } = {}) => {
    if (fresh || !current) {
      const started = start();
      current = started;
      // What failed may be tried again: the network can be back.
      started.catch(() => {
        if (current === started) compiled = current = undefined;
      });
    }
    return current;
  };
}
