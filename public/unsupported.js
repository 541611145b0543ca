/* For engines that run no modules: ES5, no dependencies. Its looks are a file's: the policy forbids styles in markup. */
document.addEventListener('DOMContentLoaded', function () {
  var styles = document.createElement('link');
  styles.rel = 'stylesheet';
  styles.href = 'pages/page.css';
  document.head.appendChild(styles);
  document.getElementById('app').innerHTML =
    '<main>' +
    '<h1>请更新浏览器</h1><p>这个页面需要较新的浏览器：Android 8 / iOS 12 自带的，或更新的版本。</p>' +
    '<h1 lang="en">Please update your browser</h1>' +
    '<p lang="en">This page needs the browser of Android 8 or iOS 12, or a newer one.</p></main>';
});
