/* The enrolment page's form: sends the code with the header that a plain form cannot send. */
(function () {
  const form = document.querySelector('form');
  const input = form.querySelector('input');
  const button = form.querySelector('button');
  const alert = form.querySelector('[role="alert"]');

  form.addEventListener('submit', function (event) {
    event.preventDefault();
    alert.textContent = '';
    button.disabled = true;
    send(input.value).then(function (status) {
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

  function send(code) {
    const headers = { 'Content-Type': 'application/json', 'X-Requested-With': 'wecard-lookup' };
    const body = JSON.stringify({ code: code });
    return fetch(form.dataset.endpoint, {
      method: 'POST',
      credentials: 'same-origin',
      headers: headers,
      body: body,
    }).then(
      function (answer) {
        return answer.status;
      },
      function () {
        return 0;
      },
    );
  }
})();
