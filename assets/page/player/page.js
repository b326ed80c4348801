// The page.

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
    ['connections', 'tipConnection'], ['axis', 'tipAxis'], ['numbers', 'tipNumbers'], ['larger', 'tipLarger'],
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
