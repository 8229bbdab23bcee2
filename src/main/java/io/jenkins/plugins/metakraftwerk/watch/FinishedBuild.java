package io.jenkins.plugins.metakraftwerk.watch;

/**
 * A MetaKraftwerk build that has finished, for which one Jenkins build is to start.
 *
 * @param server the normalized address of its server
 * @param made stands for its creation time. If a restored database gives its id to another build, this differs. Empty
 *     if the server does not say.
 * @param name as it can be shown; null if it has none
 * @param since the number of the next Jenkins build at the time when this build was noted
 */
public record FinishedBuild(String server, long id, String made, String name, long since) {

    /** True if both are the same build, even if other fields differ. */
    public boolean is(FinishedBuild other) {
        return id == other.id && server.equals(other.server) && isSame(made, other.made);
    }

    static boolean isSame(String made, String other) {
        return made.isEmpty() || other.isEmpty() || made.equals(other);
    }

    boolean isWhole() {
        return server != null && made != null;
    }
}
