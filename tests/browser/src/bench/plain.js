// What both plain pages do alike: no toolbar, no list, no corrections, one label. Work as little as a page can that
// shows a text, marks the labelled sentences, keeps them one key each, and takes a label back.

// The paragraphs as arrays of sentences. The text is made so that this finds the ends that the widget finds.
export const paragraphs = async () => {
  const text = await (await fetch('text.txt')).text();
  return text.split('\n\n').map((paragraph) => paragraph.match(/[^.!?]+[.!?] ?/g));
};

const KEY = 'plain:';

// The sentences labelled before.
export const stored = () => new Set(
  Object.keys(localStorage).filter((key) => key.startsWith(KEY)).map((key) => Number(key.slice(KEY.length))),
);

export const sentence = (index, text, labelled) => {
  const element = document.createElement('span');
  element.dataset.sentence = index;
  element.tabIndex = -1;
  draw(element, text, labelled);
  return element;
};

const draw = (element, text, labelled) => {
  if (!labelled) return element.replaceChildren(text);
  const mark = document.createElement('mark');
  mark.append(text);
  element.replaceChildren(mark);
};

// `find` gives the element of a sentence, drawn if it must be.
export const listen = (labelled, find) => {
  const steps = [];
  const toggle = (index) => {
    const on = !labelled.delete(index) && Boolean(labelled.add(index));
    if (on) localStorage.setItem(KEY + index, '1');
    else localStorage.removeItem(KEY + index);
    const element = find(index);
    draw(element, element.textContent, on);
  };
  addEventListener('keydown', (event) => {
    const index = Number(document.activeElement.dataset.sentence);
    if (event.key === '1') {
      steps.push(index);
      toggle(index);
    } else if (event.key === 'z' && event.ctrlKey) {
      const last = steps.pop();
      toggle(last);
      find(last).focus();
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      find(index + 1).focus();
    }
  });
};

export const announce = (sentences, labelled) => {
  dispatchEvent(new CustomEvent('plain-ready', { detail: { sentences, annotations: labelled.size } }));
};
