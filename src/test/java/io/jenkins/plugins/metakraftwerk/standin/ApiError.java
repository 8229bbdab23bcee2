package io.jenkins.plugins.metakraftwerk.standin;

/** Ends the handling of a request with an error. */
final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    ApiError(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    Response response() {
        return Response.error(status, getMessage());
    }
}
