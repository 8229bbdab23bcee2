package io.jenkins.plugins.metakraftwerk.simulation;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The answers of whatever stands between a client and the server, in all their forms. */
final class Gateway {

    private static final String[] ODD_BODIES = {
        "",
        "<html><body><h1>It does not work</h1></body></html>",
        "{}",
        "null",
        "17",
        "[]",
        "\"Service Unavailable\"",
        "{\"message\":\"Service Unavailable\"}",
        "{\"timestamp\":\"2025-06-01T12:00:00Z\",\"status\":503,\"error\":\"Service Unavailable\",\"path\":\"/\"}",
        "{\"code\":503,\"message\":\"upstream\"}",
        "{\"name\":\"envoy\",\"message\":\"no healthy upstream\"}",
        "{\"code\":\"503\",\"className\":7}",
        "{\"error\":{\"name\":\"Unavailable\",\"code\":503}}",
        "{\"name\":\"Unavail",
    };

    private static final String[] TYPES = {Reply.JSON, "application/json", "text/html", "text/plain", null};

    private final Chance chance;
    private final Wall clock;

    Gateway(Chance chance, Wall clock) {
        this.chance = chance;
        this.clock = clock;
    }

    /** What says neither that the work was done nor that it was not. */
    Reply gaveUp() {
        int status = chance.of(408, 500, 502, 503, 503, 503, 504, 520, 599);
        if (status != 503 && chance.happens(0.3)) {
            return mayRetry(Reply.error(status, "GeneralError", "Something broke"));
        }
        return mayRetry(Reply.of(status, chance.of(TYPES), chance.of(ODD_BODIES)));
    }

    Reply unavailable() {
        String body = chance.of(
                "{\"name\":\"Unavailable\",\"message\":\"Agent offline\",\"code\":503,\"className\":\"unavailable\"}",
                "{\"name\":\"Unavailable\",\"message\":\"Agent offline\",\"code\":503}",
                "{\"code\":503,\"className\":\"unavailable\",\"errors\":{}}");
        return mayRetry(Reply.json(503, body));
    }

    Reply busy() {
        int status = chance.of(429, 429, 425);
        return mayRetry(
                chance.happens(0.5)
                        ? Reply.error(status, "TooManyRequests", "Slow down")
                        : Reply.of(status, chance.of(TYPES), chance.of(ODD_BODIES)));
    }

    Reply unauthorized() {
        return Reply.error(401, "NotAuthenticated", "Not authenticated");
    }

    Reply denied() {
        int status = chance.of(403, 301, 302, 307, 400, 404, 405, 409, 410, 413, 422, 451);
        if (status < 400) {
            return Reply.of(status, "text/html", "").location("https://elsewhere.example/?q=1");
        }
        return chance.happens(0.7)
                ? Reply.error(status, "Refused", "No")
                : Reply.of(status, chance.of(TYPES), chance.of(ODD_BODIES));
    }

    /** A 2xx that says nothing; an empty list would say that nothing is there. */
    Reply garbage(Request request) {
        if (request.isList() && chance.happens(0.3)) {
            return Reply.json(200, "{\"total\":3,\"data\":{}}");
        }
        String body = chance.of(ODD_BODIES);
        if (body.equals("[]") && request.method.equals("GET")) {
            body = "[[]]";
        }
        return Reply.of(chance.of(200, 201, 201, 202, 204), chance.of(TYPES), body);
    }

    Reply portal() {
        return Reply.of(200, "text/html", "<html>Please log in to the network</html>");
    }

    private Reply mayRetry(Reply reply) {
        return chance.happens(0.5) ? reply.retryAfter(retryAfter()) : reply;
    }

    /** Mostly what can be waited for, since everything else looks alike. */
    private String retryAfter() {
        if (chance.happens(0.6)) {
            return String.valueOf(chance.between(0, 20));
        }
        return switch (chance.below(8)) {
            case 0 -> date(chance.between(0, 30));
            case 1 -> date(-chance.between(0, 7200));
            case 2 -> "soon";
            case 3 -> "-5";
            case 4 -> "86400";
            case 5 -> "999999999999999999999";
            case 6 -> "";
            default -> date(chance.between(100, 100_000));
        };
    }

    private String date(long seconds) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                clock.now().plusSeconds(seconds).atOffset(ZoneOffset.UTC));
    }
}
