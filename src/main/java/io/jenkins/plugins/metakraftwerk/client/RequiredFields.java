package io.jenkins.plugins.metakraftwerk.client;

/** Checks fields of a response. Jackson wraps the exception into one of its own. */
final class RequiredFields {

    private RequiredFields() {}

    static void id(String field, Long value) {
        if (value == null || value <= 0) {
            throw new IllegalArgumentException(field + " is not a positive whole number");
        }
    }

    static void name(String field, String value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
    }
}
