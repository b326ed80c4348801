// Plays the trace of this page. It has no TCP of its own: what each frame shows was computed by
// tcpstep, whose app/exports/html describes the data.
'use strict';
(() => {
const $ = (selector, within = document) => within.querySelector(selector);
const data = JSON.parse($('#data').textContent);
const ends = ['client', 'server'];
const speeds = [0.25, 0.5, 1, 2, 4, 8];
const still = matchMedia('(prefers-reduced-motion: reduce)');

let language = data.language;
let playing = data.playing;  // which of the connections
let frame = 0;
let speed = 2;
let timer = null;      // while it plays
let selected = 0;      // the segment that was chosen; 0: the latest
let field = null;      // the name of the header field that was chosen
let width = null;      // of the ladder: 'wide' or 'narrow'
let zoom = 1;          // of the ladder
let following = true;  // the ladder shows what happens now
let raw = data.raw;    // sequence numbers
let card = null;       // of which end and state the card tells
let more = false;
let scrolledFor = null;  // the segment whose header rows were first seen

const now = () => data.connections[playing];
const last = () => now().frames.length - 1;
const ui = (name) => data.ui[language][name];
const hasBothNumbers = () => now().languages[language].otherwise !== undefined;

// What the connection that is played says, with the numbers that are chosen.
const told = new Map();
function words() {
  const all = now().languages[language];
  if (raw === data.raw || !all.otherwise) return all;
  if (!told.has(all)) told.set(all, { ...all, ...all.otherwise });
  return told.get(all);
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '');
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

function svgElement(tag, text = '') {
  const made = document.createElementNS($('#rungs').namespaceURI, tag);
  if (text) made.textContent = text;
  return made;
}

// A picture that changes from frame to frame: pieces, each with its reach from top to bottom and the
// frames in which it is there. Only those in sight are in the document.
class Film {
  constructor(svg, film, connection, tips = {}) {
    svg.setAttribute('viewBox', `0 0 ${film.size[0]} ${film.size[1]}`);
    this.film = film;
    this.pieces = connection.pieces;
    this.tips = tips;
    this.layers = film.layers.map(() => svgElement('g'));
    svg.replaceChildren(...this.layers);
  }
  make(piece, index) {
    const made = svgElement('g');
    made.innerHTML = this.pieces[piece];  // SVG with all text escaped
    made.index = index;
    const segment = $('.segment', made);
    const tip = segment && $('line', segment) && this.tips[segment.dataset.segment];
    if (tip) segment.prepend(svgElement('title', tip));
    return made;
  }
  show(at, from = -Infinity, to = Infinity) {
    this.film.layers.forEach((pieces, k) => {
      const layer = this.layers[k];
      let next = layer.firstChild;
      const drop = () => {
        const gone = next;
        next = next.nextSibling;
        gone.remove();
      };
      pieces.forEach((one, index) => {
        if (one[2] < from || one[1] > to) return;
        let shown = false;
        for (let i = 3; i < one.length && !shown; i += 2) shown = one[i] <= at && at <= one[i + 1];
        if (!shown) return;
        while (next && next.index < index) drop();
        if (next && next.index === index) next = next.nextSibling;
        else layer.insertBefore(this.make(one[0], index), next);
      });
      while (next) drop();
    });
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
  const shown = Math.min(room, film.size[0] * 1.25) * zoom;
  for (const box of [rungs, $('#heads')]) box.style.width = `${shown}px`;
  rungs.style.height = `${shown * film.size[1] / film.size[0]}px`;
  ends.forEach((end, i) => {
    $(`.head.${end}`).style.left = `${100 * film.ends[i] / film.size[0]}%`;
  });
  width = wanted;
  if (!ladder || ladder.film !== film) ladder = new Film(rungs, film, now(), words().tips);
  showLadder();
}

// What is in sight, and a good deal above and below it.
function showLadder() {
  const from = paper.scrollTop - $('#heads').clientHeight;
  ladder.show(frame, (from - 1500) / scale(), (from + paper.clientHeight + 1500) / scale());
  markSelected();
}

// What happens now stays in sight, with room for what comes next.
function followLadder(smoothly) {
  $('#follow').hidden = following && zoom === 1;
  if (!following) return;
  const heads = $('#heads').clientHeight;
  const at = words()[width].now[frame] * scale() + heads;
  paper.scrollTo({
    top: Math.max(0, at - heads - 0.55 * (paper.clientHeight - heads)),
    behavior: smoothly && !still.matches ? 'smooth' : 'instant',
  });
  showLadder();
}

function zoomLadder(by) {
  const before = scale();
  const middle = paper.scrollTop + paper.clientHeight / 2;
  zoom = Math.max(0.4, Math.min(3, Math.round(zoom * 1.25 ** by * 100) / 100));
  if (Math.abs(zoom - 1) < 0.1) zoom = 1;
  fitLadder();
  paper.scrollTop = middle * scale() / before - paper.clientHeight / 2;
  followLadder(false);
}

function follow() {
  following = true;
  zoom = 1;
  fitLadder();
  followLadder(true);
}

function letGo() {
  following = false;
  $('#follow').hidden = false;
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
  for (const group of rungs.querySelectorAll('.segment')) {
    const line = $('line', group);
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
  const said = words().frames[frame];
  const state = now().tcp ? now().frames[frame].states[i] : '';
  section.dataset.state = state;
  const pill = $(`.head.${end} .state`);
  pill.textContent = state;
  pill.hidden = !state;
  const title = $('h2', section);
  title.replaceChildren(ui(end), element('span', { class: 'unseen' }, ` ${state}`));
  const calls = words().calls[said.calls[i]];
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
  const kernel = words().kernel[said.kernel[i]];
  const verdict = $('.verdict', section);
  verdict.textContent = kernel.agrees ? `✓ ${kernel.verdict}` : kernel.verdict;
  verdict.className = `verdict${kernel.agrees ? ' agrees' : ''}${kernel.alarm ? ' alarm' : ''}`;
  $('.kernel', section).replaceChildren(...kernel.items.map(([name, value, tip, loud]) =>
    element('li', { title: tip, class: loud ? 'loud' : null },
      name ? element('i', {}, `${name} `) : null, value)));
}

// ---- the card of a state: when one end came there and left it, and why

function openCard(end, state, event) {
  const dialog = $('#card-of-state');
  card = { end, state };
  showCard();
  if (!dialog.open) dialog.show();
  // Who points goes on with the keys of the page; who walks by Tab is led there.
  if (event.detail > 0) document.activeElement.blur();
}

function closeCard() {
  card = null;
  $('#card-of-state').close();
}

function showCard() {
  if (!card) return;
  const i = ends.indexOf(card.end);
  const story = words().states[i][card.state];
  if (!story) return closeCard();
  $('#card-of-state').dataset.end = card.end;
  $('#state-title').textContent = card.state;
  $('#state-where').textContent = `${ui(card.end)} · RFC 9293 ${story.rfc}`;
  const turn = (label, one) => {
    const button = element('button', { title: ui('tipMoment') },
      element('i', {}, label), element('code', {}, one.when), element('span', {}, one.why));
    button.addEventListener('click', () => go(one.frame));
    return element('li', {}, button);
  };
  const list = [];
  for (const visit of story.visits) {
    if (visit.entered.frame > frame) break;
    list.push(turn(ui('entered'), visit.entered));
    const isOver = visit.left && visit.left.frame <= frame;
    if (isOver) list.push(turn(ui('left'), visit.left));
    if (isOver || (!visit.left && frame === last()))
      list.push(element('li', { class: 'stayed' }, visit.stayed));
  }
  const none = list.length ? '' : ui(story.never ? 'never' : 'notYet');
  $('#state-meaning').textContent = story.meaning;
  $('#state-none').textContent = none;
  $('#card-of-state ul').replaceChildren(...list);
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
  const id = selected || now().frames[frame].segment;
  const segment = words().segments[id];
  const section = $('#segment');
  section.dataset.segment = id;
  $('#segment-title').textContent = segment ? segment.title : ui('segment');
  $('#marks').textContent = segment && segment.marks || '';
  $('#note').textContent = segment ? segment.note || '' : words().noSegment;
  const headers = $('#headers');
  headers.hidden = !(segment && segment.fields);
  if (headers.hidden) return;
  const fields = segment.fields.map((i) => {
    const [kind, value, full, differs, before] = words().values[i];
    return { ...words().kinds[kind], value, full, differs: differs === 1, before: before.replace('#', segment.previous) };
  });
  const [tall, ...boxes] = words().layouts[segment.layout];
  const choose = (i) => { field = fields[i].title; showField(fields); };
  const wasAt = $('#rows').scrollTop;
  $('#rows').replaceChildren(...boxes.map(([i, row, rows, bit, bits, named]) => {
    const one = fields[i];
    const narrow = bits < 3;
    const box = element('button', {
      class: `${one.part}${one.differs ? ' differs' : ''}${row === tall && bits === 1 ? ' bit' : ''}`,
      title: `${one.title}: ${one.value}`, 'aria-label': `${one.title}: ${one.value}`, 'data-field': i,
    }, named && !(narrow && row !== tall) ? element('b', {}, one.name) : null,
    named ? element('code', {}, one.value) : null);
    box.style.gridArea = `${row + 1} / ${bit + 1} / span ${rows} / span ${bits}`;
    box.addEventListener('click', () => choose(i));
    return box;
  }));
  if (segment.data) $('#rows').append(element('div', { class: 'data' }, segment.data));
  const bytes = segment.bytes.match(/../g) || [];
  $('#hex').replaceChildren(...bytes.map((byte, at) => {
    const i = fields.findIndex((one) => one.bit <= 8 * at && 8 * at < one.bit + one.bits);
    const cell = element('span', { 'data-octet': at }, byte);
    if (i >= 0) cell.addEventListener('click', () => choose(i));
    return cell;
  }));
  showField(fields);
  // TCP's own header is what one came for; IP's stands above it.
  const rows = $('#rows');
  const tcp = $('.tcp', rows);
  rows.scrollTop = scrolledFor === null && tcp ? tcp.offsetTop - rows.offsetTop : wasAt;
  scrolledFor = id;
}

function showField(fields) {
  const i = fields.findIndex((one) => one.title === field);
  for (const box of $('#rows').children)
    box.classList.toggle('chosen', i >= 0 && Number(box.dataset.field) === i);
  const chosen = fields[i];
  for (const cell of $('#hex').children) {
    const bit = 8 * Number(cell.dataset.octet);
    const inField = (one) => one.bit < bit + 8 && bit < one.bit + one.bits;
    cell.classList.toggle('chosen', chosen !== undefined && inField(chosen));
    cell.classList.toggle('differs', fields.some((one) => one.differs && inField(one)));
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
  if (last() <= 200) {
    words().events.forEach((event, i) => {
      const dot = element('i');
      dot.style.left = `${100 * (i + 1) / last()}%`;
      dot.style.background = `var(--c${event.colour})`;
      dots.push(dot);
    });
  }
  $('#dots').replaceChildren(...dots);
}

function markEvent() {
  for (const one of document.querySelectorAll('#events [aria-current]')) one.removeAttribute('aria-current');
  const row = $('#events ol').children[frame - 1];
  if (!row) return;
  row.firstChild.setAttribute('aria-current', 'step');
  const list = $('#events');
  if (!list.classList.contains('open')) return;
  const from = row.offsetTop;
  if (from < list.scrollTop || from > list.scrollTop + list.clientHeight - 60)
    list.scrollTop = from - list.clientHeight / 2;
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
  if (now().tcp) figures.forEach((figure) => figure.show(frame));
  ends.forEach(showEnd);
  showCard();
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
  if (!following) showLadder();
}

function move(to) {
  frame = Math.max(0, Math.min(last(), to));
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
  if (frame === last()) pause();
}

function togglePlay() {
  if (timer !== null) return pause();
  if (frame === last()) move(0);
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

function toggleNumbers() {
  if (!hasBothNumbers()) return;
  raw = !raw;
  $('#numbers').setAttribute('aria-pressed', raw);
  buildEvents();
  fitLadder();
  show(false);
}

function toggleInspector() {
  const hidden = document.body.classList.toggle('without-segment');
  $('#inspector').setAttribute('aria-expanded', !hidden);
}

function toggleBlank(blank = $('#blank').hidden) {
  pause();
  $('#blank').hidden = !blank;
}

// ---- the connections

function buildConnections() {
  const pick = $('#connections');
  pick.hidden = data.connections.length < 2 && !ui('others');
  if (pick.hidden) return;
  pick.replaceChildren(...data.connections.map((one, i) => element('option', { value: i },
    `${one.number}   ${one.addresses.join(' → ')}`)));
  if (ui('others')) pick.append(element('option', { disabled: true }, ui('others')));
  pick.value = playing;
}

function playConnection(to) {
  if (to < 0 || to >= data.connections.length || to === playing) return;
  pause();
  playing = to;
  frame = selected = 0;
  field = scrolledFor = null;
  following = true;
  buildConnection();
}

// All that differs from one connection to another.
function buildConnection() {
  const { tcp, addresses } = now();
  $('#connections').value = playing;
  $('#connection').textContent = [words().connection, words().part].filter(Boolean).join(' · ');
  $('#numbers').hidden = !hasBothNumbers();
  $('#numbers').setAttribute('aria-pressed', raw);
  $('#scrub').max = last();
  figures = tcp ? ends.map((end, i) =>
    new Film($('.figure', document.getElementById(end)), now().figures[i], now())) : [];
  ends.forEach((end, i) => {
    const section = document.getElementById(end);
    $('.without-tcp', section).textContent = tcp ? '' : ui('noTcp');
    $('.address', section).textContent = addresses ? addresses[i] : '';
    for (const part of ['.figure', '.kernel-title', '.verdict', '.kernel'])
      $(part, section).style.display = tcp ? '' : 'none';
  });
  const has = { numbers: hasBothNumbers(), connections: data.connections.length > 1 };
  $('#keys dl').replaceChildren(...ui('keyList').filter(([, , needs]) => !needs || has[needs])
    .flatMap(([keys, does]) => [element('dt', {}, keys), element('dd', {}, does)]));
  buildEvents();
  fitLadder();
  show(false);
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
  document.title = $('#title').textContent = data.titles[to];
  const save = now().languages[to].part ? 'saveWhole' : 'save';
  for (const [id, text] of [['#ladder-title', 'ladder'], ['#happened-title', 'happened'],
    ['#events-title', 'events'], ['#keys-title', 'keys'], ['#language', 'language'],
    ['#save span', save], ['#claims h3', 'claims'], ['#follow', 'follow']]) $(id).textContent = ui(text);
  for (const [id, tip] of [['events-button', 'tipEvents'], ['save', save === 'save' ? 'tipSave' : 'tipSaveWhole'],
    ['language', 'tipLanguage'], ['theme', 'tipTheme'], ['full', 'tipFullScreen'], ['help', 'tipHelp'],
    ['home', 'tipHome'], ['back', 'tipBack'], ['step', 'tipStep'], ['end', 'tipEnd'], ['slower', 'tipSlower'],
    ['faster', 'tipFaster'], ['scrub', 'tipScrub'], ['keys-close', 'close'], ['state-close', 'close'],
    ['connections', 'tipConnection'], ['numbers', 'tipNumbers'], ['larger', 'tipLarger'],
    ['smaller', 'tipSmaller'], ['follow', 'tipFollow'], ['inspector', 'tipInspector'],
    ['blank-button', 'tipBlank'], ['blank', 'tipBlank']])
    name(document.getElementById(id), ui(tip));
  ends.forEach((end) => {
    const section = document.getElementById(end);
    $('.calls-title', section).textContent = ui('calls');
    $('.kernel-title', section).textContent = ui('kernel');
    $(`.head.${end} b`).textContent = ui(end);
  });
  rungs.setAttribute('aria-label', ui('ladderSays'));
  changeSpeed(0);
  showPlaying();
  buildConnections();
  buildConnection();
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
    download: `${data.titles[data.language].replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+/, '') || 'trace'}.qlog`,
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
  end: () => go(last()), slower: () => changeSpeed(-1), faster: () => changeSpeed(1),
  'more-button': toggleMore, 'events-button': () => toggleEvents(), save, theme: toggleTheme,
  language: () => speak(language === 'en' ? 'zh' : 'en'), full: toggleFull, help: toggleHelp,
  'keys-close': toggleHelp, 'state-close': closeCard, numbers: toggleNumbers, larger: () => zoomLadder(1),
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
  z: clicks.language, f: toggleFull, '?': toggleHelp, n: toggleNumbers, '+': clicks.larger, '=': clicks.larger,
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
new ResizeObserver(() => { fitLadder(); followLadder(false); }).observe(paper);
})();
