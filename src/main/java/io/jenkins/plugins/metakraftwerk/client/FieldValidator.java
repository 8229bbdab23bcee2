package io.jenkins.plugins.metakraftwerk.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads fields that a person filled in, and collects all complaints so that they are told at once. */
final class FieldValidator {

    private final List<Text> complaints = new ArrayList<>();

    static boolean given(String value) {
        return value != null && !value.isBlank();
    }

    static void addIfGiven(List<String> names, String field, String value) {
        if (given(value)) {
            names.add(field);
        }
    }

    private static Text name(String field) {
        return Text.forKey(Text.FIELD, field);
    }

    void require(String field, String value) {
        if (!given(value)) {
            complaints.add(Text.forKey("field.missing", name(field)));
        }
    }

    void exactlyOne(String nameField, String name, String idField, String id) {
        if (!given(name) && !given(id)) {
            complaints.add(Text.forKey("field.neither", name(nameField), name(idField)));
        }
        notBoth(nameField, name, idField, id);
    }

    void notBoth(String nameField, String name, String idField, String id) {
        if (given(name) && given(id)) {
            complaints.add(Text.forKey("field.both", name(nameField), name(idField)));
        }
    }

    void atMostOne(List<String> names) {
        if (names.size() > 1) {
            Text all = names.stream()
                    .map(FieldValidator::name)
                    .reduce((before, next) -> Text.forKey("field.list", before, next))
                    .get();
            complaints.add(Text.forKey("field.several", all));
        }
    }

    /** Returns a positive whole number, or null if none is given. */
    Long id(String field, String value) {
        if (!given(value)) {
            return null;
        }
        OptionalLong id = IdParser.read(value);
        if (id.isPresent()) {
            return id.getAsLong();
        }
        complaints.add(Text.forKey("field.noId", name(field), RemoteText.name(value)));
        return null;
    }

    /** Returns a name without the blanks around it, or null if none is given. */
    String name(String field, String value) {
        if (!given(value)) {
            return null;
        }
        Optional<Text> tooLong = FieldLimits.complaint(field, value);
        if (tooLong.isPresent()) {
            complaints.add(tooLong.get());
            return null;
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            complaints.add(Text.forKey("field.control", name(field)));
        }
        return value.strip();
    }

    /** @throws MetaKraftwerkException not sent, if there is any complaint */
    void check() throws MetaKraftwerkException {
        if (!complaints.isEmpty()) {
            Text all = complaints.stream()
                    .reduce((before, next) -> Text.forKey("fields.several", before, next))
                    .get();
            throw MetaKraftwerkException.refusedLocally(Text.forKey("fields", all));
        }
    }
}
