// Buttons, keys, fingers; and the beginning.

const clicks = {
  home: () => go(0), back: () => go(frame - 1), play: togglePlay, step: () => go(frame + 1),
  end: () => go(last()), slower: () => changeSpeed(-1), faster: () => changeSpeed(1),
  'more-button': toggleMore, 'events-button': () => toggleEvents(), save, theme: toggleTheme,
  language: () => speak(language === 'en' ? 'zh' : 'en'), full: toggleFull, help: toggleHelp,
  'keys-close': toggleHelp, 'state-close': closeCard, numbers: toggleNumbers, axis: changeAxis, larger: () => zoomLadder(1),
  smaller: () => zoomLadder(-1), follow, inspector: toggleInspector, 'blank-button': () => toggleBlank(true),
  blank: () => toggleBlank(false),
};
for (const [id, does] of Object.entries(clicks)) {
  document.getElementById(id).addEventListener('click', (event) => {
    does();
    // After a click the space bar plays; who walks by Tab keeps the place.
    if (event.detail > 0) event.currentTarget.blur();
  });
}

const keys = {
  ' ': togglePlay, ArrowRight: clicks.step, '.': clicks.step, PageDown: clicks.step,
  ArrowLeft: clicks.back, ',': clicks.back, PageUp: clicks.back, Home: clicks.home, End: clicks.end,
  '<': clicks.slower, '>': clicks.faster, m: toggleMore, e: clicks['events-button'], t: toggleTheme,
  z: clicks.language, f: toggleFull, '?': toggleHelp, n: toggleNumbers, a: changeAxis, '+': clicks.larger, '=': clicks.larger,
  '-': clicks.smaller, w: follow, i: toggleInspector, b: () => toggleBlank(),
  '[': () => playConnection(playing - 1), ']': () => playConnection(playing + 1),
  Escape: () => {
    if (!$('#blank').hidden) return toggleBlank(false);
    if (card) return closeCard();
    toggleEvents(false);
    selected = 0;
    field = null;
    show();
  },
};
document.addEventListener('keydown', (event) => {
  if (event.altKey || event.metaKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey) {
    if (key !== 'e') return;
    event.preventDefault();
    return save();
  }
  if ($('#keys').open && key !== '?') return;
  // A button that has the focus is pressed by these keys; a list of choices has its own.
  if (event.target.closest('select') && !'[]'.includes(key)) return;
  const pressed = event.target.closest('button');
  if (pressed && (key === ' ' || key === 'Enter')) return;
  const tenth = /^[0-9]$/.test(key);
  if (!tenth && !Object.hasOwn(keys, key)) return;
  event.preventDefault();
  if (tenth) go(Math.round(Number(key) * last() / 10));
  else keys[key]();
});

$('#scrub').addEventListener('input', (event) => go(Number(event.target.value)));
$('#connections').addEventListener('change', (event) => {
  playConnection(Number(event.target.value));
  event.target.blur();
});
rungs.addEventListener('click', (event) => {
  selected = segmentNear(event);
  markSelected();
  showSegment();
});
ends.forEach((end) => {
  $('.figure', document.getElementById(end)).addEventListener('click', (event) => {
    const node = event.target.closest('.node');
    if (node) openCard(end, node.dataset.state, event);
    else if (card) closeCard();
  });
  $(`.head.${end} .state`).addEventListener('click', (event) => openCard(end, event.currentTarget.textContent, event));
});
// By hand the ladder goes where one wants, and stays there.
paper.addEventListener('wheel', (event) => {
  if (!event.ctrlKey) return letGo();
  event.preventDefault();
  zoomLadder(event.deltaY < 0 ? 1 : -1);
}, { passive: false });
paper.addEventListener('touchmove', letGo, { passive: true });
let isDue = false;
paper.addEventListener('scroll', () => {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => { isDue = false; showLadder(); });
});
const asked = Number(location.hash.slice(1)) - now().first;
if (asked > 0) frame = Math.min(last(), asked);
speak(language);
// In a frame of its own: what it changes may resize the paper again, which browsers report as an error.
new ResizeObserver(() => requestAnimationFrame(() => { fitLadder(); followLadder(false); })).observe(paper);
