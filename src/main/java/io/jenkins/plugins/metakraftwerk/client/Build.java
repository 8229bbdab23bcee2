package io.jenkins.plugins.metakraftwerk.client;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A run of patterns over metadata, as {@code /builds} lists it. For an unknown status, {@link #finished}, {@link
 * #unfinished} and {@link #failed} are all false. Fields that no deployment depends on are null or empty if they do not
 * have the documented form.
 *
 * @param progress 0 to 100
 * @param status {@code BUILDING}, {@code FINISHED}, {@code FAILED} or {@code CANCELED}
 * @param message may be null
 * @param deleted a number in the JSON, 0 or 1; null if the server does not say, which counts as 'not deleted'
 * @param patterns the ids of the patterns that it ran
 * @param releases the ids of the releases that it ran over
 * @param buildStart in ISO 8601, like {@code buildEnd} and {@code createdAt}; null if the API has none
 */
public record Build(
        Long id,
        Long projectId,
        Double progress,
        String status,
        String message,
        String name,
        Boolean deleted,

        @JsonDeserialize(using = LenientFields.TextDeserializer.class)
        String description,

        @JsonDeserialize(using = LenientFields.IdDeserializer.class)
        Long userId,

        @JsonDeserialize(using = LenientFields.IdListDeserializer.class)
        List<Long> patterns,

        @JsonDeserialize(using = LenientFields.IdListDeserializer.class)
        List<Long> releases,

        @JsonDeserialize(using = LenientFields.TextDeserializer.class)
        String buildStart,

        @JsonDeserialize(using = LenientFields.TextDeserializer.class)
        String buildEnd,

        @JsonDeserialize(using = LenientFields.TextDeserializer.class)
        String createdAt)
        implements Identified {

    public Build {
        RequiredFields.id("id", id);
        patterns = patterns == null ? List.of() : List.copyOf(patterns);
        releases = releases == null ? List.of() : List.copyOf(releases);
    }

    public boolean finished() {
        return "FINISHED".equals(status);
    }

    /** True if it may still finish. */
    public boolean unfinished() {
        return "BUILDING".equals(status);
    }

    /** True if it ended without artefacts, so that waiting for it is useless. */
    public boolean failed() {
        return "FAILED".equals(status) || "CANCELED".equals(status);
    }

    public boolean isDeleted() {
        return Boolean.TRUE.equals(deleted);
    }

    static String clean(String words) {
        return words == null ? null : RemoteText.message(words);
    }

    /** Returns the same build with texts that can be shown. */
    Build shown(UnaryOperator<String> clean) {
        return new Build(
                id,
                projectId,
                progress,
                clean.apply(status),
                clean.apply(message),
                clean.apply(name),
                deleted,
                clean.apply(description),
                userId,
                patterns,
                releases,
                clean.apply(buildStart),
                clean.apply(buildEnd),
                clean.apply(createdAt));
    }
}
