// The store of a page's elements: localStorage, written at once, and beside it a journal in IndexedDB whose commits are
// on the disk, because localStorage loses its last seconds when a browser is killed. Knows keys and values, not what they
// mean (`annotator_core::record`).
//
// The journal has for each key the newest value, the page that wrote it and how many writes that page had made.
// localStorage has for each page, under a key of its own and written last, the number of writes that it holds: an engine
// writes the values of one page to the disk in their order, so a lower number than the journal's says that localStorage
// has lost that write, and the same or a higher one that it knows better.
// The journal has that number too, a key a page: a start with whole pages reads nothing else.
//
// A value that begins with @ is a text that is too long for localStorage: that has the @ alone, and IndexedDB the rest,
// packed, for good.
//
// Beside both, the steps of a tab: what each change wrote over, in sessionStorage, so that a reload does not end undoing.
function makeJournal(NAME) {
  const DAY = 864e5; // an engine writes localStorage through within the hour (Chromium commits 60 times an hour at least)
  const PATIENCE = 3000; // milliseconds that a first release waits for the journal; it takes some 10
  const STEPS = 100; // that outlive a reload
  const AHEAD = 1000; // milliseconds for which what was read ahead is what there is, but for what other tabs say
  const STATES = 20; // of a release, one a session or an hour
  const HOUR = 36e5;
  const JOINT = '\uffff'; // no record has it
  const CROWDED = 2_097_151; // two fifths of the 5 242 879 UTF-16 units that an origin has
  const clock = `${NAME}:@${Math.random().toString(36).slice(2, 8)}`;
  const elements = new Set();
  const owners = new Map(); // of two elements with one shelf the first keeps its steps
  const waiting = new Map(); // what localStorage has and the journal has not
  const away = new Map(); // texts on their way to IndexedDB; null for one that goes
  let local = null, count = 0, used = 0, database, running;
  try {
    local = localStorage;
    local.length; // some browsers hand the object out and refuse every access
  } catch {
    local = null;
  }

  const settled = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

  const open = async () => {
    const request = indexedDB.open(NAME, 2);
    request.onupgradeneeded = () => ['journal', 'states', 'texts'].forEach((name) => {
      if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name);
    });
    const opened = await settled(request);
    const close = () => { opened.close(); database = null; };
    opened.onversionchange = opened.onclose = close;
    return opened;
  };

  // Does `work` on these stores; done when it is on the disk.
  const transact = async (work, ...names) => {
    database ??= open();
    try {
      const transaction = (await database).transaction(names, 'readwrite', { durability: 'strict' });
      const done = new Promise((go, fail) => {
        transaction.oncomplete = go;
        transaction.onabort = () => fail(transaction.error);
      });
      if (!work(...names.map((name) => transaction.objectStore(name)))) transaction.commit?.(); // sooner than by itself
      await done;
    } catch (error) {
      database = null; // the next change tries again
      throw error;
    }
  };

  // What a browser sends through a stream that packs or unpacks.
  const through = (content, stream) => new Response(new Blob([content]).stream().pipeThrough(stream));
  const pack = async (text) => (text && globalThis.CompressionStream ? through(text, new CompressionStream('gzip')).arrayBuffer() : text);

  // The value of a key, also where it lies in IndexedDB; undefined where there is none.
  const recall = async (key) => {
    const value = local?.getItem(key);
    if (value !== '@') return value ?? undefined;
    if (away.get(key)) return away.get(key);
    const text = await settled((await (database ??= open())).transaction('texts').objectStore('texts').get(key));
    return text?.byteLength ? through(text, new DecompressionStream('gzip')).text() : text;
  };

  // Brings the journal up to localStorage; whether it is then. Changes that come meanwhile go together in one transaction.
  const flush = () => running ??= (async () => {
    try {
      while (waiting.size) {
        const batch = [...waiting], moved = [...away], writes = count;
        const packed = await Promise.all(moved.map(([, text]) => pack(text)));
        await transact((store, texts) => {
          batch.forEach(([key, entry]) => store.put(entry, key));
          store.put(writes, clock);
          moved.forEach(([key, text], at) => text === null ? texts.delete(key) : texts.put(packed[at], key));
        }, 'journal', 'texts');
        for (const [key, entry] of batch) if (waiting.get(key) === entry) waiting.delete(key);
        for (const [key, text] of moved) if (away.get(key) === text) away.delete(key);
      }
      return true;
    } catch {
      return false;
    } finally {
      running = null;
    }
  })();

  // All that localStorage has, in one go, for there may be tens of thousands: its room, the keys of pages, and our records as
  // keys and values in turn.
  const scan = () => {
    const found = { room: 0, pages: [], records: [] };
    for (let at = 0, { length } = local; at < length; at++) {
      const key = local.key(at), value = local.getItem(key) ?? '';
      found.room += key.length + value.length;
      if (!key.startsWith(`${NAME}:`)) continue;
      if (key[NAME.length + 1] === '@') found.pages.push(key);
      found.records.push(key, value);
    }
    return found;
  };

  // Those of a shelf, or with an empty name all.
  const recordsOf = (shelf, { records } = scan()) => records.filter((_, at) => records[at - at % 2].startsWith(shelf, NAME.length + 2));

  // What localStorage has, read while the program is on its way; nothing once it may have changed.
  let ahead = local && scan();
  const since = performance.now(), forget = () => { ahead = null; };
  addEventListener('storage', forget, { once: true });

  // Gives back to localStorage what it has lost.
  let late = false;
  const all = (store, range) => Promise.all([settled(store.getAllKeys(range)), settled(store.getAll(range))]);
  const restore = async () => {
    database ??= open();
    const store = (await database).transaction('journal').objectStore('journal');
    const pages = await all(store, IDBKeyRange.bound(`${NAME}:@`, `${NAME}:A`));
    const lost = new Set(pages[0].filter((page, at) => Number(local.getItem(page)) < pages[1][at]));
    if (!lost.size) return;
    const [keys, entries] = await all(store, IDBKeyRange.upperBound(`${NAME}:@`));
    if (late) return;
    keys.forEach((key, at) => {
      const [value, page, writes] = entries[at];
      if (Number(local.getItem(page)) >= writes) return;
      forget();
      if (value === null) local.removeItem(key);
      else local.setItem(key, value);
    });
    pages[0].forEach((page, at) => { if (lost.has(page)) local.setItem(page, pages[1][at]); });
  };

  // Takes out of the journal what both have had for a day, and the numbers of the pages that wrote it. Nobody waits for it.
  const tidy = async () => {
    const [keys, entries] = await all((await (database ??= open())).transaction('journal').objectStore('journal'));
    const kept = new Set([clock]), old = [];
    keys.forEach((key, at) => {
      const [, page, , time] = entries[at];
      if (page && Date.now() - time > DAY) old.push(key);
      else kept.add(page);
    });
    for (const page of [...keys, ...Object.keys(local)].filter((key) => key.startsWith(`${NAME}:@`) && !kept.has(key))) {
      local.removeItem(page);
      old.push(page);
    }
    if (old.length) await transact((store) => old.forEach((key) => store.delete(key)), 'journal');
  };

  const pairs = (flat) => flat.flatMap((key, at) => (at % 2 ? [] : [[key, flat[at + 1]]]));

  // Keeps what a shelf held, unless the last state is the same; the last STATES of each shelf stay.
  const keepState = (shelf, records) => transact((store) => {
    const text = JSON.stringify(pairs(records));
    store.getAllKeys(IDBKeyRange.bound([shelf], [shelf, []])).onsuccess = ({ target: { result: keys } }) => {
      const put = () => {
        store.put(text, [shelf, Date.now()]);
        keys.slice(0, 1 - STATES).forEach((key) => store.delete(key));
      };
      if (keys.length) store.get(keys.at(-1)).onsuccess = ({ target }) => target.result === text || put();
      else put();
    };
    return true;
  }, 'states').catch(() => {});

  let timer;
  const patience = new Promise((go) => { timer = setTimeout(go, PATIENCE); });
  // Without a journal, or with one that does not answer, there is localStorage alone.
  const ready = Promise.race([local ? restore().catch(() => {}) : 0, patience]).then(() => { late = true; clearTimeout(timer); });
  if (local) setTimeout(() => tidy().catch(() => {}), PATIENCE);

  // The store of one element. `crowd(percent)` is told once if much of the room is taken, by whomever, `hear(key, value)` what others write, `keep(durable, bytes)` that what was committed
  // is in the journal, or in localStorage alone; no bytes where something
  // of it is in neither.
  const connect = (hear, keep, crowd) => {
    const known = new Set();
    let bytes = 0, commits = 0, shelf, step = [], before, stateAt, carried;
    const measure = (more) => {
      if (used < CROWDED && (used += more) >= CROWDED) queueMicrotask(() => crowd(Math.round(40 * used / CROWDED)));
    };
    const say = (key) => hear(key, local.getItem(key) ?? undefined);
    const heard = ({ key }) => { if (key?.startsWith(`${NAME}:`)) say(key); };
    const shown = ({ persisted }) => { if (persisted && local) [...new Set([...known, ...Object.keys(local)])].forEach((key) => heard({ key })); };
    const own = { heard };

    // The steps of the open shelf: those to `done` can be taken back, those behind, to `last`, made again.
    const name = (n) => `${NAME}:${shelf}:${n}`;
    const steps = () => {
      try {
        if (owners.get(shelf) === own) return sessionStorage[name('')]?.split(',').map(Number) ?? [0, 0];
      } catch { /* refused */ }
    };
    const keepStep = (kind) => {
      let [done, last] = steps() ?? [];
      if (!kind || done === undefined) return;
      const drop = (from, to) => { for (let n = from; n <= to; n++) sessionStorage.removeItem(name(n)); };
      if (kind === 4) {
        drop(1, last);
        done = last = 0;
      } else if (kind === 1) {
        drop(done + 1, last);
        last = ++done;
        drop(done - STEPS, done - STEPS);
        try {
          sessionStorage[name(done)] = JSON.stringify(step);
        } catch { // a step that has no room ends what can be taken back
          drop(done - STEPS, done);
        }
      } else done += kind === 2 ? -1 : 1;
      sessionStorage[name('')] = [done, last];
    };

    elements.add(own);
    addEventListener('storage', heard);
    addEventListener('pageshow', shown); // a page in the back/forward cache is not told what others write

    const write = (key, given) => {
      forget();
      const before = local?.getItem(key), value = given?.[0] === '@' ? '@' : given;
      try {
        if (value === undefined) local.removeItem(key);
        else local.setItem(key, value);
      } catch {
        return false;
      }
      if (given === '@') away.delete(key); // what it had comes back
      else if (value === '@' || before === '@') away.set(key, value === '@' ? given.slice(1) : null);
      known.add(key);
      step.push(key, before, value);
      bytes += key.length + (value ?? '').length;
      measure((value ?? '').length - (before ?? '').length + (before === null ? key.length : 0));
      waiting.set(key, [value ?? null, clock, ++count, Date.now()]);
      // Not at once: who writes is in the middle of a change.
      for (const other of elements) if (other !== own) queueMicrotask(() => elements.has(other) && other.heard({ key }));
      return true;
    };

    return {
      // Keys and values of a shelf in turn, of all versions of the codec, as one text: tens of thousands of texts take
      // their time on the way into the program. Nothing where the browser refuses.
      records(name) {
        if (!local) return undefined;
        if (owners.get(shelf) === own) owners.delete(shelf);
        shelf = name;
        if (!owners.has(shelf)) owners.set(shelf, own);
        const found = ahead && performance.now() - since < AHEAD ? ahead : scan();
        forget();
        before = recordsOf(shelf, found);
        if (carried) [before, carried] = [carried];
        if (!used) measure(found.room);
        stateAt = 0;
        for (let at = 0; at < before.length; at += 2) known.add(before[at]);
        // A value that could not be told apart here cannot be read anyway.
        return before.map((text) => (text.includes(JOINT) ? '' : text)).join(JOINT);
      },
      write,
      // Writes all of these pairs, or none: where one fails, what there was comes back, and they are only shown, as they are
      // beside what a later version wrote. Without any, nothing is shown.
      carry(writes = []) {
        const undone = [];
        const whole = writes.length > 0 && writes.every(([key, value]) => {
          undone.unshift([key, local.getItem(key) ?? undefined]);
          return before.every((text, at) => at % 2 || text[NAME.length + 1] < '2') && write(key, value);
        });
        if (!whole) {
          undone.forEach((pair) => write(...pair));
          // The last says to the program that others know better.
          carried = [...new Map([...(writes.length ? pairs(before) : []), ...writes, [`${NAME}:~`, '']])].filter(([, value]) => value !== undefined).flat();
        }
        this.commit(4, whole);
      },
      // Moves what cannot be read to a key where nothing else is.
      setAside(key, aside) {
        const value = local.getItem(key);
        while (![null, value].includes(local.getItem(aside))) aside += 'x';
        return write(aside, value) && write(key);
      },
      // How many steps can be taken back, how many there are, and if they are wanted the steps: keys, values before and
      // values behind in turn.
      steps(wanted) {
        const [done, last] = steps() ?? [0, 0], all = [done, last];
        for (let n = 1; wanted && n <= last; n++) all.push(JSON.parse(sessionStorage[name(n)] ?? '[]'));
        return all;
      },
      // Ends a change; whether localStorage has all of it, and nothing of it waits elsewhere. It is no step (0), a new one
      // (1), undoes (2) or redoes one (3), or ends what can be taken back (4).
      commit(kind, whole) {
        keepStep(kind);
        step = [];
        if (kind && Date.now() - stateAt > HOUR) {
          stateAt = Date.now();
          // What there was before this session; later, what there is.
          if ((before ??= recordsOf(shelf)).length) keepState(shelf, before);
          before = null;
        }
        try {
          local.setItem(clock, count);
        } catch {
          return false;
        }
        const mine = ++commits;
        flush().then((durable) => {
          if (mine !== commits || !elements.has(own)) return;
          keep(durable, whole && bytes);
          bytes = 0;
        });
        return whole;
      },
      // The name of the open shelf, and its states: pairs of a time and the records as JSON.
      name: () => shelf,
      states: async () => {
        const store = (await (database ??= open())).transaction('states').objectStore('states');
        const range = IDBKeyRange.bound([shelf], [shelf, []]);
        const [keys, states] = await Promise.all([settled(store.getAllKeys(range)), settled(store.getAll(range))]);
        return keys.map(([, at], index) => [at, states[index]]);
      },
      end() {
        if (owners.get(shelf) === own) owners.delete(shelf);
        elements.delete(own);
        removeEventListener('storage', heard);
        removeEventListener('pageshow', shown);
      },
    };
  };

  return { ready, connect, recall: (key) => Promise.race([recall(key), new Promise((go) => setTimeout(go, PATIENCE))]).catch(() => {}), all: () => Object.fromEntries(local ? pairs(recordsOf('')) : []) };
}
