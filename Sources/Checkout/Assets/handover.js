// Hands what the shop needs to the page around this one, to an app around it, or to the shop's own address.
(function () {
  "use strict";
  var form = document.getElementById("handover");
  var origin = document.body.dataset.origin;
  var fields = {};
  new FormData(form).forEach(function (value, name) { fields[name] = String(value); });
  if (origin) {
    if (window.parent !== window) window.parent.postMessage({ kpayment: 1, event: "done", fields: fields }, origin);
    return;
  }
  var iOS = window.webkit && window.webkit.messageHandlers && window.webkit.messageHandlers.kpayment;
  if (iOS) return iOS.postMessage(fields);
  if (window.kpayment && window.kpayment.postMessage) return window.kpayment.postMessage(JSON.stringify(fields));
  if (form.getAttribute("action")) form.submit();
})();
