/* The links that share a chart open a dialog; what that needs is fetched when it is wanted. */
(function () {
  'use strict';
  var source = document.currentScript.getAttribute('data-share'), loading = null;

  function load() {
    if (!loading) loading = new Promise(function (done, failed) {
      var tag = document.createElement('script');
      tag.src = source;
      tag.onload = done;
      tag.onerror = failed;
      document.head.appendChild(tag);
    });
    return loading;
  }

  function wanted(event) {
    var link = event.target.closest && event.target.closest('a[data-share]');
    return link && !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) ? link : null;
  }

  document.addEventListener('click', function (event) {
    var link = wanted(event);
    if (!link) return;
    event.preventDefault();
    if (link.hasAttribute('aria-busy')) return;
    link.setAttribute('aria-busy', 'true');
    load().then(function () { return window.bwpShare.open(link); }).catch(function () {
      location.href = link.href;
    }).then(function () { link.removeAttribute('aria-busy'); });
  });
  if (document.querySelector('main .sharing-parts')) load();
})();
