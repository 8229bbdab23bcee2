package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import io.jenkins.plugins.metakraftwerk.client.CamelCase;
import java.util.List;

/**
 * Target of a deployment: a server, a pattern and a deployment. Pattern and deployment are ids, or names if no id was
 * ever known.
 *
 * @param serverUrl in its normal form
 * @param pattern {@code #} and the id, or the name
 * @param deployment {@code #} and the id, or the name
 */
@CamelCase
public record TargetKey(String serverUrl, String pattern, String deployment) {

    private static final int SHOWN_DIGITS = 16;

    public TargetKey {
        serverUrl = BoundedText.shorten(serverUrl).intern();
        pattern = BoundedText.shorten(pattern).intern();
        deployment = BoundedText.shorten(deployment).intern();
    }

    /** Returns the target as the attempt itself knows it. */
    public static TargetKey from(AttemptRecord attempt) {
        return new TargetKey(
                String.valueOf(attempt.serverUrl()),
                idOrName(attempt.pattern(), attempt.patternId()),
                idOrName(attempt.deployment(), attempt.deploymentId()));
    }

    /** Returns the keys of attempts at the same target that know fewer ids. */
    public static List<TargetKey> namesOf(AttemptRecord attempt) {
        String url = String.valueOf(attempt.serverUrl());
        String pattern = idOrName(attempt.pattern(), null);
        String deployment = idOrName(attempt.deployment(), null);
        return List.of(
                new TargetKey(url, pattern, deployment),
                new TargetKey(url, idOrName(null, attempt.patternId()), deployment),
                new TargetKey(url, pattern, idOrName(null, attempt.deploymentId())));
    }

    /** Returns the keys of attempts at this target that know fewer ids, with the names that its last attempt has. */
    public List<TargetKey> names(AttemptRecord last) {
        String patternName = idOrName(last.pattern(), null);
        String deploymentName = idOrName(last.deployment(), null);
        return List.of(
                new TargetKey(serverUrl, patternName, deploymentName),
                new TargetKey(serverUrl, pattern, deploymentName),
                new TargetKey(serverUrl, patternName, deployment));
    }

    private static String idOrName(String name, Long id) {
        if (id != null) {
            return "#" + id;
        }
        String text = String.valueOf(name);
        // Names are trimmed, so the blank keeps a name from looking like an id.
        return text.startsWith("#") ? " " + text : text;
    }

    /** Returns an attempt of this target with the ids that it does not know by itself. */
    public AttemptRecord withIds(AttemptRecord attempt) {
        boolean hasIds = attempt.patternId() != null && attempt.deploymentId() != null;
        return hasIds ? attempt : attempt.withIds(id(pattern), id(deployment));
    }

    private static Long id(String idText) {
        return idText.matches("#\\d{1,18}") ? Long.valueOf(idText.substring(1)) : null;
    }

    /** Returns true if the key has ids only, so that no renaming changes it. */
    public boolean ofIds() {
        return pattern.startsWith("#") && deployment.startsWith("#");
    }

    /** Returns true if this key, which may have names, may mean the target with these ids and names. */
    public boolean fits(TargetKey ids, AttemptRecord names) {
        return serverUrl.equals(ids.serverUrl)
                && (pattern.equals(ids.pattern) || pattern.equals(idOrName(names.pattern(), null)))
                && (deployment.equals(ids.deployment) || deployment.equals(idOrName(names.deployment(), null)));
    }

    /** Returns the key for URLs, where names could break at proxies: the first 16 hex digits of its SHA-256. */
    public String hash() {
        return BoundedText.hash(toString()).substring(0, SHOWN_DIGITS);
    }

    @Override
    public String toString() {
        return serverUrl + " " + pattern + " " + deployment;
    }
}
