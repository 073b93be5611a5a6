/* Loads Dash when the reader means to explore, and lets it take over the page that is already there. */
(function () {
  'use strict';
  var ENTRY = 'react-entry-point', FIRST = 'first-view';
  var started = null, settings = null, waiting = {}, mounted = false;
  var narrow = matchMedia('(max-width: 919.98px)'), dark = matchMedia('(prefers-color-scheme: dark)');

  function setup() {
    if (!settings) settings = JSON.parse(document.getElementById('boot').textContent);
    return settings;
  }

  /* What the server cannot know: the width of the window and the colour scheme of the reader. */
  function shape() {
    var parts = [];
    if (narrow.matches) parts.push('form=phone');
    if (dark.matches) parts.push('scheme=dark');
    return parts.join('&');
  }

  function get(url) {
    return fetch(url, { headers: { accept: 'application/json' } });
  }

  function script(src) {
    return new Promise(function (done, failed) {
      var tag = document.createElement('script');
      tag.src = src;
      tag.onload = done;
      tag.onerror = failed;
      document.head.appendChild(tag);
    });
  }

  function hint(rel, href) {
    var link = document.createElement('link');
    link.rel = rel;
    link.as = 'script';
    link.href = href;
    document.head.appendChild(link);
  }

  function stylesheet(href) {
    var link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = href;
    document.head.insertBefore(link, document.head.firstChild);
  }

  /* dash-renderer asks for the layout and the callbacks; it gets those that were fetched meanwhile. */
  function answerFromWaiting() {
    var real = window.fetch;
    window.fetch = function (url) {
      var name = typeof url === 'string' ? url.split('/').pop() : '';
      if (waiting[name]) {
        var answer = waiting[name];
        delete waiting[name];
        return answer;
      }
      return real.apply(this, arguments);
    };
  }

  /* Plotly is the bundle of our own, wherever dash-renderer thinks it is. */
  function pinPlotly(url) {
    Object.defineProperty(window, '_dashPlotlyJSURL', { get: function () { return url; }, set: function () {} });
  }

  function start() {
    if (started) return started;
    var boot = setup(), at = location.pathname + location.search, extra = shape();
    document.documentElement.setAttribute('aria-busy', 'true');
    pinPlotly(boot.plotly);
    waiting['_dash-layout'] = get('/_dash-layout?at=' + encodeURIComponent(at) + (extra ? '&' + extra : ''));
    waiting['_dash-dependencies'] = get('/_dash-dependencies');
    answerFromWaiting();
    stylesheet(boot.bootstrap);
    if (document.querySelector('[data-graph]')) hint('preload', boot.plotly);
    started = script(boot.takeover).then(whenQuiet).then(mount).catch(function (problem) {
      document.documentElement.removeAttribute('aria-busy');
      throw problem;
    });
    return started;
  }

  /* A list of choices that is open closes when its element is replaced: wait until it is shut. */
  function whenQuiet() {
    return new Promise(function (done) {
      (function look() {
        if (isOpen(document.activeElement)) setTimeout(look, 120); else done();
      })();
    });
  }

  function isOpen(element) {
    if (!element || element.tagName !== 'SELECT') return false;
    try { return element.matches(':open'); } catch (unknown) { return false; }
  }

  function mount() {
    var first = document.getElementById(ENTRY), target = document.createElement('div');
    first.id = FIRST;
    target.id = ENTRY;
    target.hidden = true;
    first.after(target);
    return new Promise(function (done) {
      var ready = new MutationObserver(function () {
        if (!target.querySelector('[data-page]')) return;
        ready.disconnect();
        whenQuiet().then(function () { swap(first, target); done(); });
      });
      ready.observe(target, { childList: true, subtree: true });
      new window.DashRenderer({});
    });
  }

  function swap(first, target) {
    var focused = remember(document.activeElement), typed = changes(first);
    var opened = Array.prototype.map.call(first.querySelectorAll('details[id][open]'), function (e) { return e.id; });
    target.querySelectorAll('[data-kept]').forEach(function (empty) {
      var full = first.querySelector('[id="' + CSS.escape(empty.id) + '"]');
      if (full) empty.append.apply(empty, Array.from(full.childNodes));
    });
    first.remove();
    target.hidden = false;
    opened.forEach(function (id) { var e = document.getElementById(id); if (e) e.open = true; });
    document.documentElement.setAttribute('data-live', '');
    document.documentElement.removeAttribute('aria-busy');
    mounted = true;
    restore(focused);
    if (window.bwp) window.bwp.begin(shape);
    typed.forEach(apply);
  }

  function remember(element) {
    if (!element || element === document.body) return null;
    return { id: element.id, name: element.name, value: element.value, type: element.type };
  }

  function find(known) {
    if (known.type === 'checkbox') {
      return document.querySelector('input[name="' + CSS.escape(known.name) + '"][value="' + CSS.escape(known.value) + '"]');
    }
    return known.id ? document.getElementById(known.id) : null;
  }

  function restore(known) {
    var element = known && find(known);
    if (element) element.focus({ preventScroll: true });
  }

  /* What the reader chose while Dash was on its way. */
  function changes(root) {
    var found = [];
    root.querySelectorAll('select').forEach(function (e) {
      var first = e.querySelector('option[selected]') || e.options[0];
      if (first && e.value !== first.value) found.push(remember(e));
    });
    root.querySelectorAll('input[type=checkbox]').forEach(function (e) {
      if (e.checked !== e.defaultChecked) found.push(remember(e));
    });
    return found;
  }

  function apply(known) {
    var element = find(known);
    if (!element) return;
    if (known.type === 'checkbox') { element.click(); return; }
    var setter = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set;
    setter.call(element, known.value);
    element.dispatchEvent(new Event('change', { bubbles: true }));
  }

  function intent(event) {
    if (event.target.closest && event.target.closest('a[href], summary, dialog')) return;
    stop();
    start();
  }

  var SIGNS = ['pointerdown', 'touchstart', 'keydown', 'focusin'];
  function stop() {
    SIGNS.forEach(function (sign) { removeEventListener(sign, intent, true); });
  }

  /* On a fast line the files are fetched ahead, in spare time; nothing runs before it is wanted. */
  function ahead() {
    var line = navigator.connection;
    if (!line || line.saveData || line.effectiveType !== '4g' || line.downlink < 5) return;
    if (!window.requestIdleCallback) return;
    setTimeout(function () {
      requestIdleCallback(function () {
        if (started) return;
        hint('prefetch', setup().takeover);
        hint('prefetch', setup().plotly);
      });
    }, 3000);
  }

  if (document.getElementById('boot')) {
    SIGNS.forEach(function (sign) { addEventListener(sign, intent, { capture: true, passive: true }); });
    if (document.readyState === 'complete') ahead(); else addEventListener('load', ahead);
  }
  window.bwpBoot = { start: start, mounted: function () { return mounted; } };
})();
