/*
 * A backend for wecard-lookup in Java 17 or newer, the JDK alone.
 *
 * It adds the platform's token to each search and answers by the contract (docs/backend.md).
 *
 *   export WECARD_BASE_URL=https://open.wecard.qq.com WECARD_APP_KEY=... WECARD_APP_SECRET=... WECARD_OCODE=...
 *   PORT=8080 java Backend.java
 *   npm run conformance -- http://127.0.0.1:8080/api/members/search --hit "a test member's name"
 *
 * What it lacks: it does not ask who is looking. Whoever reaches it can look up everybody, so it listens on
 * loopback, behind a gateway that signs people in, limits them and keeps an audit log. Every process has a
 * token of its own. It hides no field: what the platform grants, every viewer sees. The JDK reads no JSON:
 * the class Json below reads an object's members as text; use Jackson where you have it.
 */

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

public class Backend {
    static final int MAX_QUESTION = 4 * 1024, MAX_ANSWER = 8 * 1024 * 1024, MAX_KEYWORD = 64;
    static final long SEARCH_MS = 12_000, TOKEN_MS = 10_000, CALL_MS = 3_000;
    /** The platform's code -> what the app is answered; any other is 502. */
    static final Map<Integer, Integer> STATUS = Map.of(40003, 401, 40008, 403, 40009, 400, 40010, 400, 40018, 403);

    /** An HTTP status, and the platform's code where it is one that the app knows. */
    static class Failure extends Exception {
        final int status, errcode;

        Failure(int status, int errcode) {
            super(null, null, false, false);
            this.status = status;
            this.errcode = errcode;
        }

        Failure(int status) {
            this(status, status);
        }
    }

