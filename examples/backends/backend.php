<?php
/*
 * A backend for wecard-lookup in PHP 8.1+ with its curl extension (Debian: php-cli or php-fpm, php-curl).
 *
 * It adds the platform's token to each search and answers by the contract (docs/backend.md).
 *
 *   export WECARD_BASE_URL=https://open.wecard.qq.com WECARD_APP_KEY=... WECARD_APP_SECRET=... WECARD_OCODE=...
 *   PHP_CLI_SERVER_WORKERS=4 php -S 127.0.0.1:8080 backend.php      (to try it; in service: php-fpm)
 *   npm run conformance -- http://127.0.0.1:8080/api/members/search --hit "a test member's name"
 *
 * What it lacks: it does not ask who is looking. Whoever reaches it can look up everybody, so let it be
 * reached only through a gateway that signs people in, limits them and keeps an audit log. It hides no
 * field: what the platform grants, every viewer sees. All processes of one user share the token, in a file
 * of mode 0600 in TOKEN_FILE: on a disk in memory (/run), and not where the web server serves files from.
 */
declare(strict_types=1);

const MAX_QUESTION = 4 * 1024, MAX_ANSWER = 8 * 1024 * 1024, MAX_KEYWORD = 64;
const SEARCH_SECONDS = 12.0, TOKEN_SECONDS = 10.0, CALL_SECONDS = 3.0;
// The platform's code => what the app is answered; any other is 502.
const STATUS = [40003 => 401, 40008 => 403, 40009 => 400, 40010 => 400, 40018 => 403];
const REJECTED = [40002, 40005];

ini_set('display_errors', '0');
ini_set('zend.exception_ignore_args', '1'); // a trace in the log names no token

final class Failure extends Exception
{
    public function __construct(public readonly int $status, public readonly int $errcode = 0)
    {
        parent::__construct((string) $status);
    }
}

function now(): float
{
    return hrtime(true) / 1e9;
}

/** POSTs to the platform and reads a JSON object; the deadline covers the answer's last byte. */
function call(string $path, array $body, float $seconds): array
{
    $text = '';
    $curl = curl_init(rtrim(getenv('WECARD_BASE_URL'), '/') . $path);
    curl_setopt_array($curl, [
        CURLOPT_POSTFIELDS => json_encode($body, JSON_INVALID_UTF8_SUBSTITUTE),
        CURLOPT_HTTPHEADER => ['Content-Type: application/json', 'Expect:'],
        CURLOPT_FOLLOWLOCATION => false, // it would carry the token elsewhere
        CURLOPT_TIMEOUT_MS => max(1, (int) ($seconds * 1000)),
        CURLOPT_NOSIGNAL => true,
        CURLOPT_WRITEFUNCTION => function ($curl, string $part) use (&$text): int {
            $text .= $part;
            return strlen($text) <= MAX_ANSWER ? strlen($part) : 0;
        },
    ]);
    curl_exec($curl);
    if (curl_errno($curl) !== 0) {
        throw new Failure(curl_errno($curl) === CURLE_OPERATION_TIMEOUTED ? 504 : 502);
    }
    // Objects stay objects, and long numbers whole.
    $answer = json_decode($text, false, 64, JSON_BIGINT_AS_STRING);
    // The platform tells a refusal with any status.
    $isRefused = curl_getinfo($curl, CURLINFO_RESPONSE_CODE) >= 300;
    if (!is_object($answer) || ($isRefused && !isset($answer->errcode))) {
        throw new Failure(502);
    }
    return (array) $answer;
}

function codeOf(array $answer): int
{
    $code = $answer['errcode'] ?? 0;
    return is_numeric($code) ? (int) $code : -1;
}

