// The class of <release-annotator>: attributes, properties set too early, the life cycle. Everything else is in the
// program and in the store (`journal.js`). `load` gives the running program ({fresh: true} starts another one), `css` is
// the style sheet's text, and `tools` promises the same two of the program that is loaded when somebody asks for what it
// does.
export function define(load, css, tools) {
  const NAME = 'release-annotator';
  if (customElements.get(NAME)) return;

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  let journal; // one for all elements of the page

  const LARGEST = 20e6; // bytes of a text or a file that are read
  const PATIENCE = 60e3; // milliseconds for a release to come
  const AT_ONCE = 3; // blocks that are drawn in full in one frame

  // The bytes of a stream; nothing where there are too many.
  const bytesOf = async (stream) => {
    const reader = stream.getReader(), parts = [];
    for (let size = 0; ;) {
      const { done, value } = await reader.read();
      if (done) {
        const all = new Uint8Array(size); // a Blob would send them to another process and back
        parts.reduce((at, part) => { all.set(part, at); return at + part.length; }, 0);
        return all;
      }
      if ((size += value.length) > LARGEST) return void reader.cancel();
      parts.push(value);
    }
  };

  // Whether bytes are a page, by their type or by how they begin.
  const isPage = (bytes, type) => /html/.test(type) || /^\s*<(!doctype html|html|head|body|main|article|h1|p|div)\b/i.test(new TextDecoder('latin1').decode(bytes.subarray(0, 300)).replace(/^ï»¿/, ''));

  // Attributes that are properties of the same kind, and the ones that the program wants to know.
  const REFLECTED = { src: 'src', uiLang: 'ui-lang', storageKey: 'storage-key', annotator: 'annotator', theme: 'theme', shortcuts: 'shortcuts' };
  const SETTINGS = { lang: 'lang', 'ui-lang': 'uiLang', 'storage-key': 'storageKey', annotator: 'annotator', readonly: 'readonly', shortcuts: 'shortcuts', labels: 'labels' };
  const PRINT = ['beforeprint', 'afterprint'];
  const METHODS = ['labelSentence', 'annotate', 'update', 'clear', 'undo', 'redo', 'mergeSentence', 'splitSentence'];
  const STOPPED = {
    fr: { stopped: 'Le programme s’est arrêté. Vos annotations enregistrées sont intactes.', restart: 'Redémarrer', rescue: 'Télécharger ce qui est enregistré' },
    en: { stopped: 'The program has stopped. Your saved annotations are whole.', restart: 'Restart', rescue: 'Download what is stored' },
  };

  class ReleaseAnnotator extends HTMLElement {
    static observedAttributes = ['src', ...Object.keys(SETTINGS)];

    #colors = new CSSStyleSheet();
    #waiting = new Map(); // properties set before the program runs
    #widget = null;
    #run = null; // one object a stay in the page
    #before; // what is shown until the program has drawn
    #watched = 0; // blocks of text that are on the page
    #near = new Map(); // blocks that have come near the visible part, or left it, and are not drawn so yet
    #filling; // the frame that goes on with them
    #watch = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const block = Number(target.dataset.block), full = target.firstElementChild?.firstElementChild;
        this.#near.delete(block);
        if (isIntersecting || full) this.#near.set(block, isIntersecting);
      }
      if (!this.#filling) this.#fill();
    }, { rootMargin: '1500px 0px' }); // about two screens
    // On paper are all marks, but for a book's, which would take seconds: that has its text.
    #print = ({ type }) => {
      const count = this.#watched;
      if (type === 'beforeprint') {
        this.#widget?.call('fill', [true]);
        if (count < 300) this.#widget?.call('see', Array.from({ length: 2 * count }, (_, at) => at % 2 ? true : at / 2));
      } else {
        this.#forget();
        this.#observe(count);
      }
    };
    #store; // this element's part of the journal

    #timer;
    // A selection that is made by touch, or ends outside, comes to rest without a click.
    #choose = () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#widget?.call('choose', []), 300);
    };

    constructor() {
      super();
      const root = this.attachShadow({ mode: 'open', delegatesFocus: false });
      root.adoptedStyleSheets = [sheet, this.#colors];
      this.#before = this.#makeBefore();
      root.append(this.#before);
      root.addEventListener('change', ({ target }) => {
        if (!target.files?.length) return;
        this.#take(target.files[0]);
        target.value = ''; // the same file can be chosen again
      });
      this.addEventListener('dragover', (event) => { if (event.dataTransfer.types.includes('Files')) event.preventDefault(); });
      for (const way of ['drop', 'paste']) this.addEventListener(way, (event) => this.#receive(event, event.dataTransfer ?? event.clipboardData));
      for (const type of ['click', 'change', 'input']) root.addEventListener(type, (event) => this.#ask(event));
      root.addEventListener('mousedown', (event) => this.#hold(event));
      root.addEventListener('pointerdown', (event) => this.#drag(event));
      root.addEventListener('keydown', (event) => this.#type(event) || this.#press(event));
      root.addEventListener('focusin', ({ target }) => {
        const sentence = target.dataset.sentence;
        if (sentence) this.#widget?.call('focusText', [Number(sentence)]);
      });
      root.addEventListener('close', () => this.#openPanel(''), true); // of the help; it does not bubble
      root.addEventListener('click', ({ target }) => {
        const panel = target.closest?.('[data-panel]')?.dataset.panel;
        if (panel === 'raw') this.#rescue();
        else if (panel) this.#openPanel(panel).catch(() => {});
      });
      this.#renew();
      this.addEventListener(`${NAME}-ready`, (event) => {
        if (event.target !== this) return;
        this.#showProgram();
        // A release has come after one that did not.
        if (this.#shown) this.#ready = Promise.resolve();
        this.#settle();
      });
    }

    connectedCallback() {
      for (const name of ['text', 'texts', 'annotations', 'labels', 'readonly', ...Object.keys(REFLECTED)]) {
        if (!Object.hasOwn(this, name)) continue;
        const value = this[name]; // set before this class was known
        delete this[name];
        this[name] = value;
      }
      this.#drawContent();
      if (!this.#run) this.#start();
    }

    disconnectedCallback() {
      // A move in the page is a removal and an insertion in one go.
      queueMicrotask(() => this.isConnected || this.#stop());
    }

    attributeChangedCallback(name, before, value) {
      if (!this.#widget || before === value) return;
      if (name === 'src') {
        this.#waiting.delete('text');
        this.#open();
      } else this.#apply(SETTINGS[name]);
    }

    get ready() { return this.#ready; }
    get version() { return VERSION; }
    get sentences() { return this.#get('sentences') ?? []; }
    get suggestions() { return this.#get('suggestions') ?? []; }
    get dirty() { return this.#get('dirty') ?? false; }
    get canUndo() { return this.#get('canUndo') ?? false; }
    get canRedo() { return this.#get('canRedo') ?? false; }
    get readonly() { return this.hasAttribute('readonly'); }
    set readonly(value) { this.toggleAttribute('readonly', Boolean(value)); }
    get text() { return this.#get('text') ?? this.#waiting.get('text'); }
    set text(value) { this.#give('text', String(value)); }
    get annotations() { return this.#get('annotations') ?? this.#waiting.get('annotations') ?? []; }
    set annotations(value) { this.#give('annotations', value); }
    get texts() { return this.#waiting.get('texts'); }
    set texts(value) {
      const before = this.texts;
      this.#waiting.set('texts', value);
      if (this.#widget) this.#reword(this.#words(), value, before);
    }
    get labels() { return this.#get('labels') ?? this.#waiting.get('labels'); }
    set labels(value) { this.#give('labels', value); }

    async load(release) {
      if (!this.#widget) await this.#started;
      this.#asked = this.#kept = null;
      this.#waiting.delete('text');
      this.#show('call', 'load', [release]);
      // Until it is drawn: one that another follows at once would never be, nor announced.
      await new Promise((...ends) => this.#waiters.push(ends));
      this.#lossy(release.text);
    }

    // Says how many lone surrogates of a text became U+FFFD on their way into the program.
    #lossy(text) {
      const lone = text.match(/\p{Surrogate}/gu)?.length;
      if (lone) this.#attempt(() => this.#widget.call('lossy', [lone]));
    }

    // The annotation file comes from the program, so that it can be had whatever else is out of reach.
    async exportAs(format = 'json') {
      const file = await this.#call('exportAs', ['json']);
      return format === 'json' ? file : this.#use((it) => it.export(file.content, String(format)));
    }

    async download(format = 'json') {
      if (format === 'json') return this.#call('download', []);
      const { name, mediaType, content } = await this.exportAs(format);
      this.#save(name, mediaType, content);
      this.#widget.call('saved', [name]);
    }

    async importFrom(content, { format, mode } = {}) {
      const { content: file } = await this.#call('exportAs', ['json']);
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
      const read = await this.#use((it) => it.import(file, bytes, format));
      return this.#widget.call('adopt', [read, mode]);
    }

    // For the panels: the store of the whole origin, and of the open release.
    get _stored() { return journal.all(); }
    get _shelf() { return this.#store?.name(); }
    _states() { return this.#store.states(); }
    _record(key) { return journal.recall(key); }

    #kept; // the bytes of the open release, their type, where they came from, and the encoding that a person has chosen
    get _kept() { return this.#kept; }
    _open(...bytes) { this.#show('call', 'openBytes', bytes); }
    #opening; // the last call that was to open a release
    #show(way, ...call) {
      this.#opening = [way, call];
      return this.#widget[way](...call);
    }

    #carried; // a promise: a release whose text has changed is being opened
    async #carry(...release) {
      const widget = this.#widget, store = this.#store, opening = this.#opening;
      let writes;
      try {
        writes = await this.#use((it) => it.carry(...release));
      } catch { /* said; nothing is shown then that would stand elsewhere */ }
      if (widget !== this.#widget || opening !== this.#opening) return;
      store.carry(writes);
      widget.call('carried', []);
      const [way, call] = opening;
      this.#attempt(() => widget[way](...call));
    }

    _save(...file) { this.#save(...file); }
    _write(pairs) {
      pairs.forEach((pair) => this.#store.write(...pair));
      this.#store.commit(0, true);
    }

    async suggest() {
      const { content } = await this.#call('exportAs', ['json']);
      this.#widget.call('propose', [await this.#use((it) => it.suggest(content))]);
    }

    // An id, 'all', or a list of ids.
    async accept(ids) { await this.#call('accept', [ids].flat()); }
    async dismiss(ids) { await this.#call('dismiss', [ids].flat()); }

    #tools; // a promise, from the first use on
    #panel; // the open one
    #opener; // what opened the panel, and gets the focus back

    // Does something with the tools; whatever goes wrong has a code.
    async #tool(action) {
      try {
        this.#tools ??= this.#startTools();
        return action(await this.#tools);
      } catch (cause) {
        if (cause?.code) throw cause;
        this.#tools = null;
        throw Object.assign(new Error('the tools of release-annotator could not be loaded', { cause }), { code: 'network' });
      }
    }

    // The same, and tells of what goes wrong as the program does.
    async #use(action) {
      try {
        return await this.#tool(action);
      } catch (error) {
        this.#fail(error);
        throw error;
      }
    }

    // The program has words of its own for tools that could not be loaded.
    #fail(error) { this.#widget?.call('fail', [error.code, error.cause ? '' : error.message]); }

    // The page's texts as the program takes them, or why not: only the tools know the ids of all.
    async #words() {
      return this.texts && this.#tool((it) => it.words(this.texts)).catch((error) => error);
    }

    async #reword(words, given, before) {
      words = await words;
      if (given !== this.texts || !this.#widget) return;
      if (words?.code) {
        this.#waiting.set('texts', before);
        this.#fail(words);
      } else this.#widget.set('texts', words ?? '');
    }

    async #startTools() {
      const { load, style } = await tools(), program = await load(), sheet = new CSSStyleSheet(), base = document.createElement('div');
      sheet.replaceSync(style);
      this.shadowRoot.adoptedStyleSheets.push(sheet);
      base.part = 'panels';
      this.shadowRoot.append(base);
      return new program.Tools(base, {
        get: (name) => (name in this ? this[name] : this.#get(name)),
        call: async (name, args) => {
          // A failure is shown already.
          try { return await (this[name] ? this[name](...args) : this.#call(name, args)); } catch { return null; }
        },
        closed: () => this.#openPanel(''),
        stopped: () => this.#stopped(new Error('The program cannot go on.')),
      });
    }

    async #openPanel(name) {
      if (name === 'suggestions') await this.suggest();
      const focused = this.shadowRoot.activeElement;
      if (!name) this.#opener?.focus();
      else if (!focused?.closest('[part="panels"]')) this.#opener = focused; // one panel may lead to another
      this.#panel = name;
      await this.#use((it) => it.show(name));
    }

    // Without an argument it is the method of every element.
    remove(id) {
      return arguments.length ? this.#call('remove', [id]) : super.remove();
    }

    #ready; #resolveReady; #rejectReady; #started; #resolveStarted; #rejectStarted; #shown;

    #renew() {
      this.#shown = false;
      [this.#ready, this.#resolveReady, this.#rejectReady] = this.#promise();
      [this.#started, this.#resolveStarted, this.#rejectStarted] = this.#promise();
    }

    // A promise with its two ends; nobody has to wait for it.
    #promise() {
      let resolve, reject;
      const promise = new Promise((...ends) => { [resolve, reject] = ends; });
      promise.catch(() => {});
      return [promise, resolve, reject];
    }

    async #start() {
      const run = this.#run = {}, src = this.getAttribute('src'), { texts } = this;
      journal ??= makeJournal(NAME);
      if (src && !this.#waiting.has('text')) {
        const early = this.#early = { src, promise: this.#request(src) };
        early.promise.then((answer) => { early.answer = answer; });
      }
      try {
        const [program, words] = await Promise.all([load(), this.#words(), journal.ready]);
        // The element's own content may still be on its way.
        if (document.readyState === 'loading') await new Promise((go) => document.addEventListener('DOMContentLoaded', go, { once: true }));
        if (run !== this.#run) return;
        this.#mount(program, texts === this.texts ? words : this.#words());
      } catch (error) {
        if (run === this.#run) this.#stopped(error);
      }
    }

    #mount(program, words) {
      const base = document.createElement('div');
      base.part = 'base';
      base.hidden = true; // until what stands before it goes, in the same frame
      this.shadowRoot.append(base);
      const store = this.#store = journal.connect((...record) => this.#widget.call('hear', record), (durable, bytes) => {
        if (durable !== this.#durable) this.#widget.call('durable', [this.#durable = durable]);
        base.classList.remove('saving');
        if (bytes) this.#tell('save', { at: new Date().toISOString(), bytes });
      }, (percent) => this.#widget?.call('crowded', [String(percent)]));
      this.#durable = true; // until it proves not to be
      this.#widget = new program.Widget(this, this.shadowRoot, base, {
        ...store,
        commit: (...change) => {
          const kept = store.commit(...change);
          base.classList.toggle('saving', kept);
          return kept;
        },
        paint: (css) => this.#colors.replaceSync(css),
        save: (...file) => this.#save(...file),
        drawn: (count, parts, unsafe, unfilled) => {
          base.dataset.drawn = parts;
          this.#observe(count);
          this.#warn(unsafe);
          if (unfilled) setTimeout(() => this.#widget?.call('fill', []));
          this.#place();
          this.#follow();
          this.#relate();
          if (this.#panel) this.#tools?.then((it) => it.refresh(), () => {});
        },
        carry: (...release) => { this.#carried = this.#carry(...release); },
        stopped: () => this.#stopped(new Error('The program cannot go on.')),
      });
      document.addEventListener('selectionchange', this.#choose);
      for (const type of PRINT) addEventListener(type, this.#print);
      for (const name of Object.values(SETTINGS)) this.#apply(name);
      this.#reword(words, this.texts);
      if (!this.#ownContent()) this.#showProgram();
      this.#open();
      this.#resolveStarted();
    }

    // Shows the release that the page names: its text, else the one at `src`, else the element's own content.
    #open() {
      const src = this.getAttribute('src'), own = src ? '' : this.#ownContent();
      if (this.#waiting.has('text')) {
        this.#show('set', 'text', this.#waiting.get('text'));
        this.#lossy(this.#waiting.get('text'));
      } else if (src) {
        this.#fetch(src);
      } else if (own) {
        this.#show('set', 'text', own);
      } else {
        this.#widget.call('showNothing', []);
      }
    }

    // What is at an address, or why there is nothing: the HTTP status, or where there is no answer the numbers of
    // `load::miss`. The program may still be on its way meanwhile.
    async #request(src) {
      let url = { href: src }, status = 0, bytes, type;
      try {
        url = new URL(src, this.baseURI);
        const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
        type = response.headers.get('content-type') ?? '';
        if (!response.ok) ({ status } = response);
        else if (!(bytes = await bytesOf(response.body))) status = 4;
      } catch (error) {
        const leadsAway = () => fetch(url, { redirect: 'manual' }).then(({ type }) => type === 'opaqueredirect', () => false);
        status = error.name === 'TimeoutError' ? 2 : await leadsAway() ? 3 : url.origin !== location.origin ? 1 : 0;
      }
      return { url, status, bytes, type };
    }

    #early; // the release at `src`, asked for together with the program

    async #fetch(src) {
      const widget = this.#widget, asked = this.#asked = {};
      let { answer, promise } = this.#early?.src === src ? this.#early : { promise: this.#request(src) }, failure;
      this.#early = null;
      if (!answer) {
        widget.call('awaitRelease', []);
        answer = await promise;
      }
      if (asked !== this.#asked || widget !== this.#widget) return; // another release was asked for meanwhile
      const { url, status, bytes, type } = answer;
      try {
        if (bytes) await this.#openBytes(bytes, type, [src, url.origin === location.origin ? url.pathname + url.search : url.href]);
        else widget.call('miss', [status, url.href]);
      } catch (error) {
        if (asked !== this.#asked || widget !== this.#widget) return;
        widget.call('showNothing', []);
        failure = error;
      }
      await this.#carried;
      this.#settle(failure);
    }

    #asked; #durable;

    // The browser asks before it leaves the page, as long as something would be lost and only then.
    #question = (event) => event.preventDefault();
    #warn(unsafe) {
      (unsafe ? addEventListener : removeEventListener)('beforeunload', this.#question);
    }

    #tell(name, detail) {
      this.dispatchEvent(new CustomEvent(`${NAME}-${name}`, { detail, bubbles: true, composed: true }));
    }

    // The element's own text where it holds no elements but what goes into a slot; else undefined.
    #bareContent() {
      const nodes = [...this.childNodes].filter((it) => !it.slot && it.nodeType !== Node.COMMENT_NODE);
      if (nodes.every((it) => it.nodeType === Node.TEXT_NODE)) return nodes.map((it) => it.data).join('').trim();
    }

    #ownContent() {
      const bare = this.#bareContent();
      if (bare !== undefined) return bare;
      // By the elements and not by how the page draws them: a text that depends on style would be another text each time.
      let text = '';
      const walk = (node) => {
        for (const child of node.childNodes) {
          if (child.slot) continue; // the guideline
          if (child.nodeType === Node.TEXT_NODE) text += child.data.replace(/[ \t\n\r\f]+/g, ' ');
          if (child.nodeType !== Node.ELEMENT_NODE || /^(SCRIPT|STYLE|TEMPLATE)$/.test(child.nodeName)) continue;
          const inline = /^(A|ABBR|B|BDI|BDO|CITE|CODE|DFN|EM|I|KBD|MARK|Q|S|SAMP|SMALL|SPAN|STRONG|SUB|SUP|TIME|U|VAR|WBR)$/.test(child.nodeName);
          if (child.nodeName === 'BR') text += '\n';
          else if (inline) walk(child);
          else {
            text += '\n\n';
            walk(child);
            text += '\n\n';
          }
        }
      };
      walk(this);
      return text.replace(/ *\n */g, '\n').replace(/\n{3,}/g, '\n\n').replace(/ {2,}/g, ' ').trim();
    }

    #showProgram() {
      this.#before.remove();
      const base = this.shadowRoot.querySelector('[part="base"]');
      if (base) base.hidden = false;
    }

    // The question for a release is answered: methods go through, and what was set early is applied.
    #settle(failure) {
      const first = !this.#shown;
      this.#shown = true;
      if (first && this.#waiting.has('annotations') && this.#get('dirty') !== undefined) {
        const annotations = this.#waiting.get('annotations');
        this.#waiting.delete('annotations');
        this.#attempt(() => this.#widget.set('annotations', annotations));
      }
      if (this.#get('dirty') === undefined) this.#rejectReady(failure);
      else this.#resolveReady();
      this.#waiters.splice(0).forEach(([go]) => go());
    }

    #waiters = [];

    #get(name) {
      return this.#widget?.get(name);
    }

    async #call(name, args) {
      if (!this.#shown) await new Promise((...ends) => this.#waiters.push(ends));
      return this.#widget.call(name, args);
    }

    #give(name, value) {
      const held = !this.#widget || (name === 'annotations' && !this.#shown), before = this.#waiting.get(name);
      // What a script has set holds until another is set, also when the element comes again.
      if (held || name !== 'annotations') this.#waiting.set(name, value);
      if (held) return;
      const done = this.#attempt(() => (name === 'text' ? this.#show('set', name, value) : this.#widget.set(name, value)));
      if (!done) before === undefined ? this.#waiting.delete(name) : this.#waiting.set(name, before);
      if (name !== 'text') return;
      this.#kept = null;
      this.#lossy(value);
    }

    // Whether it went well. The program has reported what is wrong with the value; a property cannot be refused.
    #attempt(action) {
      try { action(); } catch (error) {
        if (error?.code) return false;
        throw error;
      }
      return true;
    }

    #apply(name) {
      const value = {
        lang: () => this.closest('[lang]')?.lang || 'fr',
        uiLang: () => this.getAttribute('ui-lang') || document.documentElement.lang || 'fr',
        readonly: () => this.readonly,
        labels: () => this.#waiting.get('labels') ?? this.getAttribute('labels') ?? '',
      }[name]?.() ?? this.getAttribute(REFLECTED[name]) ?? '';
      this.#attempt(() => this.#widget.set(name, value));
    }

    #makeBefore() {
      const before = document.createElement('div');
      before.className = 'frame before';
      const [top, columns, text, list] = ['top', 'columns', 'document', 'list'].map((name) => {
        const part = document.createElement('div');
        part.className = name;
        return part;
      });
      text.append(document.createElement('slot'));
      columns.append(text, list);
      before.append(top, columns);
      return before;
    }

    // Content that is bare text is drawn in paragraphs, as the program will draw it.
    #drawContent() {
      const text = this.#bareContent();
      if (text === undefined || !this.#before.isConnected) return;
      this.#before.querySelector('.document').classList.toggle('awaited', !text && this.hasAttribute('src'));
      const lines = text.split('\n');
      let blank = true;
      const paragraphs = lines.flatMap((line) => {
        if (!line.trim()) {
          blank = true;
          return [];
        }
        const paragraph = document.createElement('p');
        paragraph.textContent = line;
        paragraph.classList.toggle('apart', blank);
        blank = false;
        return [paragraph];
      });
      const oneSentence = !/[.!?…]\s+\S/.test(lines[0]);
      if (paragraphs.length > 1 && oneSentence && lines[0].length < 300) paragraphs[0].classList.add('title');
      this.#before.querySelector('slot').replaceChildren(...paragraphs);
      this.#before.querySelector('slot').name = text ? 'none' : '';
    }

    // What a button (by a click) or a field (by a change) with data-do asks for; data-of names its label or annotation.
    #ask({ type, target, shiftKey }) {
      const it = target.closest?.('[data-do]');
      if (type === 'click' && target.closest?.('[part~=document]')) {
        const sentence = target.closest('[data-sentence]')?.dataset.sentence;
        this.#widget?.call('clickText', [sentence && Number(sentence), shiftKey]);
      }
      if (!it || it.closest('[part=panels]') || type !== ({ button: 'click', search: 'input' }[it.type] ?? 'change')) return; // panels listen themselves
      const of = it.dataset.of ?? it.closest('[data-annotation]')?.dataset.annotation ?? '';
      if (it.dataset.do === '@value' && it.value && it.closest('li').dataset.label === 'dates') return this.#value(it, of);
      this.#attempt(() => this.#widget?.call('ask', [it.dataset.do, of, it.value]));
    }

    // A date's value is kept if it is one; what is expected is said otherwise, and the field keeps what was typed.
    async #value(field, of) {
      const { value } = field, wrong = await this.#use((it) => it.checkValue(value)).catch(() => '');
      field.ariaInvalid = wrong ? 'true' : null;
      if (wrong) this.#widget?.call('fail', ['invalid-file', wrong]);
      else this.#attempt(() => this.#widget?.call('ask', ['@value', of, value]));
    }

    #x = 0; // where the pointer was pressed last

    // A button that uses the selection must not take it away before. With Shift a press on the text would bring the
    // focus, and so the cursor, before the click can extend from where it was.
    #hold(event) {
      if (event.target.closest('[data-do="label"], [data-do="place"]') || (event.shiftKey && event.target.closest('[part~=document]'))) event.preventDefault();
    }

    // A key that is neither typed into a field nor a button's own.
    #press(event) {
      const { target, key, code } = event, inside = (css) => target.closest(css) !== null;
      if (event.defaultPrevented || event.isComposing || !inside('.frame') || inside('input, textarea, select, dialog')) return;
      if (/^(Enter| )$/.test(key) && inside('button, summary, a[href]')) return;
      // Arrows move the text's cursor only from the text: elsewhere they scroll.
      const held = [event.ctrlKey || event.metaKey, event.shiftKey, event.altKey, inside('[part~=document]')];
      if (this.#widget?.call('press', [key, code, ...held])) {
        event.preventDefault();
        event.stopPropagation();
      }
    }

    // In a field of a card Enter commits and Escape gives up; both lead back to the card.
    #type(event) {
      const field = event.target, { key } = event;
      if (field.localName !== 'textarea' || event.isComposing || (key !== 'Escape' && (key !== 'Enter' || event.shiftKey))) return;
      event.preventDefault();
      event.stopPropagation();
      if (key === 'Escape') field.value = field.defaultValue;
      field.closest('li').querySelector('button').focus();
    }

    // One end of a stretch follows the pointer, letter by letter; the program finds the word.
    #drag(event) {
      this.#x = event.clientX;
      const edge = event.target.dataset.handle;
      if (!edge) return;
      event.preventDefault();
      const chosen = event.target.parentNode.className === 'chosen';
      const of = chosen ? '' : event.target.closest('[data-annotation]').dataset.annotation;
      const stop = new AbortController(), { signal } = stop;
      addEventListener('pointermove', ({ clientX, clientY }) => {
        const place = this.#letterAt(clientX, clientY);
        if (place) this.#widget?.call('drag', [edge, of, ...place]);
      }, { signal });
      for (const type of ['pointerup', 'pointercancel']) {
        addEventListener(type, () => {
          stop.abort();
          this.#attempt(() => this.#widget?.call('drop', [of]));
        }, { signal });
      }
    }

    // The paragraph under a point and the UTF-16 offset in it of the nearest gap between letters. Own hit-testing: the
    // browsers' own differ in shadow roots.
    #letterAt(x, y) {
      const paragraph = this.shadowRoot.elementFromPoint(x, y)?.closest('[data-paragraph]');
      if (!paragraph) return;
      const range = document.createRange(), walk = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      let before = 0, best = 0, least = Infinity, node;
      while ((node = walk.nextNode())) {
        for (let at = 0; at < node.length; at++) {
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const { left, right, top, bottom } = range.getBoundingClientRect();
          const far = Math.max(top - y, y - bottom, 0) * 99 + Math.max(left - x, x - right, 0);
          if (far < least) {
            least = far;
            best = before + at + (x > (left + right) / 2);
          }
        }
        before += node.length;
      }
      return [Number(paragraph.dataset.paragraph), best];
    }

    #opened; // the card that was open last

    // The list follows the open card; the page itself stays where it is.
    #follow() {
      const list = this.shadowRoot.querySelector('.list'), card = list?.querySelector('.card.open'), id = card?.dataset.annotation;
      if (!card || id === this.#opened) return void (this.#opened = id);
      this.#opened = id;
      const [inner, outer] = [card, list].map((it) => it.getBoundingClientRect());
      if (inner.bottom > outer.bottom || inner.top < outer.top) list.scrollTop += inner.top - outer.top - 48;
    }

    // A mark leads to its card, if the list shows it now.
    #relate() {
      for (const mark of this.shadowRoot.querySelectorAll('mark')) {
        const id = `card-${mark.dataset.annotation}`, card = this.shadowRoot.getElementById(id);
        if (!card) mark.removeAttribute('aria-details');
        else if (mark.getAttribute('aria-details') !== id) mark.setAttribute('aria-details', id);
      }
    }

    // Puts the palette above what was chosen, near the pointer; below where there is no room above. Never over it.
    #place() {
      const root = this.shadowRoot, palette = root.querySelector('.palette');
      if (!palette) return;
      const selection = getSelection();
      const range = selection.getComposedRanges?.({ shadowRoots: [root] })[0] ?? (selection.rangeCount && selection.getRangeAt(0));
      let boxes = [];
      if (range && !range.collapsed) {
        const live = document.createRange();
        live.setStart(range.startContainer, range.startOffset);
        live.setEnd(range.endContainer, range.endOffset);
        boxes = [...live.getClientRects()];
      } else boxes = [...root.querySelectorAll('.current')].flatMap((it) => [...it.getClientRects()]);
      if (!boxes.length) return;
      const [frame, text, roof] = ['.frame', '.document', '.top'].map((it) => root.querySelector(it).getBoundingClientRect());
      const { offsetWidth: width, offsetHeight: height } = palette;
      const top = Math.min(...boxes.map((it) => it.top)) - height - 10, bottom = Math.max(...boxes.map((it) => it.bottom)) + 6;
      const left = Math.max(Math.min(this.#x - width / 2, text.right - width - 8), text.left + 8);
      palette.style.setProperty('--x', `${left - frame.left}px`);
      palette.style.setProperty('--y', `${(top > roof.bottom ? top : bottom) - frame.top}px`);
    }

    // Lets some blocks be drawn in full, the latest first, and some as bare text; the next frame goes on. Who scrolls through
    // a book in two seconds passes thousands, and most have left again when it is their turn.
    #fill() {
      // What is selected stays as it is: a selection ends with the elements in which it began.
      const selecting = !(this.shadowRoot.getSelection?.() ?? getSelection()).isCollapsed;
      const seen = [], left = { true: AT_ONCE, false: AT_ONCE };
      for (const [block, near] of [...this.#near].reverse()) {
        if (left[near]-- <= 0) continue;
        this.#near.delete(block);
        if (near || !selecting) seen.push(block, near);
      }
      this.#filling = this.#near.size ? requestAnimationFrame(() => this.#fill()) : 0;
      this.#widget?.call('see', seen);
    }

    // Tells the program which blocks come near the visible part, from now on.
    #observe(count) {
      if (count === this.#watched) return;
      this.#forget();
      this.#watched = count;
      this.shadowRoot.querySelectorAll('[data-block]').forEach((block) => this.#watch.observe(block));
    }

    #forget() {
      this.#watch.disconnect();
      this.#watched = 0;
      this.#near.clear();
      cancelAnimationFrame(this.#filling);
      this.#filling = 0;
    }

    // A file that a person has chosen or dropped: annotations, or a release.
    async #take(file) {
      const widget = this.#widget;
      this.#asked = null; // a release that is on its way comes too late
      try {
        const bytes = await bytesOf(file.stream());
        const page = bytes && isPage(bytes, file.type);
        if (!bytes) widget.call('miss', [4, file.name]);
        else if (page || !file.name || /^text\/plain/.test(file.type) || /\.txt$/i.test(file.name)) {
          await this.#openBytes(bytes, page ? file.type : '', [file.name, '#']);
        } else await this.importFrom(bytes);
      } catch { /* shown already, or gone from the disk */ }
    }

    // Opens the release that these bytes are. What is a page, or not plainly UTF-8, the tools read.
    async #openBytes(bytes, type, from) {
      const asked = this.#asked, widget = this.#widget;
      this.#kept = { bytes, type, from };
      const plain = !isPage(bytes, type) && !/charset="?(?!utf-?8)/i.test(type);
      if (plain && this.#show('call', 'openBytes', [bytes, ...from]) !== false) return;
      const { text, said } = await this.#use((it) => it.read(bytes, type));
      if (asked === this.#asked && widget === this.#widget) this.#show('call', 'openBytes', [text, ...from, ...said]);
    }

    // What is dropped or pasted; text takes the place of nothing that is shown.
    #receive(event, { files, types } = {}) {
      if (!this.#widget || this.readonly || event.defaultPrevented) return;
      const [file] = files ?? [], given = event.clipboardData ?? event.dataTransfer;
      const text = file || this.text !== undefined ? '' : given.getData('text/plain');
      if (!types?.includes('Files') && !text) return;
      event.preventDefault();
      if (file) this.#take(file);
      else if (text) this.#take(new File([text], ''));
    }

    #save(name, type, content) {
      const link = document.createElement('a');
      Object.assign(link, { href: URL.createObjectURL(new Blob([content], { type })), download: name });
      // Inside the shadow root, so that no listener of the page sees a click that nobody made.
      this.shadowRoot.append(link);
      link.click();
      link.remove();
      URL.revokeObjectURL(link.href);
    }

    // Back to the state before the program; whoever waits is told why.
    #end(error) {
      this.#rejectReady(error);
      this.#rejectStarted(error);
      this.#waiters.splice(0).forEach(([, refuse]) => refuse(error));
      for (const type of PRINT) removeEventListener(type, this.#print);
      this.#forget();
      document.removeEventListener('selectionchange', this.#choose);
      clearTimeout(this.#timer);
      this.#store?.end();
      this.#warn(false);
      this.#run = this.#widget = this.#tools = null;
      this.#renew();
      this.#before = this.#makeBefore();
      this.shadowRoot.replaceChildren(this.#before);
    }

    #stop() {
      const widget = this.#widget;
      this.#tools?.then((it) => it.unmount(), () => {});
      this.#end(Object.assign(new Error('the element has left the page'), { code: 'internal' }));
      widget?.unmount();
      widget?.free();
    }

    // The program cannot go on. It holds nothing that is not stored; a fresh one may take its place.
    #stopped(error) {
      const lang = /^en\b/i.test(this.getAttribute('ui-lang') || document.documentElement.lang) ? 'en' : 'fr';
      const { stopped, restart, rescue } = { ...STOPPED[lang], ...this.texts, ...this.texts?.[lang] };
      error.code ??= 'internal';
      this.#end(error);
      const button = (text, action) => Object.assign(document.createElement('button'), { type: 'button', textContent: text, onclick: action });
      const alert = document.createElement('div');
      alert.className = 'alert stopped';
      alert.part = 'alert';
      alert.role = 'alert';
      alert.append(
        Object.assign(document.createElement('p'), { textContent: stopped, title: error.message }),
        button(restart, () => { load({ fresh: true }); this.#stop(); this.#start(); }),
        button(rescue, () => this.#rescue()),
      );
      this.#before.firstChild.append(alert);
      this.#tell('error', { code: error.code, message: error.message });
    }

    // Saves the records as they lie in the store, for the program that can read them again.
    #rescue() {
      this.#save(`${NAME}-storage.json`, 'application/json', JSON.stringify(journal.all(), null, 1));
    }

    static {
      for (const [property, attribute] of Object.entries(REFLECTED)) {
        Object.defineProperty(this.prototype, property, {
          configurable: true,
          enumerable: true,
          get() { return this.getAttribute(attribute) ?? ''; },
          set(value) { value == null ? this.removeAttribute(attribute) : this.setAttribute(attribute, value); },
        });
      }
      for (const name of METHODS) {
        Object.defineProperty(this.prototype, name, { configurable: true, writable: true, value(...args) { return this.#call(name, args); } });
      }
    }
  }

  customElements.define(NAME, ReleaseAnnotator);
}
