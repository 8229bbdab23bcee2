package io.jenkins.plugins.metakraftwerk.client;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import java.io.InputStream;
import java.time.Instant;
import java.util.Set;

/** Makes a failure of a response that is no success: its effect on the request, and a text for people. */
final class ErrorStatusMapper {

    /** Statuses after which the same request may succeed later. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

    /** Statuses with advice of their own. */
    private static final Set<Integer> ADVISED = Set.of(400, 401, 403, 404, 407, 429);

    private ErrorStatusMapper() {}

    /** Makes the failure for any status but 2xx. */
    static MetaKraftwerkException read(
            ServerUrl server, ApiRequest request, ApiResponse response, InputStream body, Instant now) {
        int status = response.status();
        ErrorBody error = ErrorBody.parse(response, body);
        String message = RemoteText.message(error.message(), request.token(), request.secret());
        Text text = Text.forKey(
                "answered", server.text(), status, request.toString(), quoted(message), advice(request, response));
        return new MetaKraftwerkException(
                effect(status, error),
                PASSING.contains(status),
                status,
                RetryAfter.read(response.headers(), now),
                message,
                text);
    }

    /**
     * Decides if the server refused the request or if the outcome is unknown. A 5xx may come after the work was done,
     * or from a proxy, so it says nothing. A 503 in the API's own form refuses; a gateway's JSON has another form. A
     * 408 comes from an intermediary that waited too long.
     */
    private static Effect effect(int status, ErrorBody error) {
        boolean refused = status < 500 ? status != 408 : status == 503 && error.code() == 503;
        return refused ? Effect.REFUSED : Effect.UNKNOWN;
    }

    private static Text quoted(String message) {
        if (message.isEmpty()) {
            return Text.forKey("answered.silent");
        }
        return Text.forKey("answered.said", RemoteText.sentence(message));
    }

    private static Text advice(ApiRequest request, ApiResponse response) {
        int status = response.status();
        if (status >= 300 && status < 400) {
            // Shown without its query, which may hold a secret.
            String target = response.headers().firstValue("Location").orElse("").replaceAll("[?#].*", "");
            String shown = RemoteText.message(target, request.token(), request.secret());
            return Text.forKey("advice.redirect", shown.isEmpty() ? "?" : shown);
        }
        if (status >= 500) {
            return Text.forKey("advice.server");
        }
        return Text.forKey(ADVISED.contains(status) ? "advice." + status : "advice.other");
    }
}