/** One token for all searches, fetched by the process that holds the file's lock. */
function token(float $ends, ?string $rejected): string
{
    $file = getenv('TOKEN_FILE') ?: sys_get_temp_dir() . '/wecard-token-' . posix_getuid();
    umask(0077);
    $handle = fopen($file, 'c+') ?: throw new Failure(502);
    while (!flock($handle, LOCK_EX | LOCK_NB)) {
        if (now() >= $ends) {
            throw new Failure(504);
        }
        usleep(20_000);
    }
    $kept = json_decode(stream_get_contents($handle) ?: 'null', true);
    if ($kept !== null && $kept['token'] !== $rejected && time() < $kept['until']) {
        return $kept['token'];
    }
    $asked = time();
    $answer = call('/cgi-bin/oauth2/token', [
        'app_key' => getenv('WECARD_APP_KEY'),
        'app_secret' => getenv('WECARD_APP_SECRET'),
        'ocode' => getenv('WECARD_OCODE'),
        'grant_type' => 'client_credentials',
        'scope' => 'base',
    ], min(TOKEN_SECONDS, $ends - now()));
    $code = codeOf($answer);
    $token = $answer['access_token'] ?? '';
    if ($code !== 0 || !is_string($token) || $token === '') {
        throw in_array($code, [40008, 40018], true) ? new Failure(403, $code) : new Failure(502);
    }
    $until = $asked + 0.75 * ((int) ($answer['expires_in'] ?? 0) ?: 7200);
    ftruncate($handle, 0);
    rewind($handle);
    fwrite($handle, json_encode(['token' => $token, 'until' => $until]));
    return $token; // closing the file ends the lock
}

/** @return array|object the platform's userlist; a rejected token is renewed once. */
function search(string $keyword): array|object
{
    $ends = now() + SEARCH_SECONDS;
    $rejected = null;
    for ($tries = 0; $tries < 2; $tries++) {
        $token = token($ends, $rejected);
        $path = '/cgi-bin/user/search?access_token=' . rawurlencode($token);
        $answer = call($path, ['keywords' => $keyword], min(CALL_SECONDS, $ends - now()));
        $code = codeOf($answer);
        if (!in_array($code, REJECTED, true)) {
            break;
        }
        $rejected = $token;
    }
    if ($code !== 0 && $code !== 40007) {
        throw isset(STATUS[$code]) ? new Failure(STATUS[$code], $code) : new Failure(502);
    }
    return ($code === 0 ? $answer['userlist'] ?? null : null) ?? [];
}

function keyword(): string
{
    $type = trim(explode(';', $_SERVER['CONTENT_TYPE'] ?? '')[0]);
    $refusal = match (true) {
        parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) !== '/api/members/search' => 404,
        $_SERVER['REQUEST_METHOD'] !== 'POST' => 405,
        ($_SERVER['HTTP_X_REQUESTED_WITH'] ?? '') !== 'wecard-lookup' => 403,
        strcasecmp($type, 'application/json') !== 0 => 415,
        (int) ($_SERVER['CONTENT_LENGTH'] ?? 0) > MAX_QUESTION => 413,
        default => 0,
    };
    if ($refusal !== 0) {
        throw new Failure($refusal);
    }
    $body = json_decode(file_get_contents('php://input', false, null, 0, MAX_QUESTION + 1), true);
    $keyword = is_array($body) ? $body['keywords'] ?? null : null;
    // preg_match_all counts characters; mbstring may not be there.
    $isKeyword = is_string($keyword) && trim($keyword) !== '' && preg_match_all('/./su', $keyword) <= MAX_KEYWORD;
    return $isKeyword ? $keyword : throw new Failure(400);
}

try {
    $answer = ['errcode' => 0, 'errmsg' => 'ok', 'userlist' => search(keyword())];
} catch (Failure $failure) {
    http_response_code($failure->status);
    $answer = ['errcode' => $failure->errcode ?: $failure->status, 'errmsg' => 'failed'];
}
header('Content-Type: application/json; charset=utf-8');
header('Cache-Control: no-store');
header('X-Content-Type-Options: nosniff');
header_remove('X-Powered-By');
echo json_encode($answer, JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE);
