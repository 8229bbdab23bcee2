package io.jenkins.plugins.metakraftwerk.simulation;

/** Build deployment in the database of the server, with facts that only the simulation knows. */
final class SimRecord {

    final long id;
    final long build;
    final long pattern;
    final long deployment;
    final Long agent;
    final Long group;
    final long created;

    /** Request that made it. Null if somebody else made it. */
    final SimRequest cause;

    /** True if the server made it by itself when a build was finished. */
    final boolean automatic;

    long deleted = Long.MAX_VALUE;

    /** True if somebody had deleted it before the database was restored. */
    boolean cameBack;

    SimRecord(
            long id,
            long build,
            long pattern,
            long deployment,
            Long agent,
            Long group,
            long created,
            SimRequest cause,
            boolean automatic) {
        this.id = id;
        this.build = build;
        this.pattern = pattern;
        this.deployment = deployment;
        this.agent = agent;
        this.group = group;
        this.created = created;
        this.cause = cause;
        this.automatic = automatic;
    }

    /** Returns true if it is visible in the database as it was at a moment. */
    boolean isVisibleAt(long moment) {
        return created <= moment && moment < deleted;
    }

    String json() {
        return "{\"id\":" + id + ",\"build_id\":" + build + ",\"pattern_id\":" + pattern + ",\"deployment_id\":"
                + deployment + ",\"upload_id\":" + (7000 + id) + ",\"agent_id\":" + agent + ",\"agent_group_id\":"
                + group + "}";
    }

    @Override
    public String toString() {
        String who = cause != null ? "for " + cause.sender : automatic ? "automatic" : "somebody's";
        return "#" + id + " of build " + build + " (" + pattern + "/" + deployment + ", agent " + agent + ", group "
                + group + ", " + who + ")";
    }
}
