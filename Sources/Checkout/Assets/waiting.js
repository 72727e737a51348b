// Waits for a payment: counts down, asks whether it is there, and loads the page again when something has changed.
(function () {
  "use strict";
  var waiting = document.getElementById("waiting");
  var time = document.getElementById("time");
  var left = Number(waiting.dataset.seconds);
  var until = Date.now() + left * 1000;

  function show() {
    left = Math.max(0, Math.round((until - Date.now()) / 1000));
    time.textContent = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
  }

  function ask() {
    fetch(waiting.dataset.status, { cache: "no-store", credentials: "omit" })
      .then(function (answer) { return answer.ok ? answer.json() : { waiting: true }; })
      // The network comes back by itself.
      .catch(function () { return { waiting: true }; })
      .then(function (state) {
        if (!state.waiting) return location.replace(waiting.dataset.path);
        if (time && state.seconds_left !== undefined) until = Date.now() + state.seconds_left * 1000;
        setTimeout(ask, document.hidden ? 5000 : 1500);
      });
  }

  if (time) setInterval(show, 1000);
  ask();
})();
