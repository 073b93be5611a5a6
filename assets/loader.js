/* Put beside a chart in another site: makes frames of [data-bwp-embed] and as high as they say they are. */
(function () {
  'use strict';
  var home = new URL(document.currentScript.src).origin;

  function frame(place) {
    var url = new URL(place.getAttribute('data-bwp-embed'), home);
    if (url.origin !== home || url.pathname.indexOf('/embed/') !== 0) return;
    var made = document.createElement('iframe');
    made.title = place.textContent.trim() || url.pathname.slice('/embed/'.length);
    made.width = '100%';
    made.height = '640';
    made.loading = 'lazy';
    made.referrerPolicy = 'no-referrer';
    made.style.border = '0';
    made.src = url.href;
    place.removeAttribute('data-bwp-embed');
    place.replaceChildren(made);
  }

  function resize(event) {
    var said = event.data;
    if (event.origin !== home || !said || said.type !== 'bwp:height') return;
    if (!Number.isInteger(said.height) || said.height < 1 || said.height > 20000) return;
    document.querySelectorAll('iframe').forEach(function (one) {
      if (one.contentWindow === event.source) one.height = String(said.height);
    });
  }

  function begin() { document.querySelectorAll('[data-bwp-embed]').forEach(frame); }

  addEventListener('message', resize);
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', begin); else begin();
})();
