package io.jenkins.plugins.metakraftwerk.simulation;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Responses of anything between a client and the server, in all their forms. */
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

    private static final String[] TYPES = {SimReply.JSON, "application/json", "text/html", "text/plain", null};

    private final Chance chance;
    private final WallClock clock;

    Gateway(Chance chance, WallClock clock) {
        this.chance = chance;
        this.clock = clock;
    }

    /** Returns a response that does not say if the work was done. */
    SimReply gaveUp() {
        int status = chance.oneOf(408, 500, 502, 503, 503, 503, 504, 520, 599);
        if (status != 503 && chance.happens(0.3)) {
            return mayRetry(SimReply.error(status, "GeneralError", "Something broke"));
        }
        return mayRetry(SimReply.create(status, chance.oneOf(TYPES), chance.oneOf(ODD_BODIES)));
    }

    SimReply unavailable() {
        String body = chance.oneOf(
                "{\"name\":\"Unavailable\",\"message\":\"Agent offline\",\"code\":503,\"className\":\"unavailable\"}",
                "{\"name\":\"Unavailable\",\"message\":\"Agent offline\",\"code\":503}",
                "{\"code\":503,\"className\":\"unavailable\",\"errors\":{}}");
        return mayRetry(SimReply.json(503, body));
    }

    SimReply busy() {
        int status = chance.oneOf(429, 429, 425);
        return mayRetry(
                chance.happens(0.5)
                        ? SimReply.error(status, "TooManyRequests", "Slow down")
                        : SimReply.create(status, chance.oneOf(TYPES), chance.oneOf(ODD_BODIES)));
    }

    SimReply unauthorized() {
        return SimReply.error(401, "NotAuthenticated", "Not authenticated");
    }

    SimReply denied() {
        int status = chance.oneOf(403, 301, 302, 307, 400, 404, 405, 409, 410, 413, 422, 451);
        if (status < 400) {
            return SimReply.create(status, "text/html", "").location("https://elsewhere.example/?q=1");
        }
        return chance.happens(0.7)
                ? SimReply.error(status, "Refused", "No")
                : SimReply.create(status, chance.oneOf(TYPES), chance.oneOf(ODD_BODIES));
    }

    /** Returns a 2xx without information. An empty list would say that nothing is there. */
    SimReply garbage(SimRequest request) {
        if (request.isList() && chance.happens(0.3)) {
            return SimReply.json(200, "{\"total\":3,\"data\":{}}");
        }
        String body = chance.oneOf(ODD_BODIES);
        if (body.equals("[]") && request.method.equals("GET")) {
            body = "[[]]";
        }
        return SimReply.create(chance.oneOf(200, 201, 201, 202, 204), chance.oneOf(TYPES), body);
    }

    SimReply portal() {
        return SimReply.create(200, "text/html", "<html>Please log in to the network</html>");
    }

    private SimReply mayRetry(SimReply reply) {
        return chance.happens(0.5) ? reply.retryAfter(retryAfter()) : reply;
    }

    /** Returns mostly a time that a client can wait, since all other values have the same effect. */
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