    // It follows no redirect, which would carry the token elsewhere.
    final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofMillis(CALL_MS)).build();
    final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(run -> {
        var thread = new Thread(run);
        thread.setDaemon(true);
        return thread;
    });
    final String platform = System.getenv("WECARD_BASE_URL").replaceAll("/+$", "");
    final ReentrantLock turn = new ReentrantLock();
    String token;
    long tokenUntil;

    /** POSTs to the platform and reads a JSON object; the deadline covers the answer's last byte. */
    Map<String, String> call(String path, String body, long ms) throws Failure {
        long ends = now() + ms;
        var request = HttpRequest.newBuilder(URI.create(platform + path)).timeout(Duration.ofMillis(Math.max(1, ms)))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build();
        try {
            var response = client.send(request, BodyHandlers.ofInputStream());
            byte[] bytes;
            try (InputStream in = response.body()) {
                var late = timer.schedule(() -> { in.close(); return null; }, ends - now(), TimeUnit.MILLISECONDS);
                bytes = in.readNBytes(MAX_ANSWER + 1);
                late.cancel(false);
            }
            if (now() >= ends) throw new Failure(504);
            var answer = bytes.length > MAX_ANSWER ? null : Json.object(new String(bytes, UTF_8));
            // The platform tells a refusal with any status.
            boolean isRefused = response.statusCode() >= 300;
            if (answer == null || (isRefused && !answer.containsKey("errcode"))) throw new Failure(502);
            return answer;
        } catch (IOException error) {
            throw new Failure(now() >= ends ? 504 : 502);
        } catch (InterruptedException error) {
            throw new Failure(503);
        }
    }

    /** One token for all searches, fetched by the one whose turn it is. */
    String token(long ends, String rejected) throws Failure, InterruptedException {
        if (!turn.tryLock(Math.max(0, ends - now()), TimeUnit.MILLISECONDS)) throw new Failure(504);
        try {
            long asked = now();
            if (token != null && !token.equals(rejected) && asked < tokenUntil) return token;
            token = null;
            var answer = call("/cgi-bin/oauth2/token", Json.write(
                    "app_key", System.getenv("WECARD_APP_KEY"), "app_secret", System.getenv("WECARD_APP_SECRET"),
                    "ocode", System.getenv("WECARD_OCODE"), "grant_type", "client_credentials", "scope", "base"),
                    Math.min(TOKEN_MS, ends - asked));
            int code = Json.number(answer.get("errcode"), 0);
            String value = Json.text(answer.get("access_token"));
            if (code == 40008 || code == 40018) throw new Failure(403, code);
            if (code != 0 || value == null || value.isEmpty()) throw new Failure(502);
            int life = Json.number(answer.get("expires_in"), 7200);
            tokenUntil = asked + 750L * (life > 0 ? life : 7200);
            return token = value;
        } finally {
            turn.unlock();
        }
    }

    /** @return the platform's userlist as it came; a rejected token is renewed once. */
    String search(String keyword) throws Failure, InterruptedException {
        long ends = now() + SEARCH_MS;
        String rejected = null;
        for (int tries = 0; ; tries++) {
            String value = token(ends, rejected);
            var answer = call("/cgi-bin/user/search?access_token=" + URLEncoder.encode(value, UTF_8),
                    Json.write("keywords", keyword), Math.min(CALL_MS, ends - now()));
            int code = Json.number(answer.get("errcode"), 0);
            if (tries == 0 && (code == 40002 || code == 40005)) {
                rejected = value;
                continue;
            }
            String found = answer.getOrDefault("userlist", "null");
            if (code == 40007 || (code == 0 && found.equals("null"))) return "[]";
            if (code == 0) return found;
            throw STATUS.containsKey(code) ? new Failure(STATUS.get(code), code) : new Failure(502);
        }
    }

    static String keywordIn(HttpExchange exchange) throws Failure, IOException {
        var headers = exchange.getRequestHeaders();
        String type = String.valueOf(headers.getFirst("Content-Type")).split(";")[0].trim();
        if (!exchange.getRequestURI().getPath().equals("/api/members/search")) throw new Failure(404);
        if (!exchange.getRequestMethod().equals("POST")) throw new Failure(405);
        if (!"wecard-lookup".equals(headers.getFirst("X-Requested-With"))) throw new Failure(403);
        if (!type.equalsIgnoreCase("application/json")) throw new Failure(415);
        byte[] body = exchange.getRequestBody().readNBytes(MAX_QUESTION + 1);
        if (body.length > MAX_QUESTION) throw new Failure(413);
        var asked = Json.object(new String(body, UTF_8));
        String keyword = asked == null ? null : Json.text(asked.get("keywords"));
        if (keyword == null || keyword.isBlank() || keyword.codePointCount(0, keyword.length()) > MAX_KEYWORD)
            throw new Failure(400);
        return keyword;
    }

    void handle(HttpExchange exchange) throws IOException {
        int status = 200;
        String body;
        try {
            body = "{\"errcode\":0,\"errmsg\":\"ok\",\"userlist\":" + search(keywordIn(exchange)) + "}";
        } catch (Failure failure) {
            status = failure.status;
            body = "{\"errcode\":" + failure.errcode + ",\"errmsg\":\"failed\"}";
        } catch (InterruptedException stopped) {
            return;
        }
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().putAll(Map.of("Content-Type", List.of("application/json; charset=utf-8"),
                "Cache-Control", List.of("no-store"), "X-Content-Type-Options", List.of("nosniff")));
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    static long now() {
        return System.nanoTime() / 1_000_000;
    }

    public static void main(String[] arguments) throws IOException {
        System.setProperty("sun.net.httpserver.maxReqTime", "10"); // seconds for a slow sender
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", new Backend()::handle);
        server.setExecutor(Executors.newFixedThreadPool(64));
        server.start();
    }

    /** As much of JSON as is needed: an object's members, each as its own text. */
    static final class Json {
        static final Pattern PRIMITIVE = Pattern.compile("-?\\d[-+.eE\\d]*|true|false|null");
        final String text;
        int at;

        Json(String text) {
            this.text = text;
        }

        /** @return null where the text is no whole JSON object. */
        static Map<String, String> object(String text) {
            var json = new Json(text.strip());
            var members = new HashMap<String, String>();
            try {
                if (json.text.charAt(0) != '{') return null;
                json.value(members, 64);
                return json.at == json.text.length() ? members : null;
            } catch (IndexOutOfBoundsException | IllegalArgumentException cutOrWrong) {
                return null;
            }
        }

        /** @return null where the raw member is no text. */
        static String text(String raw) {
            return raw != null && raw.startsWith("\"") ? new Json(raw).string() : null;
        }

        /** Numbers come as text, too; what is none is -1. */
        static int number(String raw, int absent) {
            if (raw == null || raw.equals("null")) return absent;
            String text = raw.startsWith("\"") ? text(raw).strip() : raw;
            return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
        }

        /** @param pairs names and values, all of them text. */
        static String write(String... pairs) {
            var out = new StringBuilder("{");
            for (int at = 0; at < pairs.length; at++) {
                out.append('"');
                for (char each : pairs[at].toCharArray())
                    out.append(each < ' ' || each == '"' || each == '\\' ? "\\u%04x".formatted((int) each) : each);
                out.append('"').append(at % 2 == 0 ? ":" : at < pairs.length - 1 ? "," : "");
            }
            return out.append('}').toString();
        }

        void value(Map<String, String> members, int depth) {
            char first = text.charAt(at);
            if (first == '"') {
                string();
            } else if (first == '{' || first == '[') {
                char end = first == '{' ? '}' : ']';
                do {
                    skip(1);
                    if (text.charAt(at) == end && text.charAt(at - 1) != ',') break;
                    String key = first == '{' ? string() : "";
                    if (first == '{' && text.charAt(skip(0)) != ':') throw new IllegalArgumentException();
                    int from = first == '{' ? skip(1) : at;
                    if (depth == 0) throw new IllegalArgumentException();
                    value(null, depth - 1);
                    if (members != null) members.put(key, text.substring(from, at));
                } while (text.charAt(skip(0)) == ',');
                if (text.charAt(at) != end) throw new IllegalArgumentException();
                at++;
            } else {
                var primitive = PRIMITIVE.matcher(text).region(at, text.length());
                if (!primitive.lookingAt()) throw new IllegalArgumentException();
                at = primitive.end();
            }
        }

        /** Goes on by so many characters, and past spaces. */
        int skip(int characters) {
            for (at += characters; at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0; at++) { }
            return at;
        }

        String string() {
            var out = new StringBuilder();
            if (text.charAt(at) != '"') throw new IllegalArgumentException();
            while (text.charAt(++at) != '"') {
                char each = text.charAt(at);
                if (each < ' ') throw new IllegalArgumentException();
                if (each == '\\') {
                    each = text.charAt(++at);
                    int which = "\"\\/bfnrtu".indexOf(each);
                    if (each == 'u') out.append((char) Integer.parseInt(text.substring(at + 1, (at += 4) + 1), 16));
                    else out.append("\"\\/\b\f\n\r\t".charAt(which));
                } else {
                    out.append(each);
                }
            }
            at++;
            return out.toString();
        }
    }
}
