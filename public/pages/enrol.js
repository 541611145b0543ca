/*
 * The enrolment page's form: sends the code with the header that a plain form cannot send. By XMLHttpRequest: it tells
 * where it comes from in every engine; fetch, before Chrome 71 and under a policy of no referrers, told "null".
 */
(function () {
  const form = document.querySelector('form');
  const input = form.querySelector('input');
  const button = form.querySelector('button');
  const alert = form.querySelector('[role="alert"]');

  form.addEventListener('submit', function (event) {
    event.preventDefault();
    alert.textContent = '';
    button.disabled = true;
    send(input.value, function (status) {
      button.disabled = false;
      if (status === 200) {
        window.location.replace(form.dataset.kiosk);
        return;
      }
      alert.textContent =
        status === 403 ? form.dataset.wrong : status === 429 ? form.dataset.limited : form.dataset.failed;
      input.select();
    });
  });

  /* `done` is told the HTTP status; 0 where no answer came. */
  function send(code, done) {
    const request = new XMLHttpRequest();
    request.open('POST', form.dataset.endpoint);
    request.timeout = 15000;
    request.setRequestHeader('Content-Type', 'application/json');
    request.setRequestHeader('X-Requested-With', 'wecard-lookup');
    request.onloadend = function () {
      done(request.status);
    };
    request.send(JSON.stringify({ code: code }));
  }
})();
