/* The briefing pack under way goes along from page to page, in this tab only and in no cookie. */
(function () {
  'use strict';
  var KEY = 'briefing', PATH = '/briefing';

  function kept() {
    try { return sessionStorage.getItem(KEY) || ''; } catch (forbidden) { return ''; }
  }

  function keep(query) {
    try {
      if (query) sessionStorage.setItem(KEY, query); else sessionStorage.removeItem(KEY);
    } catch (forbidden) { /* then each pack begins anew, as without scripts */ }
  }

  function written(pairs) {
    return pairs.toString().replace(/%2C/g, ',').replace(/\+/g, '%20');
  }

  /* The pack that is kept, in the language and the colours of a link, with one view more. */
  function joined(href) {
    var asked = new URL(href, location.href).searchParams, pack = new URLSearchParams(kept());
    asked.getAll('view').forEach(function (view) {
      if (pack.getAll('view').indexOf(view) < 0) pack.append('view', view);
    });
    ['lang', 'theme'].forEach(function (name) {
      pack.delete(name);
      if (asked.get(name)) pack.set(name, asked.get(name));
    });
    return PATH + '?' + written(pack);
  }

  function clicked(event) {
    var link = event.target.closest && event.target.closest('a[data-briefing]');
    if (!link) return;
    if (link.getAttribute('data-briefing') === 'new') { keep(''); return; }
    var own = link.getAttribute('data-own') || link.getAttribute('href');
    link.setAttribute('data-own', own);
    if (kept()) link.setAttribute('href', joined(own));
  }

  function begin() {
    var shown = document.querySelector('[data-pack]'), offer = document.getElementById('pack-kept');
    if (!shown) return;
    if (shown.getAttribute('data-pack')) keep(shown.getAttribute('data-pack'));
    if (offer && kept()) {
      offer.querySelector('a').setAttribute('href', joined(location.href));
      offer.hidden = false;
    }
    shown.addEventListener('submit', function (event) {
      var last = document.querySelectorAll('.pack > li').length < 2;
      if (last && event.submitter && event.submitter.name === 'remove') keep('');
    });
  }

  addEventListener('click', clicked, true);
  addEventListener('auxclick', clicked, true);
  begin();
})();
