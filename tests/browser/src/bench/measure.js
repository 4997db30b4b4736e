// Put into every page before its own scripts: when it was shown, how long a key took, what kept the main thread.
// It knows the pages only by `bench.root` and by `[data-sentence]`, so that all are measured alike.
const bench = globalThis.bench = { tasks: [], memory: null };

new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) bench.tasks.push([startTime, startTime + duration]);
}).observe({ type: 'longtask', buffered: true });

for (const name of ['instantiate', 'instantiateStreaming']) {
  const own = WebAssembly[name];
  WebAssembly[name] = async (...given) => {
    const made = await own.apply(WebAssembly, given);
    bench.memory = (made.instance ?? made).exports.memory;
    return made;
  };
}

// After the next frame: a message posted before its rendering is handled behind it.
bench.painted = () => new Promise((done) => {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(0);
  });
});

bench.pause = (ms) => new Promise((go) => setTimeout(go, ms));

// The page is shown when the frame behind its announcement is painted, and ready for input when no task of
// 50 ms and more begins in the second after that.
bench.shown = new Promise((tell) => {
  for (const name of ['release-annotator-ready', 'plain-ready']) {
    addEventListener(name, async ({ detail }) => tell({ detail, at: await bench.painted() }));
  }
});

bench.root = () => document.querySelector('release-annotator')?.shadowRoot ?? document;

bench.opened = async () => {
  const { detail, at } = await bench.shown;
  await bench.pause(1100);
  const late = bench.tasks.filter(([begin]) => begin < at + 1000).map(([, end]) => end);
  const labelled = bench.root().querySelectorAll('mark').length;
  return { detail, shown: at, ready: Math.max(at, ...late), labelled };
};

bench.visible = () => [...bench.root().querySelectorAll('[data-sentence]')].filter((sentence) => {
  const { top, bottom } = sentence.getBoundingClientRect();
  return top > innerHeight * 0.3 && bottom < innerHeight * 0.6;
});

// Goes to a part of the text, and gives the focus to a sentence there, as a click would.
bench.goTo = async (part) => {
  scrollTo(0, document.documentElement.scrollHeight * part);
  for (let look = 0; look < 200 && !bench.visible().length; look++) await bench.painted();
  await bench.pause(300);
  bench.visible()[0].focus({ preventScroll: true });
  return Number(bench.focused().dataset.sentence);
};

bench.focused = () => bench.root().activeElement;

// Waits for a key and for the first painted frame in which the sentence with the focus is labelled, or is not: the time
// from when the browser gave the event.
bench.awaitKey = (key, labelled) => {
  bench.pressed = new Promise((tell) => {
    const heard = async (event) => {
      if (event.key !== key) return;
      removeEventListener('keydown', heard, true);
      for (let frames = 0; frames < 1000; frames++) {
        const at = await bench.painted();
        if (Boolean(bench.focused()?.querySelector('mark')) === labelled) return tell(at - event.timeStamp);
      }
      tell(null);
    };
    addEventListener('keydown', heard, true);
  });
};

// Scrolls from top to bottom in this time, and gives the longest task meanwhile; 0 where none took 50 ms.
bench.scroll = async (ms) => {
  scrollTo(0, 0);
  await bench.pause(500);
  const from = performance.now();
  const height = document.documentElement.scrollHeight;
  let frames = 0;
  for (let now = from; now < from + ms; now = await new Promise(requestAnimationFrame)) {
    scrollTo(0, height * (now - from) / ms);
    frames++;
  }
  scrollTo(0, document.documentElement.scrollHeight);
  await bench.pause(500);
  const tasks = bench.tasks.filter(([begin]) => begin >= from).map(([begin, end]) => end - begin);
  return { longest: Math.max(0, ...tasks), frames };
};
