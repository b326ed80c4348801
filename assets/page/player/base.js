// What all parts of the player share. It has no TCP of its own: what each frame shows was computed by
// tcpstep, whose app/exports/html describes the data.
const $ = (selector, within = document) => within.querySelector(selector);
const data = JSON.parse($('#data').textContent);
const ends = ['client', 'server'];
const axes = ['by-event', 'linear', 'collapsed'];
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
let axis = data.axis;  // what the ladder's height stands for
let card = null;       // of which end and state the card tells
let more = false;
let scrolledFor = null;  // the segment whose header rows were first seen

const now = () => data.connections[playing];
const last = () => now().frames.length - 1;
const ui = (name) => data.ui[language][name];
const hasAxes = () => now().languages[language].axes !== undefined;
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

let ladder = null;
let figures = [];
