package io.jenkins.plugins.metakraftwerk.watch;

/**
 * A MetaKraftwerk build that has finished, for which one Jenkins build is to start.
 *
 * @param server the address of its server, in its normal form
 * @param made stands for the time when it was created, by which it is told from another one that gets its id when a
 *     database was restored; empty where the server does not say
 * @param name as it can be shown; null where it has none
 * @param since the number that the next Jenkins build had when it was noted
 */
public record FinishedBuild(String server, long id, String made, String name, long since) {

    /** Whether both are the same build, whatever else is known of them. */
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
