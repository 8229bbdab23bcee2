package io.jenkins.plugins.metakraftwerk.client;

/** Parses the id of a record that a person must give. */
public final class RequiredId {

    private RequiredId() {}

    /** @throws MetaKraftwerkException not sent, if it is missing or no positive whole number */
    public static long parse(String id) throws MetaKraftwerkException {
        FieldValidator fields = new FieldValidator();
        fields.require("id", id);
        Long value = fields.id("id", id);
        fields.check();
        return value;
    }
}
