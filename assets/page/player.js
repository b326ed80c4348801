// Plays the trace of this page. It has no TCP of its own: what each frame shows was computed by
// tcpstep, whose app/exports/html_*.cpp describe the data.
'use strict';
(() => {
const $ = (selector, within = document) => within.querySelector(selector);
const data = JSON.parse($('#data').textContent);
const last = data.frames.length - 1;
const ends = ['client', 'server'];
const speeds = [0.25, 0.5, 1, 2, 4, 8];
const still = matchMedia('(prefers-reduced-motion: reduce)');

for (const words of Object.values(data.languages)) {
  for (const segment of Object.values(words.segments))
    segment.fields = segment.fields && segment.fields.map((one) => ({ ...words.fields[one.kind], ...one }));
}

let language = data.language;
let frame = 0;
let speed = 2;
let timer = null;      // while it plays
let selected = 0;      // the segment that was chosen; 0: the latest
let field = null;      // the name of the header field that was chosen
let width = null;      // of the ladder: 'wide' or 'narrow'
let more = false;
let scrolledFor = null;  // the segment whose header rows were first seen

const words = () => data.languages[language];
const ui = (name) => words().ui[name];

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '');
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

// A picture that changes from frame to frame: every piece is there, and shown when it is its time.
class Film {
  constructor(svg, film) {
    svg.setAttribute('viewBox', `0 0 ${film.size[0]} ${film.size[1]}`);
    // The pieces are SVG with all text escaped.
    svg.innerHTML = film.layers.map((layer) =>
      `<g>${layer.map((one) => `<g>${data.pieces[one[0]]}</g>`).join('')}</g>`).join('');
    this.pieces = [];
    film.layers.forEach((layer, i) => layer.forEach((one, k) =>
      this.pieces.push({ node: svg.children[i].children[k], spans: one.slice(1), shown: true })));
  }
  show(at) {
    for (const piece of this.pieces) {
      let shown = false;
      for (let i = 0; i < piece.spans.length && !shown; i += 2)
        shown = piece.spans[i] <= at && at <= piece.spans[i + 1];
      if (shown === piece.shown) continue;
      piece.shown = shown;
      piece.node.style.display = shown ? '' : 'none';
    }
  }
}

let ladder = null;
let figures = [];

// ---- the ladder

const paper = $('#paper');
const rungs = $('#rungs');

function scale() { return rungs.clientWidth / words()[width].size[0] || 1; }

function fitLadder() {
  const room = paper.clientWidth - 8;
  const wanted = room < 500 ? 'narrow' : 'wide';
  const film = words()[wanted];
  const shown = Math.min(room, film.size[0] * 1.25);
  for (const box of [rungs, $('#heads')]) box.style.width = `${shown}px`;
  rungs.style.height = `${shown * film.size[1] / film.size[0]}px`;
  ends.forEach((end, i) => {
    $(`.head.${end}`).style.left = `${100 * film.ends[i] / film.size[0]}%`;
  });
  if (ladder && wanted === width && ladder.language === language) return;
  width = wanted;
  ladder = new Film(rungs, film);
  ladder.language = language;
  ladder.show(frame);
  markSelected();
}

// What happens now stays in sight, with room for what comes next.
function followLadder(smoothly) {
  const heads = $('#heads').clientHeight;
  const at = words()[width].now[frame] * scale() + heads;
  paper.scrollTo({
    top: Math.max(0, at - heads - 0.55 * (paper.clientHeight - heads)),
    behavior: smoothly && !still.matches ? 'smooth' : 'instant',
  });
}

function markSelected() {
  for (const one of rungs.querySelectorAll('.segment'))
    one.classList.toggle('selected', selected !== 0 && Number(one.dataset.segment) === selected);
}

// The segment whose arrow is nearest: a finger is wider than a line.
function segmentNear(event) {
  const direct = event.target.closest('.segment');
  if (direct) return Number(direct.dataset.segment);
  const box = rungs.getBoundingClientRect();
  const x = (event.clientX - box.left) / scale();
  const y = (event.clientY - box.top) / scale();
  let best = 0;
  let least = 16 / scale();
  for (const piece of ladder.pieces) {
    if (!piece.shown) continue;
    const group = $('.segment', piece.node);
    const line = group && $('line', group);
    if (!line) continue;
    const [x1, y1, x2, y2] = ['x1', 'y1', 'x2', 'y2'].map((name) => Number(line.getAttribute(name)));
    const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
    if (length === 0) continue;
    const t = Math.max(0, Math.min(1, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length));
    const away = Math.hypot(x1 + t * (x2 - x1) - x, y1 + t * (y2 - y1) - y);
    if (away < least) [best, least] = [Number(group.dataset.segment), away];
  }
  return best;
}

// ---- both ends

function showEnd(end, i) {
  const section = document.getElementById(end);
  const now = words().frames[frame];
  const state = data.tcp ? data.frames[frame].states[i] : '';
  section.dataset.state = state;
  $(`.head.${end} .state`).textContent = state;
  const title = $('h2', section);
  title.replaceChildren(ui(end), element('span', { class: 'unseen' }, ` ${state}`));
  const calls = words().calls[now.calls[i]];
  const list = calls.lines.map(([call, outcome, value, kind, isNow, at]) => {
    const button = element('button', { title: ui('tipCall'), class: isNow ? 'now' : null },
      element('code', {}, call),
      element('span', { class: kind }, outcome),
      value ? element('span', { class: 'value' }, value) : null);
    button.addEventListener('click', () => go(at));
    return element('li', {}, button);
  });
  if (calls.earlier) list.unshift(element('li', {}, calls.earlier));
  if (calls.none) list.push(element('li', {}, calls.none));
  $('.calls', section).replaceChildren(...list);
  const kernel = words().kernel[now.kernel[i]];
  const verdict = $('.verdict', section);
  verdict.textContent = kernel.agrees ? `✓ ${kernel.verdict}` : kernel.verdict;
  verdict.className = `verdict${kernel.agrees ? ' agrees' : ''}${kernel.alarm ? ' alarm' : ''}`;
  $('.kernel', section).replaceChildren(...kernel.items.map(([name, value, tip, loud]) =>
    element('li', { title: tip, class: loud ? 'loud' : null },
      name ? element('i', {}, `${name} `) : null, value)));
}

// ---- what just happened

function showTold() {
  const told = words().frames[frame].told;
  $('#when').textContent = [told.when, told.after].filter(Boolean).join(' · ');
  const lines = [element('p', { class: told.when ? null : 'dim' }, told.sentence)];
  if (told.rows) lines.push(element('pre', {}, told.rows.join('\n')));
  for (const [text, colour] of told.changes || []) {
    const line = element('p', {}, text);
    line.style.color = `var(--c${colour})`;
    lines.push(line);
  }
  $('#told').replaceChildren(...lines);
  const list = [];
  for (const [label, source, text] of told.more || []) {
    list.push(element('dt', {}, label),
      element('dd', {}, source ? element('em', {}, source) : null, text));
  }
  $('#more').replaceChildren(...list);
  $('#more').hidden = !more;
  const button = $('#more-button');
  button.textContent = ui(more ? 'less' : 'more');
  button.title = ui(more ? 'tipLess' : 'tipMore');
  button.setAttribute('aria-expanded', more);
  $('#claims').hidden = words().claims.length === 0;
  $('#claims ul').replaceChildren(...words().claims.map((claim) => {
    const decided = claim.frame !== undefined && claim.frame <= frame;
    const line = element('li', { class: decided ? (claim.holds ? 'holds' : 'fails') : null },
      element('span', { class: 'unseen' }, `${decided ? claim.word : ui('open')}: `), claim.text);
    if (decided && claim.evidence) line.title = claim.evidence;
    return line;
  }));
}

// ---- the segment

function showSegment() {
  const id = selected || data.frames[frame].segment;
  const segment = words().segments[id];
  const section = $('#segment');
  section.dataset.segment = id;
  $('#segment-title').textContent = segment ? segment.title : ui('segment');
  $('#marks').textContent = segment && segment.marks || '';
  $('#note').textContent = segment ? segment.note || '' : words().noSegment;
  const headers = $('#headers');
  headers.hidden = !(segment && segment.fields);
  if (headers.hidden) return;
  const choose = (i) => { field = segment.fields[i].title; showField(segment); };
  const wasAt = $('#rows').scrollTop;
  $('#rows').replaceChildren(...segment.boxes.map(([i, row, rows, bit, bits, named]) => {
    const one = segment.fields[i];
    const narrow = bits < 3;
    const box = element('button', {
      class: `${one.part}${one.differs ? ' differs' : ''}${row === segment.tall && bits === 1 ? ' bit' : ''}`,
      title: `${one.title}: ${one.value}`, 'aria-label': `${one.title}: ${one.value}`, 'data-field': i,
    }, named && !(narrow && row !== segment.tall) ? element('b', {}, one.name) : null,
    named ? element('code', {}, one.value) : null);
    box.style.gridArea = `${row + 1} / ${bit + 1} / span ${rows} / span ${bits}`;
    box.addEventListener('click', () => choose(i));
    return box;
  }));
  if (segment.data) $('#rows').append(element('div', { class: 'data' }, segment.data));
  const bytes = segment.bytes.match(/../g) || [];
  $('#hex').replaceChildren(...bytes.map((byte, at) => {
    const i = segment.fields.findIndex((one) => one.bit <= 8 * at && 8 * at < one.bit + one.bits);
    const cell = element('span', { 'data-octet': at }, byte);
    if (i >= 0) cell.addEventListener('click', () => choose(i));
    return cell;
  }));
  showField(segment);
  // TCP's own header is what one came for; IP's stands above it.
  const rows = $('#rows');
  const tcp = $('.tcp', rows);
  rows.scrollTop = scrolledFor === null && tcp ? tcp.offsetTop - rows.offsetTop : wasAt;
  scrolledFor = id;
}

function showField(segment) {
  const i = segment.fields.findIndex((one) => one.title === field);
  for (const box of $('#rows').children)
    box.classList.toggle('chosen', i >= 0 && Number(box.dataset.field) === i);
  const chosen = segment.fields[i];
  for (const cell of $('#hex').children) {
    const bit = 8 * Number(cell.dataset.octet);
    const inField = (one) => one.bit < bit + 8 && bit < one.bit + one.bits;
    cell.classList.toggle('chosen', chosen !== undefined && inField(chosen));
    cell.classList.toggle('differs', segment.fields.some((one) => one.differs && inField(one)));
  }
  $('#card').replaceChildren(...(chosen ? [
    element('p', { class: 'name' }, element('small', {}, chosen.place), chosen.title),
    element('p', {}, element('code', {}, chosen.full)),
    element('p', { class: chosen.differs ? 'differs' : 'dim' }, chosen.before),
    element('p', {}, chosen.meaning),
    element('p', { class: 'source' }, chosen.source),
  ] : [element('p', { class: 'dim' }, ui('inspect'))]));
}

// ---- the list of events

function buildEvents() {
  $('#events ol').replaceChildren(...words().events.map((event, i) => {
    const what = element('span', { class: 'what' },
      event.who ? element('i', {}, `${event.who} `) : null, event.what);
    for (const change of event.changes || [])
      what.append(' ', element('span', { class: 'change' }, change));
    const button = element('button', { title: ui('tipMoment') },
      element('i', {}, String(event.number)), element('i', {}, event.time), what);
    button.addEventListener('click', () => go(i + 1));
    return element('li', {}, button);
  }));
  const dots = [];
  if (last <= 200) {
    words().events.forEach((event, i) => {
      const dot = element('i');
      dot.style.left = `${100 * (i + 1) / last}%`;
      dot.style.background = `var(--c${event.colour})`;
      dots.push(dot);
    });
  }
  $('#dots').replaceChildren(...dots);
}

function markEvent() {
  const buttons = $('#events ol').children;
  for (let i = 0; i < buttons.length; ++i) {
    const button = buttons[i].firstChild;
    if (i + 1 !== frame) { button.removeAttribute('aria-current'); continue; }
    button.setAttribute('aria-current', 'step');
    const list = $('#events');
    if (list.classList.contains('open')) {
      const from = buttons[i].offsetTop;
      if (from < list.scrollTop || from > list.scrollTop + list.clientHeight - 60)
        list.scrollTop = from - list.clientHeight / 2;
    }
  }
}

function toggleEvents(open = !$('#events').classList.contains('open')) {
  $('#events').classList.toggle('open', open);
  $('#events-button').setAttribute('aria-expanded', open);
  if (open && getComputedStyle($('#events')).position !== 'fixed') $('#events').scrollIntoView();
  markEvent();
}

// ---- where one looks

function show(smoothly = true) {
  document.body.dataset.frame = frame;
  ladder.show(frame);
  if (data.tcp) figures.forEach((figure) => figure.show(frame));
  ends.forEach(showEnd);
  markSelected();
  showTold();
  showSegment();
  markEvent();
  const count = words().frames[frame].count;
  $('#count').textContent = count;
  const scrub = $('#scrub');
  scrub.value = frame;
  const event = words().events[frame - 1];
  scrub.setAttribute('aria-valuetext', event ? `${count}: ${event.what}` : count);
  followLadder(smoothly);
}

function move(to) {
  frame = Math.max(0, Math.min(last, to));
  selected = 0;
  show();
}

// By hand: that ends playing.
function go(to) {
  pause();
  move(to);
}

function pause() {
  if (timer === null) return;
  clearInterval(timer);
  timer = null;
  showPlaying();
}

function tick() {
  move(frame + 1);
  if (frame === last) pause();
}

function togglePlay() {
  if (timer !== null) return pause();
  if (frame === last) move(0);
  timer = setInterval(tick, 500 / speeds[speed]);
  showPlaying();
}

function showPlaying() {
  const playing = timer !== null;
  document.body.classList.toggle('playing', playing);
  // Who listens is not to be talked over twice a second.
  $('#told').setAttribute('aria-live', playing ? 'off' : 'polite');
  name($('#play'), ui(playing ? 'tipPause' : 'tipPlay'));
}

function changeSpeed(by) {
  speed = Math.max(0, Math.min(speeds.length - 1, speed + by));
  $('#speed').textContent = ui('speed').replace('#', speeds[speed]);
  if (timer === null) return;
  clearInterval(timer);
  timer = setInterval(tick, 500 / speeds[speed]);
}

function toggleMore() {
  more = !more;
  showTold();
}

// ---- the page

function name(button, tip) {
  button.title = tip;
  button.setAttribute('aria-label', tip);
}

function speak(to) {
  language = to;
  document.documentElement.lang = to === 'zh' ? 'zh-Hans' : 'en';
  for (const [id, text] of [['#ladder-title', 'ladder'], ['#happened-title', 'happened'],
    ['#events-title', 'events'], ['#keys-title', 'keys'], ['#language', 'language'],
    ['#save span', 'save'], ['#claims h3', 'claims']]) $(id).textContent = ui(text);
  for (const [id, tip] of [['events-button', 'tipEvents'], ['save', 'tipSave'], ['language', 'tipLanguage'],
    ['theme', 'tipTheme'], ['full', 'tipFullScreen'], ['help', 'tipHelp'], ['home', 'tipHome'],
    ['back', 'tipBack'], ['step', 'tipStep'], ['end', 'tipEnd'], ['slower', 'tipSlower'],
    ['faster', 'tipFaster'], ['scrub', 'tipScrub'], ['keys-close', 'close']])
    name(document.getElementById(id), ui(tip));
  ends.forEach((end, i) => {
    const section = document.getElementById(end);
    $('.calls-title', section).textContent = ui('calls');
    $('.kernel-title', section).textContent = ui('kernel');
    $('.without-tcp', section).textContent = data.tcp ? '' : ui('noTcp');
    $('.address', section).textContent = data.addresses ? data.addresses[i] : '';
    $(`.head.${end} b`).textContent = ui(end);
    for (const part of ['.figure', '.kernel-title', '.verdict', '.kernel'])
      $(part, section).style.display = data.tcp ? '' : 'none';
  });
  rungs.setAttribute('aria-label', ui('ladderSays'));
  $('#connection').textContent = words().connection ? ` ${words().connection}` : '';
  $('#keys dl').replaceChildren(...ui('keyList').flatMap(([keys, does]) =>
    [element('dt', {}, keys), element('dd', {}, does)]));
  buildEvents();
  changeSpeed(0);
  showPlaying();
  fitLadder();
  show(false);
}

function toggleTheme() {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
}

function toggleFull() {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen();
}

// The trace, octet for octet: the page has "&" and "<" of it escaped.
function traceText() {
  return $('#trace').textContent.replace(/&lt;/g, '<').replace(/&amp;/g, '&');
}

function save() {
  const link = element('a', {
    href: URL.createObjectURL(new Blob([traceText()], { type: 'application/qlog+json' })),
    download: `${data.title.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+/, '') || 'trace'}.qlog`,
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function toggleHelp() {
  const dialog = $('#keys');
  if (dialog.open) dialog.close();
  else dialog.showModal();
}

const clicks = {
  home: () => go(0), back: () => go(frame - 1), play: togglePlay, step: () => go(frame + 1),
  end: () => go(last), slower: () => changeSpeed(-1), faster: () => changeSpeed(1),
  'more-button': toggleMore, 'events-button': () => toggleEvents(), save, theme: toggleTheme,
  language: () => speak(language === 'en' ? 'zh' : 'en'), full: toggleFull, help: toggleHelp,
  'keys-close': toggleHelp,
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
  z: clicks.language, f: toggleFull, '?': toggleHelp,
  Escape: () => { toggleEvents(false); selected = 0; field = null; show(); },
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
  // A button that has the focus is pressed by these keys.
  const pressed = event.target.closest('button');
  if (pressed && (key === ' ' || key === 'Enter')) return;
  const tenth = /^[0-9]$/.test(key);
  if (!tenth && !Object.hasOwn(keys, key)) return;
  event.preventDefault();
  if (tenth) go(Math.round(Number(key) * last / 10));
  else keys[key]();
});

$('#scrub').max = last;
$('#scrub').addEventListener('input', (event) => go(Number(event.target.value)));
rungs.addEventListener('click', (event) => {
  selected = segmentNear(event);
  markSelected();
  showSegment();
});
if (data.tcp) {
  figures = ends.map((end, i) =>
    new Film($('.figure', document.getElementById(end)), data.figures[i]));
}
const asked = Number(location.hash.slice(1)) - data.first;
if (asked > 0) frame = Math.min(last, asked);
speak(language);
new ResizeObserver(() => { fitLadder(); followLadder(false); }).observe(paper);
})();
